// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.modelserver.run;

import dev.gatewright.validation.onnx.run.ElementType;
import dev.gatewright.validation.onnx.run.RunPlan;
import dev.gatewright.validation.onnx.run.worker.ServedModel;
import dev.gatewright.validation.onnx.run.worker.ServedTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** Runs a model on rows of zeros, so that the first client does not wait for what only the first run does. */
public final class WarmUp {
    private static final long HOURS_TO_WAIT = 1;

    private WarmUp() {}

    /** The model does not answer; the message says why. */
    public static final class FailedException extends Exception {
        private static final long serialVersionUID = 1;

        FailedException(String message) {
            super(message);
        }
    }

    /** Runs one row and a whole batch, {@code times} times. */
    public static void run(ServedModel model, Runners runners, int times) throws FailedException, InterruptedException {
        for (int i = 0; i < times; i++) {
            runOnce(model, runners, 1);
            runOnce(model, runners, RunPlan.DEFAULT_BATCH);
        }
    }

    private static void runOnce(ServedModel model, Runners runners, int rows)
            throws FailedException, InterruptedException {
        List<ServedTensor> inputs = new ArrayList<>();
        for (ServedModel.Declared input : model.inputs()) {
            inputs.add(zeros(input, rows));
        }
        BlockingQueue<Outcome> ended = new ArrayBlockingQueue<>(1);
        runners.add(new Job(inputs, System.nanoTime() + TimeUnit.HOURS.toNanos(HOURS_TO_WAIT), ended::add));
        if (ended.take() instanceof Outcome.Failed failed) {
            throw new FailedException("the model fails on rows of zeros, with which it is warmed up: "
                    + failed.sentence() + " If zeros are no rows of its, set warm-up to 0");
        }
    }

    private static ServedTensor zeros(ServedModel.Declared input, int rows) {
        List<Long> shape = new ArrayList<>();
        long elements = 1;
        for (long axis : input.axes()) {
            long size = shape.isEmpty() ? rows : Math.max(1, axis);
            shape.add(size);
            elements *= size;
        }
        if (input.type() == ElementType.STRING) {
            return ServedTensor.ofTexts(input.name(), shape, Collections.nCopies(Math.toIntExact(elements), ""));
        }
        ByteBuffer memory = ByteBuffer.allocateDirect(
                Math.toIntExact(elements * input.type().bytes()));
        return ServedTensor.ofNumbers(input.name(), input.type(), shape, memory.order(ByteOrder.nativeOrder()));
    }
}
