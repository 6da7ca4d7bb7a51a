// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.quantization;

import dev.gatewright.validation.onnx.graph.OnnxGraph;
import dev.gatewright.validation.onnx.model.ModelFile;
import dev.gatewright.validation.onnx.run.Slot;
import dev.gatewright.validation.onnx.run.TensorView;
import dev.gatewright.validation.quantization.Ranges.Range;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the ranges of what flows through a model, on rows that it is run with.
 *
 * <p>For each of {@link #passes()}: {@link #writeProbe} writes a model whose outputs tell what flows; whoever runs it (one
 * batch at a time, without the runtime's optimiser) hands each batch that comes back to {@link #take}. What is kept are
 * histograms: memory does not grow with the number of rows. They are those of ONNX Runtime's calibrators when these collect
 * one batch at a time; in two passes, with the ends known, those of all batches at once.
 */
public final class Calibrator {
    private final ModelFile model;
    private final CalibrationMethod method;
    private final double percentile;
    private final boolean exact;
    private final List<String> values;
    private final Map<String, Range> ends = new HashMap<>();
    private final Map<String, Counts> histograms = new HashMap<>();
    private final Map<String, float[]> buffers = new HashMap<>();
    private int pass;
    private long batches;

    /**
     * A calibrator that has seen nothing.
     *
     * @param percentile what part of the numbers a {@linkplain CalibrationMethod#takesPercentile() percentile} keeps, from 50 to 100
     * @param exact whether a first pass finds the ends, so that bins are laid once; without, they grow from batch to batch
     */
    public Calibrator(ModelFile model, CalibrationMethod method, double percentile, boolean exact) throws IOException {
        if (!(percentile >= 50 && percentile <= 100)) {
            throw new IllegalArgumentException("a percentile is from 50 to 100, not " + percentile);
        }
        this.model = model;
        this.method = method;
        this.percentile = percentile;
        this.exact = exact;
        try (OnnxGraph graph = Constants.lifted(model)) {
            this.values = Probe.values(graph.graph());
        }
    }

    /** How often all rows are to be run: once, or twice. */
    public int passes() {
        return exact && method.takesEnds() ? 2 : 1;
    }

    /** The values whose ranges are looked for; empty where there is nothing to quantise. */
    public List<String> values() {
        return values;
    }

    private boolean findsEnds() {
        return method == CalibrationMethod.MINMAX || (passes() == 2 && pass == 1);
    }

    /** Begins a pass, and writes the model that is run in it. */
    public void writeProbe(Path into) throws IOException {
        pass++;
        batches = 0;
        try (OnnxGraph graph = Constants.lifted(model)) {
            Probe.into(graph, values, findsEnds());
            graph.write(into);
        }
    }

    /**
     * Takes what a batch made the probe say.
     *
     * @param answered the slot that came back with it
     * @throws UnquantizableModelException if a number is NaN or infinite
     */
    public void take(Slot answered) {
        batches++;
        for (int i = 0; i < values.size(); i++) {
            String name = values.get(i);
            int first = i * Probe.OUTPUTS;
            Range batch = new Range(finite(name, (float) answered.output(first).real(0)), finite(name, (float)
                    answered.output(first + 1).real(0)));
            TensorView last = answered.output(first + 2);
            if (findsEnds()) {
                if (Double.isNaN(last.real(0))) {
                    throw unfit(name, Float.NaN);
                }
                ends.merge(
                        name,
                        batch,
                        (one, other) -> new Range(Math.min(one.min(), other.min()), Math.max(one.max(), other.max())));
            } else {
                count(name, last, batch);
            }
        }
    }

    private void count(String name, TensorView output, Range batch) {
        float[] numbers =
                buffers.computeIfAbsent(name, key -> new float[output.spec().rowSize()]);
        output.floats(numbers);
        Range known = ends.getOrDefault(name, batch);
        Counts histogram = histograms.computeIfAbsent(name, key -> counts(known));
        if (!histogram.reaches(batch)) {
            throw new UnquantizableModelException("on the calibration rows '" + name + "' reaches " + batch.farthest()
                    + ", and in the first of them by far less, so that its bins are too narrow; "
                    + (method.takesEnds()
                            ? "find its ends first, by 'exact: true'"
                            : "mix the rows, or write 'calibration-method: percentile' and 'exact: true'"));
        }
        if (!histogram.add(numbers, batch)) {
            throw unfit(name, Float.NaN);
        }
    }

    private Counts counts(Range known) {
        return method == CalibrationMethod.ABSOLUTE_PERCENTILE
                ? new AbsoluteHistogram(method.bins())
                : new Histogram(method.bins(), known.farthest());
    }

    private static float finite(String name, float number) {
        if (!Float.isFinite(number)) {
            throw unfit(name, number);
        }
        return number;
    }

    private static UnquantizableModelException unfit(String name, float number) {
        return new UnquantizableModelException("on the calibration rows '" + name + "' holds " + number
                + ", which no integer can stand for; look at the rows and at the model");
    }

    /**
     * The ranges that were found.
     *
     * @throws UnquantizableModelException if the last pass saw no batch
     */
    public Ranges ranges() {
        if (batches == 0) {
            throw new UnquantizableModelException("calibration saw no rows; give it a data set that has some");
        }
        Map<String, Range> ranges = new HashMap<>();
        for (String name : values) {
            Range range = range(name);
            if (range != null) {
                ranges.put(name, range);
            }
        }
        return new Ranges(ranges);
    }

    private @Nullable Range range(String name) {
        Counts histogram = histograms.get(name);
        if (histogram == null) {
            return ends.get(name);
        }
        return switch (method) {
            case PERCENTILE -> RangeChoice.percentile(histogram, percentile);
            case ABSOLUTE_PERCENTILE -> RangeChoice.absolutePercentile(histogram, percentile);
            case ENTROPY -> RangeChoice.entropy(histogram);
            default -> RangeChoice.leastSquares(histogram);
        };
    }
}
