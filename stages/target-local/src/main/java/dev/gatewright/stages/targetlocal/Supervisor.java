// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.targetlocal;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.canarydeploy.port.Side;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the two servers and the router of a target, and the deadline: when it passes, all traffic returns to stable and the
 * candidate ends. A supervisor that nobody told to stay ends itself some time after.
 */
final class Supervisor implements AutoCloseable {
    private static final Duration LONGEST_START = Duration.ofMinutes(2);
    private static final Duration BETWEEN_STARTS = Duration.ofSeconds(5);
    private static final int ALL = 100;

    private final Path folder;
    private final List<String> command;
    private final Versions versions;
    private final Router router;
    private @Nullable ServerProcess stable;
    private @Nullable ServerProcess candidate;
    private int weight;
    private boolean stays;
    private long lastStart;
    private volatile long deadline;
    private volatile boolean armed;
    private volatile long lingersUntil;

    /**
     * A supervisor that serves what is stable.
     *
     * @param command of a model server, but for its configuration
     * @param patience how long it waits for a first word before it ends
     */
    Supervisor(Path folder, int port, List<String> command, Duration patience)
            throws IOException, InterruptedException {
        this.folder = folder;
        this.command = List.copyOf(command);
        this.versions = new Versions(folder);
        this.router = new Router(port);
        this.lingersUntil = System.nanoTime() + patience.toNanos();
        try {
            startStable();
        } catch (IOException | InterruptedException e) {
            close();
            throw e;
        }
    }

    private void startStable() throws IOException, InterruptedException {
        Optional<String> digest = versions.stable();
        lastStart = System.nanoTime();
        if (digest.isPresent()) {
            stable = ServerProcess.start(
                    command, versions.config(digest.get()), folder.resolve("stable.log"), LONGEST_START);
        }
        route();
    }

    private void route() {
        router.follow(
                Routes.of(stable == null ? null : stable.url(), candidate == null ? null : candidate.url(), weight));
    }

    /** Starts the version {@code digest} beside stable; nothing happens where it runs already. */
    synchronized void start(String digest) throws IOException, InterruptedException {
        if (candidate != null && candidate.isAlive() && candidate.digest().equals(digest)) {
            return;
        }
        rollBack();
        ServerProcess started =
                ServerProcess.start(command, versions.config(digest), folder.resolve("candidate.log"), LONGEST_START);
        candidate = started;
        route();
    }

    /** Gives the candidate that share. */
    synchronized void weigh(int percent) throws IOException {
        if (candidate == null || !candidate.isAlive()) {
            throw new IOException("there is no candidate that could have traffic");
        }
        weight = percent;
        route();
    }

    /** From now on everything returns to stable after {@code time}. Waits for nobody, so that it can be told while a server starts. */
    void arm(Duration time) {
        deadline = System.nanoTime() + time.toNanos();
        // After its deadline a supervisor that does not stay waits as long again for somebody to come.
        lingersUntil = deadline + time.toNanos();
        armed = true;
    }

    /** All traffic to stable, and no candidate. */
    synchronized void rollBack() {
        weight = 0;
        ServerProcess old = candidate;
        candidate = null;
        route();
        if (old != null) {
            old.close();
        }
    }

    /** The candidate is stable from now on. */
    synchronized void release() throws IOException {
        ServerProcess next = candidate;
        if (next == null || !next.isAlive() || weight != ALL) {
            throw new IOException("there is no candidate with all the traffic that could be released");
        }
        versions.release(next.digest());
        ServerProcess old = stable;
        stable = next;
        candidate = null;
        weight = 0;
        armed = false;
        stays = true;
        route();
        if (old != null) {
            old.close();
        }
    }

    /** It does not end by itself any more. */
    synchronized void stay() {
        stays = true;
    }

    /** Sees to what has happened by itself; false when it is time to end. */
    synchronized boolean tick() throws InterruptedException {
        long now = System.nanoTime();
        if (candidate != null && !candidate.isAlive()) {
            rollBack();
        }
        if (armed && now - deadline >= 0) {
            armed = false;
            rollBack();
        }
        if (stable != null && !stable.isAlive() && now - lastStart > BETWEEN_STARTS.toNanos()) {
            try {
                startStable();
            } catch (IOException e) {
                // Tried again; until then its requests are refused.
                lastStart = System.nanoTime();
            }
        }
        return stays || armed || now - lingersUntil < 0;
    }

    /** How all stands. */
    synchronized Json state() {
        Routes routes = router.routes();
        Json.Builder state = Json.object()
                .put("url", router.url().toString())
                .put("stable", version(stable))
                .put("candidate", version(candidate))
                .put("weight", weight)
                .put("stays", stays)
                .put("counts", counts(routes));
        if (armed) {
            state.put(
                    "returnsInSeconds",
                    Duration.ofNanos(deadline - System.nanoTime()).toMillis() / 1e3);
        }
        return state.build();
    }

    private static Json counts(Routes routes) {
        return Json.object()
                .put(Side.STABLE.spelling(), routes.of(Side.STABLE).json())
                .put(Side.CANDIDATE.spelling(), routes.of(Side.CANDIDATE).json())
                .build();
    }

    private static Json version(@Nullable ServerProcess server) {
        return server == null || !server.isAlive()
                ? Json.NULL
                : Json.object()
                        .put("digest", server.digest())
                        .put("url", server.url().toString())
                        .build();
    }

    /** Ends all of it. */
    @Override
    public synchronized void close() {
        router.close();
        rollBack();
        if (stable != null) {
            stable.close();
        }
    }
}
