// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.canarydeploy;

import dev.gatewright.stages.api.StageFailedException;
import dev.gatewright.stages.canarydeploy.port.Target;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Renews a target's deadline for as long as this process lives and watches. */
final class Heartbeat implements AutoCloseable {
    private static final int TIMES_A_DEADLINE = 4;
    private static final long LONGEST_END = 10_000;

    private final Thread thread;
    private volatile @Nullable StageFailedException lost;
    private volatile boolean ended;

    Heartbeat(Target target, Duration deadline) throws InterruptedException {
        target.arm(deadline);
        thread = new Thread(() -> beat(target, deadline), "canary heartbeat");
        thread.setDaemon(true);
        thread.start();
    }

    private void beat(Target target, Duration deadline) {
        try {
            while (!ended) {
                Thread.sleep(deadline.toMillis() / TIMES_A_DEADLINE);
                target.arm(deadline);
            }
        } catch (InterruptedException e) {
            // Told to end.
        } catch (StageFailedException e) {
            lost = e;
        }
    }

    /** Ends the stage where the target could not be reached, since then traffic has returned. */
    void check() {
        StageFailedException failure = lost;
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public void close() {
        ended = true;
        thread.interrupt();
        try {
            thread.join(LONGEST_END);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
