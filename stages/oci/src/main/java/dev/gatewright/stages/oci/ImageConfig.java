// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.oci;

import dev.gatewright.stages.api.json.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How an image is run. Nothing in it differs from build to build: its time is the epoch's.
 *
 * @param platform what its native libraries are for
 * @param user who runs it, {@code uid:gid}
 * @param entrypoint the command, word by word; empty where nothing runs in it
 * @param port the TCP port that the command listens on; 0 where it does not
 * @param environment variables of the command, beside those of the base
 * @param labels of the image specification and of the image's author
 * @param health how an engine finds out whether it works; none where it cannot
 */
public record ImageConfig(
        Platform platform,
        String user,
        String workingFolder,
        List<String> entrypoint,
        int port,
        Map<String, String> environment,
        Map<String, String> labels,
        @Nullable Health health) {

    /** What stands for the time in all that would tell one. */
    private static final String EPOCH = "1970-01-01T00:00:00Z";

    /** Keeps its own copies. */
    public ImageConfig {
        entrypoint = List.copyOf(entrypoint);
        environment = Map.copyOf(environment);
        labels = Map.copyOf(labels);
    }

    /**
     * A command by which an engine finds out whether the container works; Docker's extension of the config.
     *
     * @param command word by word; an exit code other than 0 says that it does not
     * @param startPeriod how long failures do not count after the start
     */
    public record Health(List<String> command, Duration interval, Duration timeout, Duration startPeriod, int retries) {
        /** Keeps its own copy. */
        public Health {
            command = List.copyOf(command);
        }

        Json toJson() {
            List<String> test = new ArrayList<>(List.of("CMD"));
            test.addAll(command);
            return Json.object()
                    .put("Test", Json.texts(test))
                    .put("Interval", interval.toNanos())
                    .put("Timeout", timeout.toNanos())
                    .put("StartPeriod", startPeriod.toNanos())
                    .put("Retries", retries)
                    .build();
        }
    }

    Json.Obj toJson(BaseImage base, List<Layer> layers) {
        List<Json> diffIds = new ArrayList<>(base.config().object("rootfs").items("diff_ids"));
        List<Json> history = new ArrayList<>(base.config().items("history"));
        for (Layer layer : layers) {
            diffIds.add(Json.of(layer.descriptor().digest().toString()));
            history.add(Json.object()
                    .put("created", EPOCH)
                    .put("created_by", "gatewright: layer " + layer.name())
                    .build());
        }
        Json.Obj inherited = base.config().object("config");
        Json.Builder run = Json.object()
                .put("User", user)
                .put("WorkingDir", workingFolder)
                .put("StopSignal", "SIGTERM")
                .put("Labels", Descriptor.texts(labels));
        if (!entrypoint.isEmpty()) {
            Json listens =
                    Json.object().put(port + "/tcp", Json.object().build()).build();
            run.put("Entrypoint", Json.texts(entrypoint)).put("ExposedPorts", listens);
        }
        List<Json> variables = new ArrayList<>(inherited.items("Env"));
        new TreeMap<>(environment).forEach((name, value) -> variables.add(Json.of(name + "=" + value)));
        if (!variables.isEmpty()) {
            run.put("Env", variables);
        }
        if (health != null) {
            run.put("Healthcheck", health.toJson());
        }
        return Json.object()
                .put("created", EPOCH)
                .put("os", platform.system())
                .put("architecture", platform.architecture())
                .put("config", run.build())
                .put(
                        "rootfs",
                        Json.object()
                                .put("type", "layers")
                                .put("diff_ids", diffIds)
                                .build())
                .put("history", history)
                .build();
    }
}
