// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.run;

import java.util.List;

/** A model in a worker process. */
public final class ModelRunner implements AutoCloseable {
    private ModelRunner() {}

    /** Starts it. */
    public static ModelRunner start(RunPlan plan, WorkerOptions options) {
        return Missing.part(new ModelRunner());
    }

    /** Outputs. */
    public List<TensorSpec> outputs() {
        return Missing.part(List.of());
    }

    /** Rows of a batch. */
    public int batch() {
        return Missing.part(0);
    }

    /** Device. */
    public DeviceTruth device() {
        return Missing.part(new DeviceTruth(
                "", List.of(), List.of(), new java.util.TreeMap<>(), null, "", List.of(), 0, false, null, null));
    }

    /** Blocks submitted and not released. */
    public int pending() {
        return Missing.part(0);
    }

    /** An empty slot. */
    public Slot emptySlot() {
        return Missing.part(new Slot(0, 0, List.of()));
    }

    /** Runs. */
    public void submit(Slot slot, int rows) {
        Missing.part(0);
    }

    /** Next. */
    public Slot next() {
        return Missing.part(new Slot(0, 0, List.of()));
    }

    /** Releases. */
    public void release(Slot slot) {
        Missing.part(0);
    }

    /** Times calls. */
    public long[] measureLatency(Slot slot, int rowsACall, int warmUps, int calls, int threads) {
        return Missing.part(new long[0]);
    }

    @Override
    public void close() {
        Missing.part(0);
    }
}
