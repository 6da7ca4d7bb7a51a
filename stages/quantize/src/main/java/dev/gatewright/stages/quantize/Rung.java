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
import dev.gatewright.validation.quantization.DynamicInt8;
import dev.gatewright.validation.quantization.Float16;
import dev.gatewright.validation.quantization.Scheme;
import dev.gatewright.validation.quantization.WeightOnly;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A rung of the ladder: a mode with its options.
 *
 * @param options the options that were written, as they were: what tells two rungs of one mode apart
 */
record Rung(Place place, Mode mode, Scheme scheme, String options) {
    private static final long USUAL_BLOCK = 32;

    private static final Key<Mode> MODE = Key.required(
            "mode",
            Shapes.oneOf(Mode.values(), Mode::spelling),
            "What the numbers become: int8-dynamic (weights, and what flows through by a range taken from each batch), fp16, or"
                    + " weights alone in blocks, int8 or int4.",
            "mode: int8-dynamic");
    private static final Key<Boolean> PER_CHANNEL = Key.optional(
            "per-channel",
            Shapes.truth(),
            "Each column or channel of a weight has a scale of its own; false unless said otherwise. For int8-dynamic.",
            "per-channel: true");
    private static final Key<Boolean> REDUCE_RANGE = Key.optional(
            "reduce-range",
            Shapes.truth(),
            "Weights use 7 bits, for processors without VNNI, which saturate; false unless said otherwise. For int8-dynamic.",
            "reduce-range: true");
    private static final Key<Boolean> SYMMETRIC = Key.optional(
            "symmetric",
            Shapes.truth(),
            "No zero points; true unless said otherwise. For int8 and int4.",
            "symmetric: false");
    private static final Key<Long> BLOCK_SIZE = Key.optional(
            "block-size",
            Shapes.oneOf(new Long[] {16L, 32L, 64L, 128L, 256L}, String::valueOf),
            "How many weights share a scale; 32 unless said otherwise. For int8 and int4.",
            "block-size: 32");
    private static final Key<List<String>> KEEP = Key.optional(
            "keep",
            Shapes.listOf(Shapes.text(), false),
            "Operators that go on computing in single precision. For fp16.",
            "keep: [Softmax]");

    private static final Section<Rung> WITH_OPTIONS =
            new Section<>("a mode", List.of(MODE, PER_CHANNEL, REDUCE_RANGE, SYMMETRIC, BLOCK_SIZE, KEEP), Rung::make);

    /** A mode's name, or a mapping with its options. */
    static final Shape<Rung> SHAPE = new Shape<>() {
        @Override
        public @Nullable Rung read(SpecNode node, Problems problems) {
            if (node instanceof SpecNode.Mapping) {
                return WITH_OPTIONS.read(node, problems);
            }
            Mode mode = MODE.shape().read(node, problems);
            return mode == null ? null : new Rung(node.place(), mode, usual(mode), "");
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

    private static Scheme usual(Mode mode) {
        return switch (mode) {
            case INT8_DYNAMIC -> new DynamicInt8(false, false);
            case FP16 -> new Float16(Set.of());
            case INT8 -> new WeightOnly(8, (int) USUAL_BLOCK, true);
            case INT4 -> new WeightOnly(4, (int) USUAL_BLOCK, true);
        };
    }

    private static @Nullable Rung make(Values values, Problems problems) {
        Mode mode = values.need(MODE);
        boolean fits = true;
        for (Key<?> key : List.of(PER_CHANNEL, REDUCE_RANGE, SYMMETRIC, BLOCK_SIZE, KEEP)) {
            if (values.has(key) && !takes(mode, key)) {
                problems.add(values.place(key), mode.spelling() + " takes no " + key.name() + "; remove it");
                fits = false;
            }
        }
        return fits ? new Rung(values.place(), mode, scheme(mode, values), options(values)) : null;
    }

    private static boolean takes(Mode mode, Key<?> key) {
        return switch (mode) {
            case INT8_DYNAMIC -> key.equals(PER_CHANNEL) || key.equals(REDUCE_RANGE);
            case FP16 -> key.equals(KEEP);
            case INT8, INT4 -> key.equals(SYMMETRIC) || key.equals(BLOCK_SIZE);
        };
    }

    private static Scheme scheme(Mode mode, Values values) {
        int block = values.get(BLOCK_SIZE, USUAL_BLOCK).intValue();
        return switch (mode) {
            case INT8_DYNAMIC -> new DynamicInt8(values.get(PER_CHANNEL, false), values.get(REDUCE_RANGE, false));
            case FP16 -> new Float16(Set.copyOf(values.get(KEEP, List.of())));
            case INT8 -> new WeightOnly(8, block, values.get(SYMMETRIC, true));
            case INT4 -> new WeightOnly(4, block, values.get(SYMMETRIC, true));
        };
    }

    private static String options(Values values) {
        StringBuilder options = new StringBuilder();
        for (Key<?> key : List.of(PER_CHANNEL, REDUCE_RANGE, SYMMETRIC, BLOCK_SIZE)) {
            if (values.has(key)) {
                options.append(options.isEmpty() ? "" : ", ")
                        .append(key.name())
                        .append(' ')
                        .append(values.get(key));
            }
        }
        List<String> kept = values.get(KEEP, List.of());
        if (!kept.isEmpty()) {
            options.append("keep ").append(String.join(", ", new TreeSet<>(kept)));
        }
        return options.toString();
    }
}
