// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.traingate;

import dev.gatewright.stages.api.spec.Key;
import dev.gatewright.stages.api.spec.Placed;
import dev.gatewright.stages.api.spec.Problems;
import dev.gatewright.stages.api.spec.Section;
import dev.gatewright.stages.api.spec.Shapes;
import dev.gatewright.stages.api.spec.Values;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The key {@code mlflow} of {@code metrics}. */
final class MlflowShape {
    private static final Set<String> SCHEMES = Set.of("http", "https");
    private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "[::1]");

    private static final Key<Placed<String>> SERVER = Key.required(
            "server",
            Shapes.placed(Shapes.text()),
            "The address of the tracking server's page.",
            "server: \"https://mlflow.example.com\"");
    private static final Key<String> EXPERIMENT = Key.required(
            "experiment", Shapes.text(), "The experiment; it is made where it is not there.", "experiment: digits");
    private static final Key<String> USER = Key.optional(
            "user",
            Shapes.text(),
            "The user whose password the secret is; without it the secret is a token.",
            "user: gatewright");
    private static final Key<Placed<String>> SECRET = Key.optional(
            "secret",
            Shapes.placed(Shapes.name()),
            "The name of the environment variable with the token or the password.",
            "secret: MLFLOW_TRACKING_TOKEN");

    static final Section<MlflowSource> SECTION =
            new Section<>("metrics.mlflow", List.of(SERVER, EXPERIMENT, USER, SECRET), MlflowShape::make);

    private MlflowShape() {}

    private static @Nullable MlflowSource make(Values values, Problems problems) {
        Placed<String> written = values.need(SERVER);
        Placed<String> secret = values.get(SECRET);
        String user = values.get(USER);
        URI server = server(written.value());
        if (server == null) {
            problems.add(
                    written.place(),
                    "the server is an http or https address of a host, without user, query and fragment",
                    SERVER.example());
            return null;
        }
        if (user != null && (secret == null || user.contains(":"))) {
            problems.add(
                    values.place(USER),
                    secret == null ? "a user needs the secret that is the password" : "a user's name has no ':'",
                    secret == null ? SECRET.example() : USER.example());
            return null;
        }
        if (secret != null && "http".equals(server.getScheme()) && !HERE.contains(server.getHost())) {
            problems.warn(
                    secret.place(), "the secret goes to " + server + " without encryption: anyone on the way reads it");
        }
        return new MlflowSource(server, values.need(EXPERIMENT), user, secret == null ? null : secret.value());
    }

    private static @Nullable URI server(String text) {
        try {
            URI address = new URI(text);
            boolean fits = address.getScheme() != null
                    && SCHEMES.contains(address.getScheme())
                    && address.getHost() != null
                    && address.getUserInfo() == null
                    && address.getQuery() == null
                    && address.getFragment() == null;
            return fits ? address : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
