// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.run.worker;

import dev.gatewright.validation.onnx.run.ElementType;
import dev.gatewright.validation.onnx.run.wire.Kind;
import dev.gatewright.validation.onnx.run.wire.Outgoing;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The threads that run batches: each takes the next batch of the oldest block that has one left. */
final class Crew {
    private final LoadedModel model;
    private final List<Output> outputs;
    private final int batch;
    private final boolean wholeBatches;
    private final Outbox outbox;
    private final ArrayDeque<Job> waiting = new ArrayDeque<>();

    /** The rows of a block, batch by batch. */
    static final class Job {
        private final Block block;
        private final int rows;
        private int taken;
        private int left;

        Job(Block block, int rows) {
            this.block = block;
            this.rows = rows;
        }

        Block block() {
            return block;
        }

        int rows() {
            return rows;
        }
    }

    /** @param wholeBatches whether the model takes only batches of {@code batch} rows */
    Crew(LoadedModel model, List<Output> outputs, int batch, boolean wholeBatches, Outbox outbox) {
        this.model = model;
        this.outputs = outputs;
        this.batch = batch;
        this.wholeBatches = wholeBatches;
        this.outbox = outbox;
    }

    void start(int threads) {
        for (int i = 0; i < threads; i++) {
            Thread thread = new Thread(
                    new Runnable() {
                        @Override
                        public void run() {
                            work();
                        }
                    },
                    "batches-" + i);
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Adds a block of which the first {@code done} batches have been run. */
    void add(Job job, int done) throws IOException {
        int batches = (job.rows + batch - 1) / batch;
        job.taken = done;
        job.left = batches - done;
        if (job.left == 0) {
            finish(job);
            return;
        }
        synchronized (waiting) {
            waiting.add(job);
            waiting.notifyAll();
        }
    }

    private void work() {
        try {
            BatchRun run = new BatchRun(model, outputs);
            while (true) {
                Job job;
                int number;
                synchronized (waiting) {
                    while (waiting.isEmpty()) {
                        waiting.wait();
                    }
                    job = waiting.element();
                    number = job.taken++;
                    if (job.taken * batch >= job.rows) {
                        waiting.remove();
                    }
                }
                int first = number * batch;
                run.run(job.block, first, wholeBatches ? batch : Math.min(batch, job.rows - first));
                outbox.step();
                boolean last;
                synchronized (waiting) {
                    last = --job.left == 0;
                }
                if (last) {
                    finish(job);
                }
            }
        } catch (Failure e) {
            outbox.fail(e);
        } catch (Throwable e) {
            // Whatever it is: a thread that ends in silence would look like a hang.
            outbox.fail(Conductor.unexpected(e));
        }
    }

    private void finish(Job job) throws IOException {
        Outgoing done = new Outgoing(Kind.DONE).number(job.block.number);
        for (int i = 0; i < outputs.size(); i++) {
            if (outputs.get(i).type == ElementType.STRING) {
                List<String> all = Arrays.asList(job.block.outputTexts(i));
                done.texts(new ArrayList<>(all.subList(0, job.rows * outputs.get(i).rowSize)));
            }
        }
        outbox.send(done);
    }
}
