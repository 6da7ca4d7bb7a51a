// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.canarydeploy;

import dev.gatewright.stages.canarydeploy.port.Side;
import dev.gatewright.validation.endpoint.Arrivals;
import dev.gatewright.validation.endpoint.Elements;
import dev.gatewright.validation.endpoint.Endpoint;
import dev.gatewright.validation.endpoint.GoldenRow;
import dev.gatewright.validation.endpoint.GoldenSet;
import dev.gatewright.validation.endpoint.InferenceClient;
import dev.gatewright.validation.endpoint.OpenInference;
import dev.gatewright.validation.endpoint.OpenLoad;
import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Phaser;

/** Golden rows as traffic, in the open model; of each answer it is noted which side gave it. */
final class Replay implements OpenLoad.Target {
    private static final int CONNECTIONS = 64;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final InferenceClient client;
    private final GoldenSet set;
    private final Phaser underWay = new Phaser(1);
    private final Map<Side, Map<Integer, Map<String, Elements>>> answers = new EnumMap<>(Side.class);

    /**
     * What one side answered. A row that was sent several times is in it once, with its first answer: the same row again says
     * nothing new of a model, and would only make its numbers look surer than they are.
     *
     * @param answers one a row of {@code rows}
     */
    record Answered(List<GoldenRow> rows, List<Map<String, Elements>> answers) {
        Answered {
            rows = List.copyOf(rows);
            answers = List.copyOf(answers);
        }
    }

    private Replay(InferenceClient client, GoldenSet set) {
        this.client = client;
        this.set = set;
    }

    /** Sends them for {@code hold}; what either side answered. */
    static Map<Side, Answered> run(URI url, String model, GoldenSet set, double rate, Duration hold)
            throws InterruptedException {
        Endpoint endpoint = new Endpoint(url, null, null, PATIENCE);
        try (InferenceClient client = new InferenceClient(endpoint, new OpenInference(model))) {
            Replay replay = new Replay(client, set);
            double seconds = hold.toMillis() / 1e3;
            try {
                OpenLoad.run(
                        Arrivals.constant(Math.min(rate, Arrivals.MOST / seconds), seconds),
                        CONNECTIONS,
                        PATIENCE,
                        replay);
                return replay.answered();
            } finally {
                // A client that is closed while requests are under way never ends; each of them has a time limit.
                replay.awaitAll();
            }
        }
    }

    @Override
    public CompletableFuture<OpenLoad.Outcome> send(int index) {
        int at = index % set.rows().size();
        CompletableFuture<InferenceClient.Answer> asked =
                client.askAsync(set, List.of(set.rows().get(at)));
        underWay.register();
        return asked.handle((answer, failure) -> {
            underWay.arriveAndDeregister();
            if (failure != null || answer == null) {
                return OpenLoad.Outcome.failed("is not answered");
            }
            Side side = answer.header(Side.HEADER).equals(Optional.of(Side.CANDIDATE.spelling()))
                    ? Side.CANDIDATE
                    : Side.STABLE;
            note(side, at, answer.rows().get(0));
            return OpenLoad.Outcome.ANSWERED;
        });
    }

    private void awaitAll() {
        underWay.arriveAndAwaitAdvance();
    }

    private synchronized void note(Side side, int row, Map<String, Elements> answer) {
        answers.computeIfAbsent(side, any -> new TreeMap<>()).putIfAbsent(row, answer);
    }

    private synchronized Map<Side, Answered> answered() {
        Map<Side, Answered> answered = new EnumMap<>(Side.class);
        answers.forEach((side, rows) -> answered.put(
                side, new Answered(rows.keySet().stream().map(set.rows()::get).toList(), List.copyOf(rows.values()))));
        return answered;
    }
}
