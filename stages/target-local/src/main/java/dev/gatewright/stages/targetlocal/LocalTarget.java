// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.targetlocal;

import dev.gatewright.stages.api.Installation;
import dev.gatewright.stages.api.StageFailedException;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.json.JsonWriter;
import dev.gatewright.stages.api.process.ThisMachine;
import dev.gatewright.stages.canarydeploy.port.Side;
import dev.gatewright.stages.canarydeploy.port.Target;
import dev.gatewright.stages.canarydeploy.port.Traffic;
import dev.gatewright.validation.onnx.model.ModelFile;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A stage's side of a target on this machine. */
final class LocalTarget implements Target {
    private static final String SERVER = "dev.gatewright.stages.modelserver.ServerMain";
    private static final Duration LONGEST_START = Duration.ofSeconds(150);
    private static final long POLL = 20;

    /** By which hosts find what a job has started, and end it with the job. What is served stays. */
    private static final Set<String> OF_THE_JOB =
            Set.of("JENKINS_SERVER_COOKIE", "JENKINS_NODE_COOKIE", "BUILD_ID", "RUNNER_TRACKING_ID");

    private final Path folder;
    private final SupervisorClient supervisor;

    private LocalTarget(Path folder, SupervisorClient supervisor) {
        this.folder = folder;
        this.supervisor = supervisor;
    }

    /** That in {@code folder}, its supervisor started where none runs. */
    static Target open(Path folder, int port, Installation installation) throws InterruptedException {
        Optional<SupervisorClient> running = SupervisorClient.of(folder);
        return new LocalTarget(
                folder, running.isPresent() ? running.get() : startSupervisor(folder, port, installation));
    }

    private static SupervisorClient startSupervisor(Path folder, int port, Installation installation)
            throws InterruptedException {
        if (installation.server().classPath().isEmpty()) {
            throw new StageFailedException("the program lacks its server", "install it anew", null);
        }
        Path log = folder.resolve("supervisor.log");
        @Nullable Process process = null;
        try {
            ProcessBuilder builder = new ProcessBuilder(supervisorCommand(folder))
                    .redirectOutput(ProcessBuilder.Redirect.to(log.toFile()))
                    .redirectErrorStream(true);
            builder.environment().keySet().removeAll(OF_THE_JOB);
            process = builder.start();
            Json orders = Json.object()
                    .put("port", port)
                    .put("command", Json.texts(serverCommand(installation.server())))
                    .build();
            try (OutputStream out = process.getOutputStream()) {
                out.write(JsonWriter.compact(orders).getBytes(StandardCharsets.UTF_8));
            }
            return await(process, folder, log);
        } catch (IOException e) {
            throw notStarted(log, e);
        } catch (InterruptedException | RuntimeException e) {
            if (process != null) {
                process.destroy();
            }
            throw e;
        }
    }

    private static SupervisorClient await(Process process, Path folder, Path log) throws InterruptedException {
        long start = System.nanoTime();
        while (System.nanoTime() - start < LONGEST_START.toNanos()) {
            Optional<SupervisorClient> running = SupervisorClient.of(folder);
            if (running.isPresent()) {
                return running.get();
            }
            if (!process.isAlive()) {
                break;
            }
            Thread.sleep(POLL);
        }
        throw notStarted(log, null);
    }

    private static StageFailedException notStarted(Path log, @Nullable IOException cause) {
        String said;
        try {
            said = cause == null ? Files.readString(log, StandardCharsets.UTF_8).strip() : cause.getMessage();
        } catch (IOException e) {
            said = "";
        }
        return new StageFailedException(
                "the local target does not start: " + said,
                "end what listens on its port, or name another one; stable.log beside " + log + " may say more",
                cause);
    }

    /** A terminal's interrupt goes to all that was started in it, and this has to outlive who started it. */
    private static List<String> supervisorCommand(Path folder) {
        List<String> command = new ArrayList<>();
        if (!ThisMachine.isWindows()) {
            command.addAll(List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh"));
        }
        command.add(ThisMachine.java().toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-Xshare:auto"));
        // Of Java's own HTTP server: small answers go out at once, and slow senders hold no thread for ever.
        command.addAll(List.of(
                "-Dsun.net.httpserver.nodelay=true",
                "-Dsun.net.httpserver.maxReqTime=60",
                "-Djdk.httpserver.maxConnections=1024"));
        command.addAll(List.of("-cp", ThisMachine.classPath(), SupervisorMain.class.getName()));
        command.add(folder.toAbsolutePath().toString());
        return command;
    }

    private static List<String> serverCommand(Installation.Part server) {
        List<String> command = new ArrayList<>();
        command.add(ThisMachine.java().toString());
        command.addAll(server.flags());
        // Behind the server's own, since what makes it start faster knows only those.
        String classPath =
                server.classPath().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        command.addAll(List.of("-cp", classPath + File.pathSeparator + own()));
        command.addAll(List.of(KeptMain.class.getName(), SERVER));
        return command;
    }

    /** Where this module's classes lie. */
    private static Path own() {
        try {
            return Path.of(KeptMain.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("a class path is made of files", e);
        }
    }

    @Override
    public State read() {
        Json.Obj state = supervisor.state();
        return new State(
                URI.create(state.text("url").orElseThrow()),
                version(state, "stable"),
                version(state, "candidate"),
                state.number("weight").orElseThrow().intValue());
    }

    private static @Nullable Version version(Json.Obj state, String side) {
        Json.Obj version = state.object(side);
        return version.text("digest")
                .map(digest ->
                        new Version(digest, URI.create(version.text("url").orElseThrow())))
                .orElse(null);
    }

    @Override
    public void start(ModelFile model, String name) {
        try {
            new Versions(folder).put(model, name);
        } catch (IOException e) {
            throw new StageFailedException(
                    "the model cannot be copied into " + folder + ": " + e.getMessage(),
                    "see to that folder's disk",
                    e);
        }
        supervisor.order("start", Json.object().put("digest", model.digest()).build());
    }

    @Override
    public void weigh(int percent) {
        supervisor.order("weigh", Json.object().put("percent", percent).build());
    }

    @Override
    public Map<Side, Traffic> traffic() {
        Json.Obj counts = supervisor.state().object("counts");
        Map<Side, Traffic> traffic = new EnumMap<>(Side.class);
        for (Side side : Side.values()) {
            traffic.put(side, traffic(counts.object(side.spelling())));
        }
        return traffic;
    }

    private static Traffic traffic(Json.Obj counts) {
        List<Double> times = new ArrayList<>();
        for (Json item : counts.items("milliseconds")) {
            if (item instanceof Json.Arr pair
                    && pair.items().get(0) instanceof Json.Num time
                    && pair.items().get(1) instanceof Json.Num count) {
                for (long i = 0; i < count.value() && times.size() < SideCounts.MOST_TIMES; i++) {
                    times.add(time.value());
                }
            }
        }
        return new Traffic(
                counts.number("requests").orElse(0.0).longValue(),
                counts.number("errors").orElse(0.0).longValue(),
                times);
    }

    @Override
    public void arm(Duration time) {
        supervisor.order(
                "arm", Json.object().put("milliseconds", time.toMillis()).build());
    }

    @Override
    public void rollBack() {
        supervisor.rollBack();
    }

    @Override
    public void release() {
        supervisor.release();
    }

    @Override
    public void close() {
        // The supervisor goes on: it holds the deadline.
    }
}
