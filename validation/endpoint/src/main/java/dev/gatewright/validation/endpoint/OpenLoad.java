// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.endpoint;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.HdrHistogram.Histogram;

/**
 * A load in the open model: requests are sent when they are meant to be, whatever the answers do, and a latency counts from the
 * time at which its request was meant to be sent. A server that stalls delays all that come meanwhile, as it would its users;
 * counted from when a client got round to sending them, most of that delay is lost.
 *
 * <p>At most {@code connections} are open at once. A request that finds none waits for one, and its latency counts that; one that
 * still waits when the load is over, or finds too many waiting, is dropped. Dropped and timed-out requests are in the latencies
 * with the time for which they waited, so that no endpoint looks better by not answering.
 */
public final class OpenLoad {
    private static final int MOST_WAITING = 100_000;
    private static final int MOST_REASONS = 20;
    private static final int DIGITS = 3;
    private static final long NANOS_A_MICRO = 1_000;

    private final Ticker ticker;
    private final int connections;
    private final Duration patience;
    private final Target target;
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private final Histogram latencies = new Histogram(DIGITS);
    private final Histogram lags = new Histogram(DIGITS);
    private final Map<String, Long> reasons = new TreeMap<>();
    private boolean draining;
    private int open;
    private long answered;
    private long failed;
    private long dropped;
    private long lastAnswer;

    /** What is asked. */
    public interface Target {
        /** Sends request {@code index} now. The future never fails: what goes wrong is an outcome. */
        CompletableFuture<Outcome> send(int index);
    }

    /**
     * What became of a request.
     *
     * @param isAnswered rightly
     * @param why not; empty where it is
     * @param waited without an end: its time is no latency of an answer, but no smaller than one
     */
    public record Outcome(boolean isAnswered, String why, boolean waited) {
        /** The right answer. */
        public static final Outcome ANSWERED = new Outcome(true, "", false);

        /** Another one, or none; {@code why} is the same for all that failed alike. */
        public static Outcome failed(String why) {
            return new Outcome(false, why, false);
        }

        /** None within its time. */
        public static Outcome timedOut(String why) {
            return new Outcome(false, why, true);
        }
    }

    private record Waiting(int index, long intended) {}

    OpenLoad(Ticker ticker, int connections, Duration patience, Target target) {
        this.ticker = ticker;
        this.connections = connections;
        this.patience = patience;
        this.target = target;
    }

    /**
     * Sends a load.
     *
     * @param connections the most requests that are under way at once
     * @param patience how long after the last one is meant to be sent it is waited for those that still wait
     * @throws InterruptedException if the thread was interrupted; requests under way end by their own time limit
     */
    public static LoadResult run(Arrivals arrivals, int connections, Duration patience, Target target)
            throws InterruptedException {
        return new OpenLoad(Ticker.OF_MACHINE, connections, patience, target).run(arrivals);
    }

    LoadResult run(Arrivals arrivals) throws InterruptedException {
        long start = ticker.nanos();
        long intended = start;
        for (int i = 0; i < arrivals.size(); i++) {
            intended = start + arrivals.at(i);
            ticker.await(intended, () -> false);
            offer(new Waiting(i, intended));
        }
        ticker.await(intended + patience.toNanos(), this::isIdle);
        dropAll();
        // Those that are under way have a time limit of their own.
        ticker.await(ticker.nanos() + patience.toNanos(), this::isIdle);
        return result(arrivals, start);
    }

    private void offer(Waiting request) {
        synchronized (this) {
            if (waiting.size() >= MOST_WAITING) {
                drop(request);
                return;
            }
            waiting.add(request);
        }
        drain();
    }

    /** Sends what waits while there are connections. One thread does so at a time: an answer that is there at once calls back. */
    private void drain() {
        synchronized (this) {
            if (draining) {
                return;
            }
            draining = true;
        }
        for (Waiting next = take(); next != null; next = take()) {
            Waiting request = next;
            var unused = target.send(request.index()).thenAccept(outcome -> {
                take(request, outcome);
                drain();
            });
        }
    }

    private synchronized @org.jspecify.annotations.Nullable Waiting take() {
        if (open >= connections || waiting.isEmpty()) {
            draining = false;
            return null;
        }
        open++;
        Waiting request = waiting.remove();
        lags.recordValue(micros(ticker.nanos() - request.intended()));
        return request;
    }

    private synchronized void take(Waiting request, Outcome outcome) {
        open--;
        long now = ticker.nanos();
        if (outcome.isAnswered()) {
            answered++;
            lastAnswer = now;
        } else {
            failed++;
            count(outcome.why());
        }
        if (outcome.isAnswered() || outcome.waited()) {
            latencies.recordValue(micros(now - request.intended()));
        }
    }

    private synchronized void dropAll() {
        waiting.forEach(this::drop);
        waiting.clear();
    }

    private void drop(Waiting request) {
        dropped++;
        latencies.recordValue(micros(Math.max(patience.toNanos(), ticker.nanos() - request.intended())));
    }

    private void count(String why) {
        String known = reasons.containsKey(why) || reasons.size() < MOST_REASONS ? why : "for other reasons";
        reasons.merge(known, 1L, Long::sum);
    }

    private synchronized boolean isIdle() {
        return open == 0 && waiting.isEmpty();
    }

    private synchronized LoadResult result(Arrivals arrivals, long start) {
        // What is still under way has outlasted every time limit.
        for (int i = 0; i < open; i++) {
            failed++;
            count("did not end");
            latencies.recordValue(micros(2 * patience.toNanos()));
        }
        return new LoadResult(
                arrivals.size(),
                arrivals.rate(),
                answered,
                failed,
                dropped,
                reasons,
                (Math.max(lastAnswer, ticker.nanos()) - start) / 1e9,
                latencies.copy(),
                lags.copy());
    }

    private static long micros(long nanos) {
        return Math.max(1, (nanos + NANOS_A_MICRO / 2) / NANOS_A_MICRO);
    }
}
