// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.endpoint;

import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

/** Golden rows as a load: each request is the next row, and its answer has to be the judged model's. */
public final class GoldenLoad implements OpenLoad.Target {
    private final InferenceClient client;
    private final GoldenSet set;
    private final List<HttpRequest> requests = new ArrayList<>();
    private final boolean mayRefuse;

    /**
     * A load on the endpoint of {@code client}.
     *
     * @param mayRefuse whether "busy" (429, or 503) is an answer too, as in a burst; it has to say when to come again
     */
    public GoldenLoad(InferenceClient client, GoldenSet set, boolean mayRefuse) {
        this.client = client;
        this.set = set;
        this.mayRefuse = mayRefuse;
        for (GoldenRow row : set.rows()) {
            requests.add(client.request(client.protocol().question(set, List.of(row))));
        }
    }

    @Override
    public CompletableFuture<OpenLoad.Outcome> send(int index) {
        int row = index % requests.size();
        return client.sendAsync(requests.get(row)).handle((reply, failure) -> {
            if (failure != null || reply == null) {
                return failed(failure == null ? new IllegalStateException("no reply") : failure);
            }
            return outcome(set.rows().get(row), reply);
        });
    }

    private OpenLoad.Outcome failed(Throwable failure) {
        Throwable cause = Wire.cause(failure);
        String why = String.valueOf(WireFailure.of(client.endpoint(), cause).getMessage());
        boolean waited = cause instanceof TimeoutException || cause instanceof java.net.http.HttpTimeoutException;
        return waited ? OpenLoad.Outcome.timedOut(why) : OpenLoad.Outcome.failed(why);
    }

    private OpenLoad.Outcome outcome(GoldenRow row, Reply reply) {
        if (mayRefuse && (reply.status() == 429 || reply.status() == 503)) {
            return reply.headers().firstValue("Retry-After").isPresent()
                    ? OpenLoad.Outcome.ANSWERED
                    : OpenLoad.Outcome.failed("is answered " + reply.status() + " without Retry-After");
        }
        if (!reply.isOk()) {
            return OpenLoad.Outcome.failed("is answered " + reply.status());
        }
        try {
            Map<String, Elements> answer = client.read(set, List.of(row), reply).get(0);
            return set.mismatch(row, answer, client.protocol().mayLeaveOut()).isEmpty()
                    ? OpenLoad.Outcome.ANSWERED
                    : OpenLoad.Outcome.failed("is not answered as the judged model does");
        } catch (EndpointFailedException e) {
            return OpenLoad.Outcome.failed("is answered with something that is no answer");
        }
    }
}
