// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.targetlocal;

import dev.gatewright.stages.api.StageFailedException;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.json.JsonReader;
import dev.gatewright.stages.api.json.JsonWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Gives orders to the supervisor of a target. */
public final class SupervisorClient {
    private static final int MOST_BYTES = 64 << 20;
    private static final int PATIENCE = 150_000;
    private static final int OK = 200;
    private static final long LONGEST_END = 30;

    private final Path folder;

    private SupervisorClient(Path folder) {
        this.folder = folder;
    }

    /** That of the target in {@code folder}; empty where no supervisor runs. */
    public static Optional<SupervisorClient> of(Path folder) {
        return ControlFile.read(folder).map(file -> new SupervisorClient(folder));
    }

    /** How the target stands. */
    public Json.Obj state() {
        return order("state", Json.object().build());
    }

    /** Ends the supervisor and both servers, and waits for that. */
    public void stop() {
        Optional<ProcessHandle> process = process();
        order("stop", Json.object().build());
        process.ifPresent(handle -> handle.onExit()
                .completeOnTimeout(handle, LONGEST_END, TimeUnit.SECONDS)
                .join());
    }

    /** It does not end by itself any more. */
    public void stay() {
        order("stay", Json.object().build());
    }

    /** All traffic to stable. */
    public void rollBack() {
        order("roll-back", Json.object().build());
    }

    /** The candidate is stable from now on. */
    public void release() {
        order("release", Json.object().build());
    }

    /** The process of the supervisor; empty where it has ended. */
    public Optional<ProcessHandle> process() {
        return ControlFile.read(folder).flatMap(file -> ProcessHandle.of(file.pid()));
    }

    /** Gives an order; how the target stands then. */
    Json.Obj order(String name, Json.Obj details) {
        ControlFile file = ControlFile.read(folder).orElseThrow(() -> gone(null));
        try {
            // Not an HttpClient: a thread that is interrupted has to be able to take traffic back.
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create("http://127.0.0.1:" + file.port() + "/" + name)
                            .toURL()
                            .openConnection(java.net.Proxy.NO_PROXY);
            connection.setConnectTimeout(PATIENCE);
            connection.setReadTimeout(PATIENCE);
            connection.setRequestMethod("POST");
            connection.setRequestProperty("Authorization", "Bearer " + file.token());
            connection.setDoOutput(true);
            try (OutputStream out = connection.getOutputStream()) {
                out.write(JsonWriter.compact(details).getBytes(StandardCharsets.UTF_8));
            }
            boolean obeyed = connection.getResponseCode() == OK;
            try (InputStream in = obeyed ? connection.getInputStream() : connection.getErrorStream()) {
                Json answer = JsonReader.read(in.readNBytes(MOST_BYTES));
                if (!(answer instanceof Json.Obj object)) {
                    throw new IOException("no answer");
                }
                if (!obeyed) {
                    throw new StageFailedException(
                            "the local target did not " + name + ": "
                                    + object.text("error").orElse("?"),
                            "see the logs in " + folder,
                            null);
                }
                return object;
            }
        } catch (IOException e) {
            throw gone(e);
        }
    }

    private StageFailedException gone(@org.jspecify.annotations.Nullable IOException cause) {
        return new StageFailedException(
                "the supervisor of the local target in " + folder + " has ended, and with it both servers"
                        + (cause == null ? "" : ": " + cause.getMessage()),
                "start the stage again; stable is served first",
                cause);
    }
}
