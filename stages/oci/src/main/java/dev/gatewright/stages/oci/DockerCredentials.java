// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.oci;

import dev.gatewright.stages.api.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Logins as Docker's clients find them: in {@code DOCKER_AUTH_CONFIG}, whose value is such a configuration; else in the file
 * {@code REGISTRY_AUTH_FILE}, {@code $DOCKER_CONFIG/config.json} or {@code ~/.docker/config.json}, the first that is there. A
 * configuration holds logins, or names a credential helper for one registry or for all.
 */
public final class DockerCredentials {
    private static final int LARGEST = 1 << 20;
    private static final int LONGEST_SECONDS = 30;
    private static final Pattern HELPER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
    private static final String TOKEN_USER = "<token>";

    private final Function<String, Optional<String>> environment;

    /** Looks for them where {@code environment}, which gives the value of a variable, says. */
    public DockerCredentials(Function<String, Optional<String>> environment) {
        this.environment = environment;
    }

    /**
     * The login for {@code registry}; empty where nothing names one.
     *
     * @throws IOException if a configuration or a helper that names it cannot be used
     */
    public Optional<Login> of(String registry) throws IOException, InterruptedException {
        Optional<String> given = environment.apply("DOCKER_AUTH_CONFIG").filter(text -> !text.isBlank());
        if (given.isPresent()) {
            byte[] text = given.get().getBytes(StandardCharsets.UTF_8);
            Optional<Login> login = of(registry, ImageLayout.parse(text, "DOCKER_AUTH_CONFIG"));
            if (login.isPresent()) {
                return login;
            }
        }
        for (Path file : files()) {
            if (Files.isRegularFile(file)) {
                if (Files.size(file) > LARGEST) {
                    throw new IOException(file + " is too large for a configuration of logins");
                }
                return of(registry, ImageLayout.parse(Files.readAllBytes(file), file.toString()));
            }
        }
        return Optional.empty();
    }

    private List<Path> files() {
        List<Path> files = new ArrayList<>();
        environment.apply("REGISTRY_AUTH_FILE").ifPresent(file -> files.add(Path.of(file)));
        environment.apply("DOCKER_CONFIG").ifPresent(folder -> files.add(Path.of(folder, "config.json")));
        environment
                .apply("HOME")
                .or(() -> environment.apply("USERPROFILE"))
                .ifPresent(home -> files.add(Path.of(home, ".docker", "config.json")));
        return files;
    }

    private static Optional<Login> of(String registry, Json.Obj config) throws IOException, InterruptedException {
        Optional<String> helper = config.object("credHelpers").text(registry).or(() -> config.text("credsStore"));
        if (helper.isPresent()) {
            Optional<Login> login = ask(helper.get(), registry);
            if (login.isPresent()) {
                return login;
            }
        }
        Json.Obj logins = config.object("auths");
        for (String name :
                List.of(registry, "https://" + registry, "http://" + registry, "https://" + registry + "/v2/")) {
            Json.Obj login = logins.object(name);
            if (!login.members().isEmpty()) {
                return written(registry, login);
            }
        }
        return Optional.empty();
    }

    private static Optional<Login> written(String registry, Json.Obj login) throws IOException {
        Optional<String> identity = login.text("identitytoken").filter(token -> !token.isEmpty());
        if (identity.isPresent()) {
            return Optional.of(new Login("", identity.get(), true));
        }
        Optional<String> both = login.text("auth").filter(text -> !text.isEmpty());
        if (both.isPresent()) {
            String decoded;
            try {
                decoded = new String(Base64.getDecoder().decode(both.get().strip()), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) {
                throw new IOException("the login for " + registry + " is not Base64", null);
            }
            int colon = decoded.indexOf(':');
            if (colon < 0) {
                throw new IOException("the login for " + registry + " is not user:password");
            }
            return Optional.of(new Login(
                    decoded.substring(0, colon), decoded.substring(colon + 1).replace("\0", ""), false));
        }
        return login.text("username")
                .flatMap(user -> login.text("password").map(password -> new Login(user, password, false)));
    }

    /** Asks a credential helper, a program that takes a registry and gives JSON. */
    private static Optional<Login> ask(String helper, String registry) throws IOException, InterruptedException {
        if (!HELPER.matcher(helper).matches()) {
            throw new IOException("'" + helper + "' is no name of a credential helper");
        }
        String program = "docker-credential-" + helper;
        Process process;
        try {
            process = new ProcessBuilder(program, "get")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new IOException("the credential helper " + program + " cannot be started", e);
        }
        try {
            try (var in = process.getOutputStream()) {
                in.write(registry.getBytes(StandardCharsets.UTF_8));
            }
            if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException(
                        "the credential helper " + program + " gave no answer within " + LONGEST_SECONDS + " s");
            }
            byte[] answer = process.getInputStream().readNBytes(LARGEST);
            if (process.exitValue() != 0) {
                return Optional.empty(); // it knows no login for this registry
            }
            Json.Obj login = ImageLayout.parse(answer, "the answer of " + program);
            String user = login.text("Username").orElse("");
            return login.text("Secret").map(secret -> new Login(user, secret, user.equals(TOKEN_USER)));
        } finally {
            process.destroyForcibly();
        }
    }
}
