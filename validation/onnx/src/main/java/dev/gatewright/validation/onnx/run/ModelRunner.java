// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.run;

import dev.gatewright.validation.onnx.run.WorkerFailure.Kind;
import dev.gatewright.validation.onnx.run.wire.BadMessageException;
import dev.gatewright.validation.onnx.run.wire.Incoming;
import dev.gatewright.validation.onnx.run.wire.Outgoing;
import dev.gatewright.validation.onnx.run.worker.WorkerMain;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A model in a worker process. It is used by one thread: fill an {@link #emptySlot()}, {@link #submit} it, fill the next one
 * meanwhile, take the answers of the oldest by {@link #next()}, and {@link #release} it. Whatever goes wrong is a {@link
 * WorkerFailure}, after which the worker has ended and every call fails alike.
 */
public final class ModelRunner implements AutoCloseable {
    private static final byte HELLO = dev.gatewright.validation.onnx.run.wire.Kind.HELLO;
    private static final byte READY = dev.gatewright.validation.onnx.run.wire.Kind.READY;
    private static final byte MAPPED = dev.gatewright.validation.onnx.run.wire.Kind.MAPPED;
    private static final byte OUTPUTS = dev.gatewright.validation.onnx.run.wire.Kind.OUTPUTS;
    private static final byte DONE = dev.gatewright.validation.onnx.run.wire.Kind.DONE;
    private static final byte PROGRESS = dev.gatewright.validation.onnx.run.wire.Kind.PROGRESS;
    private static final byte TIMES = dev.gatewright.validation.onnx.run.wire.Kind.TIMES;
    private static final byte FAILED = dev.gatewright.validation.onnx.run.wire.Kind.FAILED;
    private static final byte START = dev.gatewright.validation.onnx.run.wire.Kind.START;
    private static final byte RUN = dev.gatewright.validation.onnx.run.wire.Kind.RUN;
    private static final byte MEASURE = dev.gatewright.validation.onnx.run.wire.Kind.MEASURE;
    private static final long GREETING = dev.gatewright.validation.onnx.run.wire.Kind.GREETING;

    private static final int MOST_PROVIDERS = 100;
    private static final int LONGEST_SENTENCE = 1 << 16;
    private static final int LONGEST_SHOWN = 4000;
    private static final int LONGEST_TEXT = 1 << 24;

    private final RunPlan plan;
    private final WorkerOptions options;
    private final WorkerProcess process;
    private final Deque<Slot> submitted = new ArrayDeque<>();
    private final List<Slot> slots = new ArrayList<>();
    private final Loaded loaded;
    private final InputLayout inputs;
    private final SharedMemory memory;
    private @Nullable OutputLayout outputs;
    private SortedMap<String, Integer> nodes = new TreeMap<>();
    private @Nullable WorkerFailure failure;
    private long steps;
    private long mostSteps;

    /** What the worker says of a model that it has loaded. */
    private record Loaded(
            String version, List<String> asked, List<String> available, String fallback, List<InputSpec> inputs) {}

    private ModelRunner(
            RunPlan plan,
            WorkerOptions options,
            WorkerProcess process,
            Loaded loaded,
            InputLayout inputs,
            SharedMemory memory) {
        this.plan = plan;
        this.options = options;
        this.process = process;
        this.loaded = loaded;
        this.inputs = inputs;
        this.memory = memory;
    }

    /**
     * Starts a worker and loads the model.
     *
     * @throws WorkerFailure if that fails; nothing is left behind
     */
    public static ModelRunner start(RunPlan plan, WorkerOptions options) {
        return start(plan, options, WorkerMain.class.getName());
    }

    /** The same with another program in the worker's place. */
    static ModelRunner start(RunPlan plan, WorkerOptions options, String main) {
        long deadline = System.nanoTime() + options.startLimit().toNanos();
        WorkerProcess process = WorkerProcess.start(options, main);
        SharedMemory memory = null;
        try {
            if (expect(process, HELLO, deadline, "starting").longNumber() != GREETING) {
                throw new BadMessageException("its greeting is that of another program");
            }
            process.setGreeted();
            process.send(
                    new Outgoing(START)
                            .text(plan.model().toAbsolutePath().toString())
                            .text(plan.device().name())
                            .number(plan.threads())
                            .number(plan.optimized() ? 1 : 0)
                            .longNumber(signInterval(options).toNanos()),
                    left(deadline));
            Loaded loaded = loaded(expect(process, READY, deadline, "loading the model"));
            InputLayout inputs = InputLayout.of(plan, loaded.inputs(), options.memoryBytes());
            memory = SharedMemory.create(process.folder(), inputs.slotBytes() * plan.slots());
            process.send(inputs.message(memory.path(), plan.slots()), left(deadline));
            expect(process, MAPPED, deadline, "opening the shared memory").end();
            memory.unlink();
            ModelRunner runner = new ModelRunner(plan, options, process, loaded, inputs, memory);
            for (int number = 0; number < plan.slots(); number++) {
                runner.slots.add(inputs.slot(number, memory.map(number * inputs.slotBytes(), inputs.slotBytes())));
            }
            return runner;
        } catch (BadMessageException e) {
            closeAll(process, memory);
            throw process.misbehaved(e.getMessage());
        } catch (IOException e) {
            closeAll(process, memory);
            throw noRoom(e);
        } catch (RuntimeException e) {
            closeAll(process, memory);
            throw e;
        }
    }

    private static Loaded loaded(Incoming message) throws BadMessageException {
        String version = message.text("the version", InputSpec.LONGEST_NAME);
        List<String> asked = message.texts("providers", MOST_PROVIDERS, InputSpec.LONGEST_NAME);
        List<String> available = message.texts("providers", MOST_PROVIDERS, InputSpec.LONGEST_NAME);
        String fallback = message.text("the fallback", LONGEST_SENTENCE);
        Loaded loaded = new Loaded(version, asked, available, fallback, InputSpec.read(message));
        message.end();
        return loaded;
    }

    /** The outputs, in the model's order; known once the first block has come back. */
    public List<TensorSpec> outputs() {
        return known().specs();
    }

    /** The rows of a batch: the model's own, or {@link RunPlan#DEFAULT_BATCH}. */
    public int batch() {
        return inputs.batch();
    }

    /** What really runs the model; known once the first block has come back. */
    public DeviceTruth device() {
        known();
        Hardware hardware = Hardware.ofThisMachine();
        boolean gpu = nodes.keySet().stream().anyMatch(provider -> !provider.startsWith("CPU"));
        String processor = Stream.of(hardware.processor(), gpu ? Hardware.gpu() : null)
                .filter(Objects::nonNull)
                .reduce((first, second) -> first + ", " + second)
                .orElse(null);
        return new DeviceTruth(
                loaded.version(),
                loaded.asked(),
                loaded.available(),
                nodes,
                loaded.fallback().isEmpty() ? null : Plain.of(loaded.fallback(), LONGEST_SHOWN),
                plan.optimized() ? "all" : "none",
                hardware.instructions(),
                plan.threads(),
                false,
                processor,
                gpu ? Hardware.driver() : null);
    }

    /** Blocks that were submitted and not released yet. */
    public int pending() {
        return (int)
                slots.stream().filter(slot -> slot.state() != Slot.State.EMPTY).count();
    }

    /**
     * A slot to fill.
     *
     * @throws IllegalStateException if all are pending
     */
    public Slot emptySlot() {
        for (Slot slot : slots) {
            if (slot.state() == Slot.State.EMPTY) {
                return slot;
            }
        }
        throw new IllegalStateException("all slots are pending; take the next answers first");
    }

    /** Hands the first {@code rows} rows of a filled slot over. */
    public void submit(Slot slot, int rows) {
        need(slot, Slot.State.EMPTY);
        checkRows(slot, rows);
        mostSteps += (rows + inputs.batch() - 1) / inputs.batch();
        send(texts(new Outgoing(RUN).number(slot.number()).number(rows), slot, rows));
        slot.setRows(rows);
        slot.setState(Slot.State.RUNNING);
        submitted.add(slot);
    }

    /**
     * Waits for the answers to the block that was submitted first.
     *
     * @throws IllegalStateException if none is submitted
     */
    public Slot next() {
        Slot first = submitted.element();
        while (first.state() == Slot.State.RUNNING) {
            take(receive("running rows"));
        }
        submitted.remove();
        first.outputs().forEach(view -> view.setRows(first.rows()));
        first.setState(Slot.State.TAKEN);
        return first;
    }

    /** Gives a slot back whose answers have been read. */
    public void release(Slot slot) {
        need(slot, Slot.State.TAKEN);
        slot.setState(Slot.State.EMPTY);
    }

    /**
     * Times single calls on the first rows of a filled slot, one after the other, in a session of their own while nothing else
     * runs.
     *
     * @param rowsACall the rows of a call; the batch where the model takes no other
     * @param warmUps calls before those that are timed
     * @param threads that an operator may use
     * @return nanoseconds, one a call
     */
    public long[] measureLatency(Slot slot, int rowsACall, int warmUps, int calls, int threads) {
        need(slot, Slot.State.EMPTY);
        checkRows(slot, rowsACall);
        if (inputs.wholeBatches() && rowsACall != inputs.batch()) {
            throw new IllegalArgumentException(
                    rowsACall + " rows a call for a model that takes " + inputs.batch() + " and no others");
        }
        if (!submitted.isEmpty()) {
            throw new IllegalStateException("calls are timed while no block is pending");
        }
        mostSteps += (long) warmUps + calls;
        Outgoing message = new Outgoing(MEASURE)
                .number(slot.number())
                .number(rowsACall)
                .number(warmUps)
                .number(calls)
                .number(threads);
        send(texts(message, slot, rowsACall));
        Incoming answer = receive("timing calls");
        while (answer.kind() == PROGRESS) {
            take(answer);
            answer = receive("timing calls");
        }
        try {
            need(answer, TIMES);
            long[] times = new long[answer.number("the number of times", calls, calls)];
            for (int i = 0; i < calls; i++) {
                times[i] = answer.longNumber();
                if (times[i] < 0) {
                    throw new BadMessageException("a call took " + times[i] + " ns");
                }
            }
            answer.end();
            return times;
        } catch (BadMessageException e) {
            throw fail(process.misbehaved(e.getMessage()));
        }
    }

    /** The most memory that the worker has held so far, in bytes; empty where the system does not tell. */
    public OptionalLong peakMemory() {
        return process.peakMemory();
    }

    /** Ends the worker; nothing of it is left. */
    @Override
    public void close() {
        closeAll(process, memory);
    }

    /** Takes a message in that may come while blocks run. */
    private void take(Incoming message) {
        try {
            if (message.kind() == PROGRESS) {
                long now = message.longNumber();
                if (now <= steps || now > mostSteps) {
                    throw new BadMessageException(now + " steps after " + steps + " of at most " + mostSteps);
                }
                steps = now;
            } else if (message.kind() == OUTPUTS && outputs == null) {
                learnOutputs(message);
            } else {
                need(message, DONE);
                finish(message);
            }
            message.end();
        } catch (BadMessageException e) {
            throw fail(process.misbehaved(e.getMessage()));
        } catch (IOException e) {
            process.close();
            throw fail(noRoom(e));
        }
    }

    private void learnOutputs(Incoming message) throws IOException {
        OutputLayout layout = OutputLayout.read(message, inputs.capacity(), plan.slots(), options.memoryBytes());
        int providers = message.number("the number of providers", 0, MOST_PROVIDERS);
        for (int i = 0; i < providers; i++) {
            String provider = message.text("a provider", InputSpec.LONGEST_NAME);
            if (!loaded.available().contains(provider)) {
                throw new BadMessageException("nodes ran on " + provider + ", which is not available");
            }
            nodes.put(provider, message.number("the number of nodes", 0, Integer.MAX_VALUE));
        }
        long start = memory.grow(layout.slotBytes() * plan.slots());
        for (Slot slot : slots) {
            slot.setOutputs(layout.views(
                    inputs.capacity(), memory.map(start + slot.number() * layout.slotBytes(), layout.slotBytes())));
        }
        outputs = layout;
        send(layout.message(start));
    }

    private void finish(Incoming message) throws BadMessageException {
        if (outputs == null) {
            throw new BadMessageException("a block is done before its outputs are known");
        }
        Slot slot = slots.get(message.number("a slot", 0, slots.size() - 1));
        if (slot.state() != Slot.State.RUNNING) {
            throw new BadMessageException("slot " + slot.number() + " is done and was not running");
        }
        for (TensorView view : slot.outputs()) {
            if (view.spec().type() == ElementType.STRING) {
                int elements = slot.rows() * view.spec().rowSize();
                List<String> texts = message.texts("texts", elements, LONGEST_TEXT);
                if (texts.size() != elements) {
                    throw new BadMessageException(texts.size() + " texts for " + elements + " elements");
                }
                for (int element = 0; element < elements; element++) {
                    view.setText(element, texts.get(element));
                }
            }
        }
        slot.setState(Slot.State.ANSWERED);
    }

    private static Outgoing texts(Outgoing message, Slot slot, int rows) {
        for (Slot.Input input : slot.inputs()) {
            Texts texts = input.texts();
            if (texts != null) {
                int elements = rows * input.rowSize();
                message.number(elements);
                for (int element = 0; element < elements; element++) {
                    message.text(texts.get(element));
                }
            }
        }
        return message;
    }

    private void send(Outgoing message) {
        refuseAfterFailure();
        try {
            process.send(message, options.callLimit());
        } catch (WorkerFailure e) {
            throw fail(e);
        }
    }

    private Incoming receive(String doing) {
        refuseAfterFailure();
        try {
            Incoming message = process.receive(options.callLimit().plus(signInterval(options)), doing);
            refuseFailed(process, message);
            return message;
        } catch (WorkerFailure e) {
            throw fail(e);
        } catch (BadMessageException e) {
            throw fail(process.misbehaved(e.getMessage()));
        }
    }

    private static Duration left(long deadline) {
        return Duration.ofNanos(deadline - System.nanoTime());
    }

    private static Incoming expect(WorkerProcess process, byte kind, long deadline, String doing)
            throws BadMessageException {
        Incoming message = process.receive(left(deadline), doing);
        refuseFailed(process, message);
        need(message, kind);
        return message;
    }

    /** A worker that gives up says why, and ends. */
    private static void refuseFailed(WorkerProcess process, Incoming message) throws BadMessageException {
        if (message.kind() == FAILED) {
            Kind kind = kind(message.text("a failure", InputSpec.LONGEST_NAME));
            String sentence = Plain.of(message.text("a sentence", LONGEST_SENTENCE), LONGEST_SHOWN);
            if (kind == Kind.INTERRUPTED || sentence.isEmpty()) {
                throw new BadMessageException("it failed and does not say why");
            }
            process.close();
            throw new WorkerFailure(kind, sentence);
        }
    }

    private static Kind kind(String name) throws BadMessageException {
        for (Kind kind : Kind.values()) {
            if (kind.name().equals(name)) {
                return kind;
            }
        }
        throw new BadMessageException("it failed in a way that there is not");
    }

    private static void need(Incoming message, byte kind) throws BadMessageException {
        if (message.kind() != kind) {
            throw new BadMessageException(
                    "a message of kind " + message.kind() + " where one of kind " + kind + " is due");
        }
    }

    private void need(Slot slot, Slot.State state) {
        if (slots.get(slot.number()) != slot || slot.state() != state) {
            throw new IllegalStateException("slot " + slot.number() + " is " + slot.state() + ", not " + state);
        }
    }

    private static void checkRows(Slot slot, int rows) {
        if (rows < 1 || rows > slot.capacity()) {
            throw new IllegalArgumentException(rows + " rows in a slot for 1 to " + slot.capacity());
        }
    }

    private OutputLayout known() {
        if (outputs == null) {
            throw new IllegalStateException("the outputs are known once the first block has come back");
        }
        return outputs;
    }

    private void refuseAfterFailure() {
        if (failure != null) {
            throw failure;
        }
    }

    private WorkerFailure fail(WorkerFailure reason) {
        failure = reason;
        memory.close();
        return reason;
    }

    /** How often the worker says that it lives: well within the limit of a call. */
    private static Duration signInterval(WorkerOptions options) {
        return options.callLimit().dividedBy(4);
    }

    private static WorkerFailure noRoom(IOException e) {
        return new WorkerFailure(
                Kind.NOT_STARTED,
                "There is no room for the memory that is shared with the worker: " + e.getMessage()
                        + ". Next: make room in the folder for temporary files.",
                e);
    }

    private static void closeAll(WorkerProcess process, @Nullable SharedMemory memory) {
        process.close();
        if (memory != null) {
            memory.close();
        }
    }
}
