// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.quantize;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.spec.Key;
import dev.gatewright.stages.api.spec.Place;
import dev.gatewright.stages.api.spec.Problems;
import dev.gatewright.stages.api.spec.Section;
import dev.gatewright.stages.api.spec.Shape;
import dev.gatewright.stages.api.spec.Shapes;
import dev.gatewright.stages.api.spec.SpecNode;
import dev.gatewright.stages.api.spec.Values;
import dev.gatewright.validation.metrics.Numbers;
import dev.gatewright.validation.quantization.CalibrationMethod;
import dev.gatewright.validation.quantization.DynamicInt8;
import dev.gatewright.validation.quantization.Float16;
import dev.gatewright.validation.quantization.Ranges;
import dev.gatewright.validation.quantization.Scheme;
import dev.gatewright.validation.quantization.StaticInt8;
import dev.gatewright.validation.quantization.WeightOnly;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A rung of the ladder: a mode with its options.
 *
 * @param uncalibrated the scheme; of int8-static without its ranges
 * @param finding how int8-static finds its ranges; none for other modes
 * @param options the options that were written, as they were: what tells two rungs of one mode apart
 */
record Rung(
        Place place,
        Mode mode,
        Scheme uncalibrated,
        @Nullable Finding finding,
        String options) {
    private static final int USUAL_BLOCK = 32;
    private static final double USUAL_PERCENTILE = 99.999;

    /**
     * How ranges are found.
     *
     * @param exact whether a first pass over the rows finds the ends of the histograms
     */
    record Finding(CalibrationMethod method, double percentile, boolean exact) {}

    private static final Key<Mode> MODE = Key.required(
            "mode",
            Shapes.oneOf(Mode.values(), Mode::spelling),
            "What the numbers become: int8-static (weights, and what flows through by ranges that were calibrated), int8-dynamic (by a"
                    + " range taken from each batch), fp16, or weights alone in blocks, int8 or int4.",
            "mode: int8-dynamic");
    private static final Key<Boolean> PER_CHANNEL = Key.optional(
            "per-channel",
            Shapes.truth(),
            "Each column or channel of a weight has a scale of its own; false unless said otherwise. For int8-static and int8-dynamic.",
            "per-channel: true");
    private static final Key<Boolean> REDUCE_RANGE = Key.optional(
            "reduce-range",
            Shapes.truth(),
            "Weights use 7 bits, for processors without VNNI, which saturate; false unless said otherwise. For int8-static and"
                    + " int8-dynamic.",
            "reduce-range: true");
    private static final Key<Boolean> SYMMETRIC = Key.optional(
            "symmetric",
            Shapes.truth(),
            "No zero points: of what flows through for int8-static (false unless said otherwise), of weights for int8 and int4 (true"
                    + " unless said otherwise).",
            "symmetric: false");
    private static final Key<CalibrationMethod> METHOD = Key.optional(
            "calibration-method",
            Shapes.oneOf(CalibrationMethod.values(), CalibrationMethod::spelling),
            "How ranges are taken from what was seen: minmax (unless said otherwise), percentile, absolute-percentile"
                    + " (the same on both sides of 0), entropy or mse. For int8-static.",
            "calibration-method: percentile");
    private static final Key<Double> PERCENTILE = Key.optional(
            "percentile",
            Shapes.numberBetween(50, 100),
            "How many of 100 numbers lie in the range; 99.999 unless said otherwise. For calibration-method: percentile and absolute-percentile.",
            "percentile: 99.99");
    private static final Key<Boolean> EXACT = Key.optional(
            "exact",
            Shapes.truth(),
            "The rows are run twice, so that the bins of histograms are laid once; false unless said otherwise. For int8-static with"
                    + " percentile, entropy or mse.",
            "exact: true");
    private static final Key<Integer> BLOCK_SIZE = Key.optional(
            "block-size",
            Shapes.oneOf(new Integer[] {16, 32, 64, 128, 256}, String::valueOf),
            "How many weights share a scale; 32 unless said otherwise. For int8 and int4.",
            "block-size: 32");
    private static final Key<List<String>> KEEP = Key.optional(
            "keep",
            Shapes.listOf(Shapes.text(), false),
            "Operators that go on computing in single precision. For fp16.",
            "keep: [Softmax]");

    /** The options that each mode takes, in the order in which they are spelled. */
    private static final Map<Mode, List<Key<?>>> TAKEN = Map.of(
            Mode.INT8_STATIC, List.of(PER_CHANNEL, REDUCE_RANGE, SYMMETRIC, METHOD, PERCENTILE, EXACT),
            Mode.INT8_DYNAMIC, List.of(PER_CHANNEL, REDUCE_RANGE),
            Mode.FP16, List.of(KEEP),
            Mode.INT8, List.of(SYMMETRIC, BLOCK_SIZE),
            Mode.INT4, List.of(SYMMETRIC, BLOCK_SIZE));

    private static final List<Key<?>> OPTIONS =
            List.of(PER_CHANNEL, REDUCE_RANGE, SYMMETRIC, METHOD, PERCENTILE, EXACT, BLOCK_SIZE, KEEP);

    private static final Section<Rung> WITH_OPTIONS = new Section<>(
            "a mode",
            List.of(MODE, PER_CHANNEL, REDUCE_RANGE, SYMMETRIC, METHOD, PERCENTILE, EXACT, BLOCK_SIZE, KEEP),
            Rung::make);

    /** A mode's name, or a mapping with its options. */
    static final Shape<Rung> SHAPE = new Shape<>() {
        @Override
        public @Nullable Rung read(SpecNode node, Problems problems) {
            if (node instanceof SpecNode.Mapping) {
                return WITH_OPTIONS.read(node, problems);
            }
            // A name alone is a mapping with nothing but the mode.
            SpecNode.Entry mode = new SpecNode.Entry(MODE.name(), node.place(), node);
            return MODE.shape().read(node, problems) == null
                    ? null
                    : WITH_OPTIONS.read(new SpecNode.Mapping(List.of(mode), node.place()), problems);
        }

        @Override
        public Json schema() {
            return Json.object()
                    .put("anyOf", List.of(MODE.shape().schema(), WITH_OPTIONS.schema()))
                    .build();
        }
    };

    /** As sentences and reports spell it: {@code int4 (block-size 64)}. */
    String spelling() {
        return mode.spelling() + (options.isEmpty() ? "" : " (" + options + ")");
    }

    /** The scheme with the ranges that were found for it; other modes have none. */
    Scheme calibrated(Ranges ranges) {
        return uncalibrated instanceof StaticInt8 fixed
                ? new StaticInt8(fixed.perChannel(), fixed.reducedRange(), fixed.symmetric(), ranges)
                : uncalibrated;
    }

    private static @Nullable Rung make(Values values, Problems problems) {
        Mode mode = values.need(MODE);
        List<Key<?>> taken = TAKEN.getOrDefault(mode, List.of());
        boolean fits = true;
        for (Key<?> key : OPTIONS) {
            if (values.has(key) && !taken.contains(key)) {
                problems.add(values.place(key), mode.spelling() + " takes no " + key.name() + "; remove it");
                fits = false;
            }
        }
        CalibrationMethod method = values.get(METHOD, CalibrationMethod.MINMAX);
        if (fits && values.has(PERCENTILE) && !method.takesPercentile()) {
            problems.add(
                    values.place(PERCENTILE),
                    method.spelling() + " takes no percentile",
                    "calibration-method: percentile");
            fits = false;
        }
        if (fits && values.has(EXACT) && !method.takesEnds()) {
            problems.add(
                    values.place(EXACT),
                    method == CalibrationMethod.MINMAX
                            ? "minmax is exact in one pass; remove exact"
                            : method.spelling() + " counts in one pass; remove exact");
            fits = false;
        }
        if (!fits) {
            return null;
        }
        Finding finding = mode == Mode.INT8_STATIC
                ? new Finding(method, values.get(PERCENTILE, USUAL_PERCENTILE), values.get(EXACT, false))
                : null;
        return new Rung(values.place(), mode, scheme(mode, values), finding, options(taken, values));
    }

    private static Scheme scheme(Mode mode, Values values) {
        boolean perChannel = values.get(PER_CHANNEL, false);
        boolean reduceRange = values.get(REDUCE_RANGE, false);
        int block = values.get(BLOCK_SIZE, USUAL_BLOCK);
        return switch (mode) {
            case INT8_STATIC ->
                new StaticInt8(perChannel, reduceRange, values.get(SYMMETRIC, false), new Ranges(Map.of()));
            case INT8_DYNAMIC -> new DynamicInt8(perChannel, reduceRange);
            case FP16 -> new Float16(Set.copyOf(values.get(KEEP, List.of())));
            case INT8 -> new WeightOnly(8, block, values.get(SYMMETRIC, true));
            case INT4 -> new WeightOnly(4, block, values.get(SYMMETRIC, true));
        };
    }

    private static String options(List<Key<?>> taken, Values values) {
        StringBuilder options = new StringBuilder();
        for (Key<?> key : taken) {
            if (values.has(key)) {
                options.append(options.isEmpty() ? "" : ", ")
                        .append(key.name())
                        .append(' ')
                        .append(spelled(values.get(key)));
            }
        }
        return options.toString();
    }

    private static String spelled(@Nullable Object value) {
        if (value instanceof CalibrationMethod method) {
            return method.spelling();
        }
        if (value instanceof List<?> words) {
            TreeSet<String> sorted = new TreeSet<>();
            words.forEach(word -> sorted.add(word.toString()));
            return String.join(", ", sorted);
        }
        return value instanceof Double number ? Numbers.exact(number) : String.valueOf(value);
    }
}
