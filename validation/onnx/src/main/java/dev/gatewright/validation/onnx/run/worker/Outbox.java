// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.run.worker;

import dev.gatewright.validation.onnx.run.wire.Kind;
import dev.gatewright.validation.onnx.run.wire.Outgoing;
import java.io.IOException;
import java.io.OutputStream;

/** What the worker says to the program, from any thread. */
final class Outbox {
    private static final int LONGEST_SENTENCE = 4000;

    private final OutputStream out;
    private long signInterval = Long.MAX_VALUE;
    private long lastSign = System.nanoTime();
    private long steps;

    Outbox(OutputStream out) {
        this.out = out;
    }

    synchronized void send(Outgoing message) throws IOException {
        message.sendTo(out);
    }

    /** At most how often the program wants to know that work goes on. */
    synchronized void signEvery(long nanos) {
        signInterval = nanos;
    }

    /** A batch or a timed call has ended. */
    synchronized void step() throws IOException {
        steps++;
        long now = System.nanoTime();
        if (now - lastSign >= signInterval) {
            lastSign = now;
            send(new Outgoing(Kind.PROGRESS).longNumber(steps));
        }
    }

    /** Says why the worker gives up, and ends it. */
    synchronized void fail(Failure failure) {
        String sentence = String.valueOf(failure.getMessage());
        if (sentence.length() > LONGEST_SENTENCE) {
            sentence = sentence.substring(0, LONGEST_SENTENCE);
        }
        try {
            send(new Outgoing(Kind.FAILED).text(failure.kind().name()).text(sentence));
        } catch (IOException e) {
            // Nobody listens any more; then nobody needs to know.
        }
        Runtime.getRuntime().halt(1);
    }
}
