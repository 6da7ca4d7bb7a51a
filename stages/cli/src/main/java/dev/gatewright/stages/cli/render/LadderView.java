// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.render;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.validation.metrics.Numbers;
import dev.gatewright.validation.metrics.gate.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The smaller forms of a model that a stage tried, as a renderer reads them.
 *
 * @param metric the metric of the task that stands for all others
 * @param unquantised the model that they were made of
 */
record LadderView(String metric, Form unquantised, List<Form> rungs) {
    static final String AGREEMENT = "agreement";
    private static final String LATENCY = "latency_p50_ms";
    private static final String SIZE_RATIO = "size_ratio";

    /**
     * A form.
     *
     * @param judged what does not depend on time
     * @param measured what comes from the run
     */
    record Form(String name, Json.Obj judged, Json.Obj measured) {
        /** How it was judged; empty where it was not tried. */
        Optional<Outcome> outcome() {
            return judged.text("verdict").filter(Form::isVerdict).map(word -> Outcome.of(Verdict.valueOf(word)));
        }

        private static boolean isVerdict(String word) {
            for (Verdict verdict : Verdict.values()) {
                if (verdict.name().equals(word)) {
                    return true;
                }
            }
            return false;
        }

        /** The word for its outcome. */
        String word() {
            return outcome().map(Outcome::word).orElse("not tried");
        }

        /** Why it was judged so, in a sentence. */
        String sentence() {
            return measured.text("sentence").orElse("");
        }

        Optional<Double> value(String metric) {
            return judged.object("metrics").number(metric);
        }

        Optional<Double> sizeRatio() {
            return value(SIZE_RATIO);
        }

        Optional<Double> bytes() {
            return judged.number("bytes");
        }

        /** The median of single calls in milliseconds. */
        Optional<Double> latency() {
            return measured.object("metrics").number(LATENCY);
        }

        /** The nodes that were left as they are. */
        List<String> excluded() {
            List<String> names = new ArrayList<>();
            for (Json item : judged.items("excluded")) {
                if (item instanceof Json.Text text) {
                    names.add(text.value());
                }
            }
            return names;
        }
    }

    /** The forms of a stage; empty where it tried none. */
    static Optional<LadderView> of(Json.Obj document) {
        Json.Obj judged = document.object("facts").object("ladder");
        Json.Obj measured = document.object("environment").object("ladder");
        List<Json.Obj> rungs = judged.objects("rungs");
        if (rungs.isEmpty()) {
            return Optional.empty();
        }
        List<Json.Obj> times = measured.objects("rungs");
        List<Form> forms = new ArrayList<>();
        for (int i = 0; i < rungs.size(); i++) {
            Json.Obj time = i < times.size() ? times.get(i) : Json.object().build();
            forms.add(new Form(rungs.get(i).text("mode").orElse("?"), rungs.get(i), time));
        }
        Form unquantised = new Form("unquantised", judged.object("unquantised"), measured.object("unquantised"));
        String metric = unquantised.judged().object("metrics").members().keySet().stream()
                .findFirst()
                .orElse("?");
        return Optional.of(new LadderView(metric, unquantised, forms));
    }

    /** A form in a line: of one that passed its values, of any other why it did not. */
    String told(Form form) {
        if (!form.outcome().equals(Optional.of(Outcome.PASSED))) {
            return form.sentence();
        }
        List<String> parts = new ArrayList<>();
        if (!form.excluded().isEmpty()) {
            parts.add("without " + String.join(", ", form.excluded()));
        }
        form.value(metric).ifPresent(value -> parts.add(metric + " " + Numbers.rounded(value)));
        form.value(AGREEMENT).ifPresent(value -> parts.add(AGREEMENT + " " + Numbers.rounded(value)));
        form.sizeRatio().ifPresent(ratio -> parts.add(percent(ratio) + " of the size"));
        form.latency()
                .ifPresent(time -> parts.add(Numbers.rounded(time) + " ms"
                        + unquantised
                                .latency()
                                .map(before -> " after " + Numbers.rounded(before) + " ms")
                                .orElse("")));
        return String.join(", ", parts);
    }

    /** A ratio as a percentage, to a tenth. */
    static String percent(double ratio) {
        return String.format(Locale.ROOT, "%.1f%%", 100 * ratio);
    }
}
