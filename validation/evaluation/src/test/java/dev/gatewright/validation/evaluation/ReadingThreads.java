// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

/** The threads that read rows ahead. */
final class ReadingThreads {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private ReadingThreads() {}

    /** Sees that none is left, but for the moment in which one that has nothing to do any more ends. */
    static void assertNoneIsLeft() throws InterruptedException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals(ReadAhead.THREAD)) {
                thread.join(PATIENCE.toMillis());
                assertThat(thread.isAlive()).isFalse();
            }
        }
    }
}
