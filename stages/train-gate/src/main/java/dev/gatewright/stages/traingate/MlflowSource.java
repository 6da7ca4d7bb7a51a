// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.traingate;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.spec.Placed;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A run on an MLflow tracking server. It is made before the training and handed to it in the variables that MLflow's client
 * reads, so that nothing can be judged but what this training logged.
 *
 * @param server where the server's own page is
 * @param user the user of the password; null where the secret is a token
 * @param secret the name of the secret; null where the server asks for none
 */
record MlflowSource(
        URI server,
        String experiment,
        @Nullable String user,
        @Nullable String secret) implements MetricsSource {
    @Override
    public String name() {
        return "the MLflow run";
    }

    @Override
    public @Nullable Placed<Path> output() {
        return null;
    }

    @Override
    public Opened open(Opening opening) throws IOException, InterruptedException {
        MlflowClient client = new MlflowClient(server, user, secret(opening), Duration.ofSeconds(1));
        String experimentId = experiment(client);
        Json.Obj created = client.post(
                "runs/create",
                Json.object()
                        .put("experiment_id", experimentId)
                        .put("run_name", "gatewright " + opening.runId())
                        .put("start_time", opening.clock().millis())
                        .build());
        String run = created.object("run").object("info").text("run_id").orElse("");
        if (!run.matches("[0-9A-Za-z_-]{1,64}")) {
            throw new IOException(server + " made a run without an id: is it an MLflow server?");
        }
        return new MlflowRun(client, this, run, opening.clock());
    }

    private @Nullable String secret(Opening opening) throws IOException {
        if (secret == null) {
            return null;
        }
        String value = opening.secrets().secret(secret).orElse("");
        if (value.isEmpty() || value.chars().anyMatch(c -> c < ' ')) {
            throw new IOException("the secret " + secret
                    + (value.isEmpty() ? " is not there" : " has a character that no header can hold")
                    + ": put it into the environment variable of that name");
        }
        return value;
    }

    /** The id of the experiment, which is made where it is not there. */
    private String experiment(MlflowClient client) throws IOException, InterruptedException {
        Json.Obj found;
        try {
            found = client.get("experiments/get-by-name", "experiment_name", experiment)
                    .object("experiment");
        } catch (MlflowClient.NotThereException e) {
            found = client.post(
                    "experiments/create", Json.object().put("name", experiment).build());
        }
        if (found.text("lifecycle_stage").orElse("active").equals("deleted")) {
            throw new IOException("the experiment " + experiment + " was deleted; restore it, or name another");
        }
        String id = found.text("experiment_id").orElse("");
        if (id.isEmpty()) {
            throw new IOException(server + " names no experiment " + experiment + ": is it an MLflow server?");
        }
        return id;
    }
}
