// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.run.worker;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.gatewright.validation.onnx.run.Device;
import dev.gatewright.validation.onnx.run.ElementType;
import dev.gatewright.validation.onnx.run.WorkerFailure;
import dev.gatewright.validation.onnx.run.wire.Incoming;
import dev.gatewright.validation.onnx.run.wire.Kind;
import dev.gatewright.validation.onnx.run.wire.Outgoing;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/** Does what the program says, one thing after the other; batches it leaves to the crew. */
final class Conductor implements Runnable {
    private static final int MOST = Integer.MAX_VALUE;

    private final BlockingQueue<Incoming> inbox;
    private final Outbox outbox;
    private final File folder;
    private final List<Block> blocks = new ArrayList<>();
    private final List<Crew.Job> early = new ArrayList<>();
    private int threads;
    private @Nullable LoadedModel model;
    private @Nullable FileChannel memory;
    private Block.@Nullable Layout layout;
    private boolean wholeBatches;
    private List<Output> outputs = List.of();
    private OrtSession.@Nullable Result firstResult;
    private @Nullable Crew crew;
    private @Nullable OrtSession timed;
    private int timedThreads;

    Conductor(BlockingQueue<Incoming> inbox, Outbox outbox, File folder) {
        this.inbox = inbox;
        this.outbox = outbox;
        this.folder = folder;
    }

    @Override
    public void run() {
        try {
            while (true) {
                obey(inbox.take());
            }
        } catch (Failure e) {
            outbox.fail(e);
        } catch (Throwable e) {
            // Whatever it is: a thread that ends in silence would look like a hang.
            outbox.fail(unexpected(e));
        }
    }

    private void obey(Incoming message) throws Failure, IOException, OrtException {
        switch (message.kind()) {
            case Kind.START -> start(message);
            case Kind.MAP_INPUTS -> mapInputs(message);
            case Kind.MAP_OUTPUTS -> mapOutputs(message);
            case Kind.RUN -> runBlock(message);
            case Kind.MEASURE -> measure(message);
            default -> throw new IOException("a message of kind " + message.kind());
        }
    }

    private void start(Incoming message) throws Failure, IOException {
        String path = message.text("path", MOST);
        Device device = Device.valueOf(message.text("device", MOST));
        threads = message.number();
        boolean optimized = message.number() != 0;
        outbox.signEvery(message.longNumber());
        LoadedModel loaded;
        String version;
        try {
            version = RuntimeVersion.checked();
            loaded = LoadedModel.load(path, device, optimized, folder);
        } catch (LinkageError | IllegalStateException e) {
            throw Failure.notThere(e);
        }
        model = loaded;
        Outgoing ready = new Outgoing(Kind.READY)
                .text(version)
                .texts(loaded.providers.asked())
                .texts(loaded.providers.available())
                .text(loaded.providers.fallback())
                .number(loaded.inputs.size());
        for (LoadedModel.Input input : loaded.inputs) {
            ready.text(input.name).number(input.type.code()).number(input.shape.length);
            for (long axis : input.shape) {
                ready.longNumber(axis);
            }
        }
        outbox.send(ready);
    }

