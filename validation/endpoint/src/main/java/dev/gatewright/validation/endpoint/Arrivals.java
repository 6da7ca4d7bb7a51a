// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.endpoint;

import dev.gatewright.validation.metrics.statistics.RandomStream;

/** When requests are meant to be sent: known before the first one is, so that an endpoint cannot slow them down. */
public final class Arrivals {
    /** The most requests of a load. */
    public static final int MOST = 1_000_000;

    private static final double NANOS = 1e9;

    private final long[] nanos;
    private final double rate;

    private Arrivals(double rate, long... nanos) {
        this.rate = rate;
        this.nanos = nanos;
    }

    /** One every {@code 1 / rate} seconds. */
    public static Arrivals constant(double rate, double seconds) {
        long[] nanos = new long[count(rate, seconds)];
        for (int i = 0; i < nanos.length; i++) {
            nanos[i] = Math.round(i * NANOS / rate);
        }
        return new Arrivals(rate, nanos);
    }

    /** As independent users send them: the times between two are exponential, from {@code seed}. */
    public static Arrivals poisson(double rate, double seconds, long seed) {
        RandomStream random = RandomStream.of(seed, "arrivals");
        long[] nanos = new long[count(rate, seconds)];
        double at = 0;
        for (int i = 0; i < nanos.length; i++) {
            nanos[i] = Math.round(at * NANOS);
            at -= StrictMath.log(1 - random.unit()) / rate;
        }
        return new Arrivals(rate, nanos);
    }

    /** So many at once. */
    public static Arrivals burst(int requests) {
        return new Arrivals(Double.POSITIVE_INFINITY, new long[requests]);
    }

    private static int count(double rate, double seconds) {
        double count = rate * seconds;
        if (!(count >= 1 && count <= MOST)) {
            throw new IllegalArgumentException(
                    rate + " requests a second for " + seconds + " s are not between 1 and " + MOST + " requests");
        }
        return (int) Math.round(count);
    }

    int size() {
        return nanos.length;
    }

    /** Nanoseconds from the start, ascending. */
    long at(int index) {
        return nanos[index];
    }

    /** Requests a second that are meant; infinite where all are meant at once. */
    double rate() {
        return rate;
    }
}
