// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.canarydeploy;

import dev.gatewright.stages.canarydeploy.port.Side;
import dev.gatewright.validation.endpoint.Arrivals;
import dev.gatewright.validation.endpoint.Elements;
import dev.gatewright.validation.endpoint.Endpoint;
import dev.gatewright.validation.endpoint.GoldenRow;
import dev.gatewright.validation.endpoint.GoldenSet;
import dev.gatewright.validation.endpoint.InferenceClient;
import dev.gatewright.validation.endpoint.Label;
import dev.gatewright.validation.endpoint.OpenInference;
import dev.gatewright.validation.endpoint.OpenLoad;
import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Phaser;

/** Golden rows as traffic, in the open model; of each answer it is noted which side gave it and whether it is right. */
final class Replay implements OpenLoad.Target {
    private static final int CONNECTIONS = 64;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final InferenceClient client;
    private final GoldenSet set;
    private final AnsweredClass classes;
    private final Phaser underWay = new Phaser(1);
    private final Map<Side, Right> right = new EnumMap<>(Side.class);

    /** How many rows were answered with their true class, of those whose truth is known. */
    record Right(long right, long rows) {
        Right and(boolean isRight) {
            return new Right(right + (isRight ? 1 : 0), rows + 1);
        }
    }

    private Replay(InferenceClient client, GoldenSet set, AnsweredClass classes) {
        this.client = client;
        this.set = set;
        this.classes = classes;
    }

    /** Sends them for {@code hold}; what either side answered. */
    static Map<Side, Right> run(URI url, String model, GoldenSet set, List<String> classes, double rate, Duration hold)
            throws InterruptedException {
        Endpoint endpoint = new Endpoint(url, null, null, PATIENCE);
        try (InferenceClient client = new InferenceClient(endpoint, new OpenInference(model))) {
            Replay replay = new Replay(client, set, new AnsweredClass(set, classes));
            double seconds = hold.toMillis() / 1e3;
            try {
                OpenLoad.run(
                        Arrivals.constant(Math.min(rate, Arrivals.MOST / seconds), seconds),
                        CONNECTIONS,
                        PATIENCE,
                        replay);
                return replay.right();
            } finally {
                // A client that is closed while requests are under way never ends; each of them has a time limit.
                replay.awaitAll();
            }
        }
    }

    @Override
    public CompletableFuture<OpenLoad.Outcome> send(int index) {
        GoldenRow row = set.rows().get(index % set.rows().size());
        CompletableFuture<InferenceClient.Answer> asked = client.askAsync(set, List.of(row));
        underWay.register();
        return asked.handle((answer, failure) -> {
            underWay.arriveAndDeregister();
            if (failure != null || answer == null) {
                return OpenLoad.Outcome.failed("is not answered");
            }
            Side side = answer.header(Side.HEADER).equals(Optional.of(Side.CANDIDATE.spelling()))
                    ? Side.CANDIDATE
                    : Side.STABLE;
            note(side, row, answer.rows().get(0));
            return OpenLoad.Outcome.ANSWERED;
        });
    }

    private void awaitAll() {
        underWay.arriveAndAwaitAdvance();
    }

    private synchronized void note(Side side, GoldenRow row, Map<String, Elements> answer) {
        if (row.label() instanceof Label.OfClass truth) {
            boolean isRight = classes.of(answer).equals(Optional.of(truth.name()));
            right.put(side, right.getOrDefault(side, new Right(0, 0)).and(isRight));
        }
    }

    private synchronized Map<Side, Right> right() {
        return new EnumMap<>(right);
    }
}
