// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.run;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is run, and in which portions. Results depend on the model, the device and the batch, and never on threads or slots.
 *
 * @param model the file to load, which was checked before
 * @param threads batches that run at once
 * @param slots blocks that exist at once: while one runs, others are filled and read
 * @param batchesPerSlot batches of a block
 * @param rowShapes the axes of a row, by the input's name; inputs that are not named have those of the model
 * @param optimized whether the runtime may melt operators into others first; what it computes differs in the last bits
 */
public record RunPlan(
        Path model,
        Device device,
        int threads,
        int slots,
        int batchesPerSlot,
        Map<String, List<Integer>> rowShapes,
        boolean optimized) {
    /** The rows of a batch where the model leaves them open. */
    public static final int DEFAULT_BATCH = 64;

    private static final int MOST = 1024;

    /** Copies {@code rowShapes}, and refuses numbers that are none. */
    public RunPlan {
        check("threads", threads);
        check("slots", slots);
        check("batchesPerSlot", batchesPerSlot);
        Map<String, List<Integer>> copy = new LinkedHashMap<>();
        rowShapes.forEach((input, axes) -> copy.put(input, List.copyOf(axes)));
        for (List<Integer> axes : copy.values()) {
            if (axes.stream().anyMatch(axis -> axis < 1)) {
                throw new IllegalArgumentException("every axis of a row is at least 1, not " + axes);
            }
        }
        rowShapes = Map.copyOf(copy);
    }

    /** A plan to run {@code model} on one thread, on whatever device there is, with two slots of one batch. */
    public static RunPlan of(Path model) {
        return new RunPlan(model, Device.AUTO, 1, 2, 1, Map.of(), true);
    }

    /** The same plan for another device. */
    public RunPlan withDevice(Device other) {
        return new RunPlan(model, other, threads, slots, batchesPerSlot, rowShapes, optimized);
    }

    /** The same plan with another number of batches that run at once. */
    public RunPlan withThreads(int number) {
        return new RunPlan(model, device, number, slots, batchesPerSlot, rowShapes, optimized);
    }

    /** The same plan with other slots. */
    public RunPlan withSlots(int number, int batches) {
        return new RunPlan(model, device, threads, number, batches, rowShapes, optimized);
    }

    /** The same plan with the axes of a row of {@code input}, where the model leaves them open. */
    public RunPlan withRowShape(String input, Integer... axes) {
        Map<String, List<Integer>> more = new LinkedHashMap<>(rowShapes);
        more.put(input, List.of(axes));
        return new RunPlan(model, device, threads, slots, batchesPerSlot, more, optimized);
    }

    /** The same plan with each operator run as it stands. */
    public RunPlan withoutOptimizer() {
        return new RunPlan(model, device, threads, slots, batchesPerSlot, rowShapes, false);
    }

    private static void check(String name, int number) {
        if (number < 1 || number > MOST) {
            throw new IllegalArgumentException(name + " is " + number + "; it is from 1 to " + MOST);
        }
    }
}