    private void mapInputs(Incoming message) throws IOException {
        LoadedModel loaded = loaded();
        String path = message.text("path", MOST);
        int batch = message.number();
        int capacity = message.number();
        wholeBatches = message.number() == 1;
        int slots = message.number();
        long slotBytes = message.longNumber();
        long[] offsets = new long[loaded.inputs.size()];
        int[][] shapes = new int[offsets.length][];
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = message.longNumber();
            shapes[i] = new int[message.number()];
            for (int axis = 0; axis < shapes[i].length; axis++) {
                shapes[i][axis] = message.number();
            }
        }
        FileChannel file = FileChannel.open(Path.of(path), StandardOpenOption.READ, StandardOpenOption.WRITE);
        memory = file;
        Block.Layout found = new Block.Layout(batch, capacity, offsets, shapes);
        layout = found;
        for (int slot = 0; slot < slots; slot++) {
            ByteBuffer mapped = file.map(FileChannel.MapMode.READ_WRITE, slot * slotBytes, slotBytes);
            blocks.add(new Block(slot, loaded, found, mapped));
        }
        outbox.send(new Outgoing(Kind.MAPPED));
    }

    private Block fill(Incoming message, int number, int rows) throws IOException {
        Block block = blocks.get(number);
        List<LoadedModel.Input> inputs = loaded().inputs;
        for (int i = 0; i < inputs.size(); i++) {
            if (inputs.get(i).type == ElementType.STRING) {
                block.setTexts(i, message.texts("texts", MOST, MOST));
            }
        }
        if (wholeBatches) {
            block.pad(rows);
        }
        return block;
    }

    private void runBlock(Incoming message) throws Failure, IOException, OrtException {
        if (timed != null) {
            timed.close();
            timed = null;
        }
        int number = message.number();
        int rows = message.number();
        Crew.Job job = new Crew.Job(fill(message, number, rows), rows);
        if (crew != null) {
            crew.add(job, 0);
            return;
        }
        early.add(job);
        if (firstResult == null) {
            explore(job);
        }
    }

    /** Runs the first batch of all, which shows what the outputs are and what really runs the model. */
    private void explore(Crew.Job job) throws Failure, IOException, OrtException {
        LoadedModel loaded = loaded();
        int rows = rowsOfFirstBatch(job);
        OrtSession.Result result = new BatchRun(loaded, List.of()).explore(job.block(), rows);
        firstResult = result;
        List<Output> found = new ArrayList<>();
        for (Map.Entry<String, OnnxValue> entry : result) {
            found.add(Output.of(entry.getKey(), entry.getValue(), rows));
        }
        outputs = found;
        SortedMap<String, Integer> nodes =
                Profile.nodes(new File(loaded.session.endProfiling()), loaded.providers.available());
        loaded.providers.check(new ArrayList<>(nodes.keySet()));
        outbox.step();
        Outgoing message = new Outgoing(Kind.OUTPUTS).number(found.size());
        for (Output output : found) {
            message.text(output.name)
                    .number(output.type.code())
                    .number(output.rowSize)
                    .texts(output.keys);
        }
        message.number(nodes.size());
        for (Map.Entry<String, Integer> provider : nodes.entrySet()) {
            message.text(provider.getKey()).number(provider.getValue());
        }
        outbox.send(message);
    }

    private void mapOutputs(Incoming message) throws IOException, Failure {
        LoadedModel loaded = loaded();
        FileChannel file = memory;
        OrtSession.Result result = firstResult;
        Block.Layout found = layout;
        if (file == null || result == null || found == null) {
            throw new IOException("outputs before inputs");
        }
        long start = message.longNumber();
        long slotBytes = message.longNumber();
        long[] offsets = new long[outputs.size()];
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = message.longNumber();
        }
        for (int slot = 0; slot < blocks.size(); slot++) {
            ByteBuffer mapped = file.map(FileChannel.MapMode.READ_WRITE, start + slot * slotBytes, slotBytes);
            blocks.get(slot).setOutputs(outputs, mapped, offsets);
        }
        Crew.Job first = early.get(0);
        new BatchRun(loaded, outputs).copyAll(result, first.block(), rowsOfFirstBatch(first));
        result.close();
        Crew started = new Crew(loaded, outputs, found.batch, wholeBatches, outbox);
        started.start(threads);
        for (Crew.Job job : early) {
            started.add(job, job == first ? 1 : 0);
        }
        early.clear();
        crew = started;
    }

    private int rowsOfFirstBatch(Crew.Job job) throws IOException {
        if (layout == null) {
            throw new IOException("rows before inputs");
        }
        return wholeBatches ? layout.batch : Math.min(layout.batch, job.rows());
    }

    private void measure(Incoming message) throws Failure, IOException, OrtException {
        int number = message.number();
        int rows = message.number();
        int warmUps = message.number();
        long[] times = new long[message.number()];
        int onThreads = message.number();
        Block block = fill(message, number, rows);
        OrtSession session = timed;
        if (session == null || timedThreads != onThreads) {
            if (session != null) {
                session.close();
            }
            session = loaded().another(onThreads);
            timed = session;
            timedThreads = onThreads;
        }
        Map<String, OnnxTensor> inputs = block.inputs(0, rows, new Block.HalfMemory());
        try {
            for (int call = -warmUps; call < times.length; call++) {
                long before = System.nanoTime();
                OrtSession.Result result = session.run(inputs);
                long after = System.nanoTime();
                result.close();
                if (call >= 0) {
                    times[call] = after - before;
                }
                outbox.step();
            }
        } catch (OrtException e) {
            throw BatchRun.failed(e);
        } finally {
            if (!block.keeps(inputs)) {
                for (OnnxTensor tensor : inputs.values()) {
                    tensor.close();
                }
            }
        }
        Outgoing answer = new Outgoing(Kind.TIMES).number(times.length);
        for (long time : times) {
            answer.longNumber(time);
        }
        outbox.send(answer);
    }

    private LoadedModel loaded() throws IOException {
        if (model == null) {
            throw new IOException("no model is loaded");
        }
        return model;
    }

    static Failure unexpected(Throwable e) {
        if (e instanceof OutOfMemoryError) {
            return Failure.outOfMemory(String.valueOf(e.getMessage()));
        }
        if (e instanceof OrtException failed) {
            return BatchRun.failed(failed);
        }
        return new Failure(
                WorkerFailure.Kind.RUN_FAILED,
                "The worker failed: " + e + ". Next: this is a fault of the program; please report it.");
    }
}
