// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.modelserver.run;

import dev.gatewright.stages.modelserver.config.ServerConfig.Batching;
import dev.gatewright.validation.onnx.run.worker.Failure;
import dev.gatewright.validation.onnx.run.worker.ServedModel;
import dev.gatewright.validation.onnx.run.worker.ServedTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The threads that run requests. Without batching each request is run as it came; with it, those that wait are run together, as
 * far as their shapes are alike and the largest batch takes them.
 */
public final class Runners implements AutoCloseable {
    private final ServedModel model;
    private final Optional<Batching> batching;
    private final IntConsumer batchRows;
    private final BlockingQueue<Job> waiting = new LinkedBlockingQueue<>();
    private final List<Thread> threads = new ArrayList<>();

    /** @param batchRows is told the rows of each batch */
    public Runners(ServedModel model, int threads, Optional<Batching> batching, IntConsumer batchRows) {
        this.model = model;
        this.batching = batching;
        this.batchRows = batchRows;
        for (int i = 0; i < threads; i++) {
            // Native code runs on their stacks: with half a megabyte, ONNX Runtime's optimiser has crashed.
            Thread thread = new Thread(null, this::work, "runner-" + i, 8 << 20);
            thread.setDaemon(true);
            thread.start();
            this.threads.add(thread);
        }
    }

    /** Adds a job; whoever calls bounds how many wait. */
    public void add(Job job) {
        waiting.add(job);
    }

    private void work() {
        BatchRunner runner = new BatchRunner(model);
        try {
            @Nullable Job next = null;
            while (true) {
                Job first = next != null ? next : waiting.take();
                next = null;
                if (first.deadline() - System.nanoTime() < 0) {
                    first.done().accept(new Outcome.TooLate());
                    continue;
                }
                List<Job> together = new ArrayList<>(List.of(first));
                if (batching.isPresent()) {
                    next = gather(together, batching.get());
                }
                run(runner, together);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it is closed
        }
    }

    /** Adds jobs to the first, until the batch is full or the first has waited enough; gives back one that does not fit. */
    private @Nullable Job gather(List<Job> together, Batching allowed) throws InterruptedException {
        Job first = together.get(0);
        int rows = first.rows();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(allowed.waitMs());
        while (rows < allowed.rows()) {
            Job job = waiting.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (job == null) {
                return null;
            }
            if (!job.isLike(first) || rows + job.rows() > allowed.rows()) {
                return job;
            }
            together.add(job);
            rows += job.rows();
        }
        return null;
    }

    private void run(BatchRunner runner, List<Job> jobs) {
        if (jobs.size() == 1) {
            jobs.get(0).done().accept(outcome(runner, jobs.get(0).inputs()));
            return;
        }
        List<ServedTensor> inputs = new ArrayList<>();
        int rows = jobs.stream().mapToInt(Job::rows).sum();
        for (int input = 0; input < model.inputs().size(); input++) {
            int place = input;
            inputs.add(runner.joined(
                    input, jobs.stream().map(job -> job.inputs().get(place)).toList(), rows));
        }
        if (!(outcome(runner, inputs) instanceof Outcome.Answered answered)) {
            // One request's rows may be what the model fails on; the others are not to suffer from it.
            jobs.forEach(job -> job.done().accept(outcome(runner, job.inputs())));
            return;
        }
        int first = 0;
        for (Job job : jobs) {
            List<ServedTensor> own = new ArrayList<>();
            for (ServedTensor output : answered.outputs()) {
                own.add(Tensors.rows(output, first, first + job.rows()));
            }
            first += job.rows();
            job.done().accept(new Outcome.Answered(own));
        }
    }

    private Outcome outcome(BatchRunner runner, List<ServedTensor> inputs) {
        try {
            batchRows.accept(inputs.get(0).rows());
            return new Outcome.Answered(runner.run(inputs));
        } catch (Failure e) {
            return new Outcome.Failed(String.valueOf(e.getMessage()));
        } catch (RuntimeException | OutOfMemoryError e) {
            // Whatever it is: a thread that ends in silence would look like a hang.
            return new Outcome.Failed("the server failed: " + e);
        }
    }

    /** Ends the threads, once they are done with what they run. */
    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
