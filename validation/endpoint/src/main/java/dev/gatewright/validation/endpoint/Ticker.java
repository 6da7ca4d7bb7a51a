// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.endpoint;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** The time by which a load is sent. */
interface Ticker {
    /** Now, in nanoseconds from some moment. */
    long nanos();

    /** Waits until {@code nanos}, or until {@code enough}, whichever comes first. */
    void await(long nanos, BooleanSupplier enough) throws InterruptedException;

    /** The machine's own time. */
    Ticker OF_MACHINE = new Ticker() {
        private static final long LONGEST_SLEEP = 1_000_000;
        private static final long SPIN = 20_000;

        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public void await(long nanos, BooleanSupplier enough) throws InterruptedException {
            for (long left = nanos - System.nanoTime();
                    left > 0 && !enough.getAsBoolean();
                    left = nanos - System.nanoTime()) {
                if (Thread.interrupted()) {
                    throw new InterruptedException("interrupted while a load was sent");
                }
                if (left > SPIN) {
                    LockSupport.parkNanos(Math.min(left, LONGEST_SLEEP));
                } else {
                    Thread.onSpinWait();
                }
            }
        }
    };
}
