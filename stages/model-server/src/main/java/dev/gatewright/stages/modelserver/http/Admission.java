// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.modelserver.http;

import dev.gatewright.stages.modelserver.config.ServerConfig.Limits;
import dev.gatewright.stages.modelserver.tensor.RefusedRequestException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Bounds how many requests are read, wait or run at once, and the memory that their bodies take. */
final class Admission {
    private final Limits limits;
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    Admission(Limits limits) {
        this.limits = limits;
    }

    /** How many requests are in. */
    int requests() {
        return requests.get();
    }

    /** A place for one request; it is given back by {@link Place#close}. */
    Place enter() throws RefusedRequestException {
        if (requests.incrementAndGet() > limits.queue()) {
            requests.decrementAndGet();
            throw full("the server has " + limits.queue() + " requests to answer and takes no more");
        }
        return new Place();
    }

    private static RefusedRequestException full(String what) {
        return new RefusedRequestException(429, what + "; ask again later");
    }

    /** What one request may take. */
    final class Place implements AutoCloseable {
        private long taken;
        private boolean closed;

        /** The most bytes. */
        int most() {
            return limits.requestBytes();
        }

        /** Refuses a body of {@code announced} bytes, if it is too large. */
        void expect(long announced) throws RefusedRequestException {
            if (announced > limits.requestBytes()) {
                throw new RefusedRequestException(
                        413,
                        "the body has more than " + limits.requestBytes()
                                + " bytes, which are the most that are taken");
            }
        }

        /** Takes room for {@code more} bytes. */
        synchronized void take(long more) throws RefusedRequestException {
            if (closed) {
                throw new RefusedRequestException(408, Sentences.of(408));
            }
            expect(taken + more);
            taken += more;
            if (bytes.addAndGet(more) > limits.queueBytes()) {
                throw full("the server has " + limits.queueBytes() + " bytes of requests to answer");
            }
        }

        @Override
        public synchronized void close() {
            if (!closed) {
                closed = true;
                bytes.addAndGet(-taken);
                requests.decrementAndGet();
            }
        }
    }
}
