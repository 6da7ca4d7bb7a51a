// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.modelserver.http;

import dev.gatewright.stages.modelserver.protocol.Answer;
import dev.gatewright.stages.modelserver.protocol.InferRequest;
import dev.gatewright.stages.modelserver.protocol.V1Request;
import dev.gatewright.stages.modelserver.protocol.V2Request;
import dev.gatewright.stages.modelserver.run.Job;
import dev.gatewright.stages.modelserver.run.Outcome;
import dev.gatewright.stages.modelserver.tensor.RefusedRequestException;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/** One request for an inference, from its body to its answer; answered once, by whoever comes first. */
final class InferExchange implements Body.Reader {
    private static final String JSON_LENGTH = "Inference-Header-Content-Length";
    private static final String RAW = "application/octet-stream";

    private final InferService service;
    private final Endpoint endpoint;
    private final Request request;
    private final Response response;
    private final Callback callback;
    private final Admission.Place place;
    private final AtomicBoolean answered = new AtomicBoolean();
    private final Scheduler.Task arrival;
    private Scheduler.@Nullable Task answer;

    InferExchange(
            InferService service,
            Endpoint endpoint,
            Request request,
            Response response,
            Callback callback,
            Admission.Place place) {
        this.service = service;
        this.endpoint = endpoint;
        this.request = request;
        this.response = response;
        this.callback = callback;
        this.place = place;
        this.arrival = request.getComponents()
                .getScheduler()
                .schedule(this::tooSlow, service.limits().seconds(), TimeUnit.SECONDS);
    }

    /** Begins to read. */
    void begin() {
        new Body(request, place, this).begin();
    }

    @Override
    public void read(byte[] bytes, int length) {
        arrival.cancel();
        if (answered.get()) {
            return;
        }
        InferRequest read;
        try {
            read = endpoint == Endpoint.PREDICT
                    ? V1Request.read(bytes, length, service.model(), service.memory())
                    : V2Request.read(bytes, length, jsonLength(length), service.model(), service.memory());
        } catch (RefusedRequestException e) {
            refused(e);
            return;
        } catch (RuntimeException | OutOfMemoryError e) {
            // Whatever it is: the place that it takes must not be lost.
            refused(new RefusedRequestException(500, "the request cannot be read: " + e));
            return;
        }
        int seconds = service.limits().seconds();
        answer = request.getComponents().getScheduler().schedule(this::tooLate, seconds, TimeUnit.SECONDS);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        service.run(new Job(read.inputs(), deadline, outcome -> ended(read, outcome)));
    }

    private int jsonLength(int length) throws RefusedRequestException {
        String written = request.getHeaders().get(JSON_LENGTH);
        if (written == null) {
            return length;
        }
        try {
            int json = Integer.parseInt(written);
            if (json >= 0 && json <= length) {
                return json;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw RefusedRequestException.wrong("the header " + JSON_LENGTH
                + " has to be a whole number up to the length of the body, which is " + length);
    }

    private void ended(InferRequest read, Outcome outcome) {
        read.release();
        place.close();
        if (answer != null) {
            answer.cancel();
        }
        if (outcome instanceof Outcome.Answered done) {
            answer(read, done);
        } else if (outcome instanceof Outcome.Failed failed) {
            refuse(500, failed.sentence());
        } else {
            tooLate();
        }
    }

    private void answer(InferRequest read, Outcome.Answered done) {
        Answer body;
        try {
            body = Answer.of(service.model(), read, done.outputs());
        } catch (RefusedRequestException e) {
            refuse(e.status(), e.sentence());
            return;
        } catch (RuntimeException | OutOfMemoryError e) {
            // Whatever it is: the thread that runs the model has to go on.
            refuse(500, "the answer cannot be written: " + e);
            return;
        }
        if (answered.compareAndSet(false, true)) {
            service.note(read, done.outputs());
            OptionalInt json = body.jsonBeforeRaw();
            json.ifPresent(length -> response.getHeaders().put(JSON_LENGTH, length));
            Reply.send(response, callback, json.isPresent() ? RAW : Reply.JSON, body.bytes());
        }
    }

    @Override
    public void refused(RefusedRequestException why) {
        arrival.cancel();
        place.close();
        refuse(why.status(), why.sentence());
    }

    private void tooSlow() {
        place.close();
        refuse(408, "the request did not arrive within " + service.limits().seconds() + " seconds");
    }

    private void tooLate() {
        refuse(503, "the model did not answer within " + service.limits().seconds() + " seconds");
    }

    private void refuse(int status, String sentence) {
        if (answered.compareAndSet(false, true)) {
            Reply.refuse(request, response, callback, status, sentence);
        }
    }
}
