// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.run.wire;

/** The kinds of messages. */
public final class Kind {
    // From the program to the worker.

    /** Load a model: path, device, threads, whether it is optimised (0, 1), nanoseconds between signs of life. */
    public static final byte START = 1;
    /** Map the inputs: file, rows of a batch and of a slot, slots, bytes of a slot, and each input's place and axes. */
    public static final byte MAP_INPUTS = 2;
    /** Map the outputs: where the first slot begins, bytes of a slot, and each output's place. */
    public static final byte MAP_OUTPUTS = 3;
    /** Run a slot: number, rows, texts. */
    public static final byte RUN = 4;
    /** Time calls on a slot: number, rows, warm-ups, calls, threads, texts. */
    public static final byte MEASURE = 5;

    // From the worker to the program.

    /** The worker is there: {@link #GREETING}. */
    public static final byte HELLO = 16;
    /** The model is loaded: version, providers asked for and available, fallback, and each input's name, type and axes. */
    public static final byte READY = 17;
    /** The inputs are mapped. */
    public static final byte MAPPED = 18;
    /** The first batch ran: each output's name, type, row size and keys, and how many nodes each provider ran. */
    public static final byte OUTPUTS = 19;
    /** A slot ran: number, texts. */
    public static final byte DONE = 20;
    /** A sign of life: how many batches and timed calls have ended so far. */
    public static final byte PROGRESS = 21;
    /** The times of the calls that were asked for. */
    public static final byte TIMES = 22;
    /** The worker gives up: a failure's kind and a sentence. */
    public static final byte FAILED = 23;

    /** What a worker says first. */
    public static final long GREETING = 0x6761_7465_7772_6768L;

    private Kind() {}
}
