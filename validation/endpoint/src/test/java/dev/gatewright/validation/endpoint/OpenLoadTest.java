// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A load tells the truth about a server that stalls. Time is simulated, so that the truth is known and the same each time. */
@Timeout(60)
class OpenLoadTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long MILLISECOND = 1_000_000L;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Time that passes only where somebody waits for it. */
    private static final class SimulatedTime implements Ticker {
        private record Event(long at, long order, Runnable happening) {}

        private final PriorityQueue<Event> events =
                new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
        private long now = 5 * SECOND;
        private long order;

        @Override
        public long nanos() {
            return now;
        }

        @Override
        public void await(long nanos, BooleanSupplier enough) {
            while (!enough.getAsBoolean() && !events.isEmpty() && events.peek().at() <= nanos) {
                Event event = events.remove();
                now = Math.max(now, event.at());
                event.happening().run();
            }
            if (!enough.getAsBoolean()) {
                now = Math.max(now, nanos);
            }
        }

        /** A server that takes so long for a request, by the time at which that comes. */
        OpenLoad.Target server(LongUnaryOperator nanos) {
            return index -> {
                CompletableFuture<OpenLoad.Outcome> answer = new CompletableFuture<>();
                long at = now + nanos.applyAsLong(now);
                events.add(new Event(at, order++, () -> answer.complete(OpenLoad.Outcome.ANSWERED)));
                return answer;
            };
        }
    }

    /** A second of every ten it does nothing; else an answer takes a millisecond. */
    private static long stalling(long now) {
        long ofTen = Math.floorMod(now, 10 * SECOND);
        return MILLISECOND + (ofTen >= 4 * SECOND && ofTen < 5 * SECOND ? 5 * SECOND - ofTen : 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 100, 1000})
    void latenciesOfAServerThatStallsASecondEveryTenAreTheTruth(int rate) throws Exception {
        for (Arrivals arrivals : List.of(Arrivals.constant(rate, 100), Arrivals.poisson(rate, 100, 7))) {
            SimulatedTime time = new SimulatedTime();
            long start = time.nanos();
            double[] truth = IntStream.range(0, arrivals.size())
                    .mapToDouble(i -> stalling(start + arrivals.at(i)) / 1e6)
                    .sorted()
                    .toArray();

            LoadResult result = new OpenLoad(time, 64, PATIENCE, time.server(OpenLoadTest::stalling)).run(arrivals);

            for (double quantile : new double[] {0.5, 0.95, 0.99}) {
                double expected = truth[(int) Math.ceil(quantile * truth.length) - 1];
                assertThat(result.latency(quantile)).isCloseTo(expected, within(0.02 * expected));
            }
            assertThat(result.latency(0.99)).isGreaterThan(800);
            assertThat(result.answered()).isEqualTo(arrivals.size());
            assertThat(result.errorRate()).isZero();
        }
    }

    @Test
    void oneConnectionQueuesWhatAUserWouldQueueFor() throws Exception {
        SimulatedTime time = new SimulatedTime();

        LoadResult result =
                new OpenLoad(time, 1, PATIENCE, time.server(now -> 20 * MILLISECOND)).run(Arrivals.constant(100, 1));

        // Each answer takes two intervals: the last of 100 waits for 99 before it, of which its own schedule takes
        // half.
        assertThat(result.largestLatency()).isCloseTo(1010, within(2.0));
        assertThat(result.answered()).isEqualTo(100);
        assertThat(result.achievedRate()).isCloseTo(50, within(0.5));
        assertThat(result.lag(1)).isCloseTo(990, within(2.0));
    }

    @Test
    void whatIsNeverAnsweredIsInTheErrorsAndInTheLatencies() throws Exception {
        SimulatedTime time = new SimulatedTime();

        LoadResult result = new OpenLoad(time, 2, Duration.ofSeconds(3), index -> new CompletableFuture<>())
                .run(Arrivals.constant(10, 2));

        assertThat(result.answered()).isZero();
        assertThat(result.dropped()).isEqualTo(18);
        assertThat(result.failed()).isEqualTo(2);
        assertThat(result.reasons()).containsEntry("did not end", 2L);
        assertThat(result.errorRate()).isEqualTo(1);
        assertThat(result.latency(0)).isGreaterThanOrEqualTo(3000 * 0.999);
    }

    @Test
    void answersThatFailFastDoNotMakeItFaster() throws Exception {
        SimulatedTime time = new SimulatedTime();

        LoadResult result = new OpenLoad(
                        time,
                        8,
                        PATIENCE,
                        index -> index % 2 == 0
                                ? time.server(now -> 50 * MILLISECOND).send(index)
                                : CompletableFuture.completedFuture(OpenLoad.Outcome.failed("is answered 500")))
                .run(Arrivals.constant(10, 10));

        assertThat(result.latency(0)).isCloseTo(50, within(0.1));
        assertThat(result.errorRate()).isEqualTo(0.5);
        assertThat(result.reasons()).containsExactlyEntriesOf(Map.of("is answered 500", 50L));
    }

    @Test
    void arrivalsFollowFromTheirSeed() {
        long[] times = times(3);

        assertThat(times).isSorted().isEqualTo(times(3));
        assertThat(times).isNotEqualTo(times(4));
        assertThat(times).hasSize(5000);
        assertThat(times[4999] / 1e9).isCloseTo(100, within(5.0));
        long alone = IntStream.range(1, 5000)
                .filter(i -> times[i] - times[i - 1] > SECOND / 50)
                .count();
        // Of exponential times a share of 1/e is longer than their mean.
        assertThat(alone / 4999.0).isCloseTo(1 / Math.E, within(0.03));
    }

    private static long[] times(long seed) {
        Arrivals arrivals = Arrivals.poisson(50, 100, seed);
        return IntStream.range(0, arrivals.size()).mapToLong(arrivals::at).toArray();
    }

    @Test
    void goldenRowsAreALoadWhoseWrongAnswersAreErrors() throws Exception {
        GoldenSet set = Sums.golden(5);
        try (SumsServer server = new SumsServer()) {
            InferenceClient client = new InferenceClient(server.endpoint(), new OpenInference("sums"));

            LoadResult right =
                    OpenLoad.run(Arrivals.constant(200, 0.5), 16, PATIENCE, new GoldenLoad(client, set, false));
            server.bias = 1;
            LoadResult wrong = OpenLoad.run(Arrivals.burst(20), 20, PATIENCE, new GoldenLoad(client, set, true));

            assertThat(right.answered()).isEqualTo(100);
            assertThat(right.latencies()).hasSize(100).isSorted();
            assertThat(right.curve()).isNotEmpty();
            assertThat(wrong.answered()).isZero();
            assertThat(wrong.reasons())
                    .containsExactlyEntriesOf(Map.of("is not answered as the judged model does", 20L));
        }
    }
}
