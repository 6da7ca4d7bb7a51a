// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.spec;

import static dev.gatewright.validation.metrics.catalogue.ZeroDivision.UNDEFINED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.validation.metrics.Measure;
import dev.gatewright.validation.metrics.Task;
import dev.gatewright.validation.metrics.catalogue.Average;
import dev.gatewright.validation.metrics.catalogue.Catalogue;
import dev.gatewright.validation.metrics.catalogue.CountMetrics;
import dev.gatewright.validation.metrics.catalogue.Metric;
import dev.gatewright.validation.metrics.catalogue.MetricChoice;
import dev.gatewright.validation.metrics.catalogue.NumberMetrics;
import dev.gatewright.validation.metrics.catalogue.ScoreMetrics;
import dev.gatewright.validation.metrics.catalogue.ZeroDivision;
import dev.gatewright.validation.metrics.gate.Bound;
import dev.gatewright.validation.metrics.gate.Correction;
import dev.gatewright.validation.metrics.gate.Gate;
import dev.gatewright.validation.metrics.gate.OnFailure;
import dev.gatewright.validation.metrics.gate.SliceRule;
import dev.gatewright.validation.metrics.gate.SliceRule.SmallSlices;
import dev.gatewright.validation.testkit.Gen;
import dev.gatewright.validation.testkit.Seeded;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What gates become that are right; what the others are told stands in the cases of {@link ProblemsTest}. */
class GateResolverTest {
    private static final Place PLACE = new Place("test", 1, 1);
    private static final List<String> MANY = List.of("cat", "dog", "owl");
    private static final List<String> TWO = List.of("no", "yes");
    private static final Bound LEAST = new Bound(Bound.Kind.MIN, 0.9);

    static Stream<Arguments> measuresOfManyClasses() {
        return Stream.of(
                Arguments.of("metric: accuracy", MetricChoice.of(CountMetrics.ACCURACY, MANY)),
                Arguments.of("metric: log_loss", MetricChoice.of(ScoreMetrics.LOG_LOSS, MANY)),
                Arguments.of("metric: size_bytes", MetricChoice.of(metric("size_bytes"), MANY)),
                Arguments.of("metric: latency_p99_ms", MetricChoice.of(metric("latency_p99_ms"), MANY)),
                Arguments.of("metric: f1, average: macro", averaged(Average.MACRO, UNDEFINED, MANY)),
                Arguments.of("metric: f1, average: micro", averaged(Average.MICRO, UNDEFINED, MANY)),
                Arguments.of("metric: f1, average: weighted", averaged(Average.WEIGHTED, UNDEFINED, MANY)),
                Arguments.of(
                        "metric: f1, average: macro, zero-division: 0",
                        averaged(Average.MACRO, ZeroDivision.ZERO, MANY)),
                Arguments.of(
                        "metric: f1, average: macro, zero-division: \"1\"",
                        averaged(Average.MACRO, ZeroDivision.ONE, MANY)),
                Arguments.of("metric: f1, class: dog", MetricChoice.ofClass(CountMetrics.F1, 1, UNDEFINED, MANY)),
                Arguments.of(
                        "metric: recall, class: owl, zero-division: skip",
                        MetricChoice.ofClass(CountMetrics.RECALL, 2, ZeroDivision.SKIP, MANY)));
    }

    @ParameterizedTest
    @MethodSource("measuresOfManyClasses")
    void findsTheOneReadingAmongManyClasses(String request, Measure measure) {
        assertThat(resolve(manyClasses(), request + ", max: 0.9"))
                .map(Gate::measure)
                .contains(measure);
    }

    static Stream<Arguments> measuresOfTwoClasses() {
        return Stream.of(
                Arguments.of("", "metric: accuracy", choice(CountMetrics.ACCURACY, null, -1, null, -1)),
                Arguments.of("yes", "metric: f1", choice(CountMetrics.F1, Average.BINARY, 1, null, -1)),
                Arguments.of("no", "metric: f1", choice(CountMetrics.F1, Average.BINARY, 0, null, -1)),
                Arguments.of("yes", "metric: f1, positive: no", choice(CountMetrics.F1, Average.BINARY, 0, null, -1)),
                Arguments.of("", "metric: f1, positive: yes", choice(CountMetrics.F1, Average.BINARY, 1, null, -1)),
                Arguments.of(
                        "yes", "metric: f1, average: binary", choice(CountMetrics.F1, Average.BINARY, 1, null, -1)),
                Arguments.of("", "metric: f1, average: macro", choice(CountMetrics.F1, Average.MACRO, -1, null, -1)),
                Arguments.of("yes", "metric: f1, class: no", choice(CountMetrics.F1, null, 0, null, -1)),
                Arguments.of("yes", "metric: f1, threshold: 0.3", choice(CountMetrics.F1, Average.BINARY, 1, 0.3, 1)),
                Arguments.of(
                        "",
                        "metric: f1, average: macro, positive: no, threshold: 0.3",
                        choice(CountMetrics.F1, Average.MACRO, -1, 0.3, 0)),
                Arguments.of("yes", "metric: f1, class: no, threshold: 0.3", choice(CountMetrics.F1, null, 0, 0.3, 1)),
                Arguments.of(
                        "",
                        "metric: accuracy, positive: yes, threshold: 0.3",
                        choice(CountMetrics.ACCURACY, null, -1, 0.3, 1)));
    }

    @ParameterizedTest
    @MethodSource("measuresOfTwoClasses")
    void findsTheOneReadingOfTwoClasses(String positive, String request, Measure measure) {
        assertThat(resolve(twoClasses(positive), request + ", min: 0.9"))
                .map(Gate::measure)
                .contains(measure);
    }

    @Test
    void findsTheMetricsOfARegression() {
        ModelSection model = model(Task.REGRESSION, List.of(), "");

        assertThat(resolve(model, "metric: mse, max: 2"))
                .contains(Gate.of(MetricChoice.of(NumberMetrics.MSE, List.of()), Bound.Kind.MAX, 2));
    }

    @Test
    void keepsAllThatWasSaid() {
        assertThat(resolve(
                        manyClasses(),
                        "metric: accuracy, max-degradation: 0.01, suspicious-above: 0.99, min: 0.9, min-samples: 50,"
                                + " confidence: 0.95, against: source, on-failure: approve"))
                .contains(new Gate(
                        MetricChoice.of(CountMetrics.ACCURACY, MANY),
                        List.of(
                                LEAST,
                                new Bound(Bound.Kind.MAX_DEGRADATION, 0.01),
                                new Bound(Bound.Kind.SUSPICIOUS_ABOVE, 0.99)),
                        0.95,
                        "source",
                        null,
                        50,
                        OnFailure.APPROVE));
    }

    @Test
    void comparesWithTheFirstThatThereIsUnlessAnotherIsNamed() {
        assertThat(resolve(manyClasses(), "metric: accuracy, max-degradation: 0.01"))
                .map(Gate::against)
                .contains("baseline");
        assertThat(resolve(manyClasses(), "metric: accuracy, max-degradation: 0.01, against: source"))
                .map(Gate::against)
                .contains("source");
    }

    static Stream<Arguments> sliceRules() {
        return Stream.of(
                Arguments.of("", Correction.NONE, SmallSlices.INCONCLUSIVE),
                Arguments.of("correction: none", Correction.NONE, SmallSlices.INCONCLUSIVE),
                Arguments.of("confidence: 0.95", Correction.HOLM, SmallSlices.INCONCLUSIVE),
                Arguments.of("confidence: 0.95, correction: holm", Correction.HOLM, SmallSlices.INCONCLUSIVE),
                Arguments.of("confidence: 0.95, correction: none", Correction.NONE, SmallSlices.INCONCLUSIVE),
                Arguments.of(
                        "confidence: 0.95, correction: benjamini-hochberg",
                        Correction.BENJAMINI_HOCHBERG,
                        SmallSlices.INCONCLUSIVE),
                Arguments.of("min-samples: 20", Correction.NONE, SmallSlices.INCONCLUSIVE),
                Arguments.of("min-samples: 20, small-slices: inconclusive", Correction.NONE, SmallSlices.INCONCLUSIVE),
                Arguments.of("min-samples: 20, small-slices: pool", Correction.NONE, SmallSlices.POOL),
                Arguments.of("min-samples: 20, small-slices: report", Correction.NONE, SmallSlices.REPORT));
    }

    @ParameterizedTest
    @MethodSource("sliceRules")
    void correctsForManySlicesWhereverAnIntervalDecides(String more, Correction correction, SmallSlices small) {
        assertThat(resolve(
                        manyClasses(), "metric: accuracy, min: 0.9, slice: ink" + (more.isEmpty() ? "" : ", ") + more))
                .map(Gate::slice)
                .contains(new SliceRule("ink", correction, small));
    }

    @Test
    void takesTheTightestBoundsThatDecideSomething() {
        for (String bound : List.of(
                "min: 1",
                "max: 0",
                "max-degradation: 0",
                "max-degradation: 0.999",
                "max-degradation-percent: 0",
                "max-degradation-percent: 99.9",
                "min-improvement: 0",
                "min-improvement: 1",
                "min-improvement-percent: 1000")) {
            assertThat(resolve(manyClasses(), "metric: accuracy, " + bound))
                    .as(bound)
                    .isPresent();
        }
        for (String bound : List.of(
                "max: 1", "max-degradation: 1", "max-degradation-percent: 200", "min-improvement-percent: 100")) {
            assertThat(resolve(manyClasses(), "metric: log_loss, " + bound))
                    .as(bound)
                    .isPresent();
        }
    }

    /** Whatever a gate says: it is one gate, or there is a problem, and never both. */
    @Seeded
    void isAGateOrAProblem(Gen gen) {
        ModelSection model =
                gen.oneOf(manyClasses(), twoClasses(""), twoClasses("yes"), model(Task.REGRESSION, List.of(), ""));
        for (int attempt = 0; attempt < 20; attempt++) {
            List<String> said = new ArrayList<>();
            said.add("metric: " + gen.oneOf(Catalogue.ALL).name());
            maybe(gen, said, "average", "binary", "micro", "macro", "weighted");
            maybe(gen, said, "class", "cat", "yes", "cow");
            maybe(gen, said, "positive", "yes", "no", "cat");
            maybe(gen, said, "threshold", "0.5");
            maybe(gen, said, "zero-division", "undefined", "0", "1", "skip");
            for (Bound.Kind kind : Bound.Kind.values()) {
                maybe(gen, said, kind.spelling(), "0.5", "0", "1", "99", "101", "-1");
            }
            maybe(gen, said, "confidence", "0.95");
            maybe(gen, said, "against", "baseline", "stable");
            maybe(gen, said, "slice", "writer", "region");
            maybe(gen, said, "correction", "holm", "none");
            maybe(gen, said, "small-slices", "pool", "report");
            maybe(gen, said, "min-samples", "10");
            maybe(gen, said, "on-failure", "warn");
            Problems written = new Problems();
            GateRequest request = request(String.join(", ", gen.shuffled(said)), written);
            if (!written.any()) {
                Problems found = new Problems();
                assertThat(resolve(model, request, found).isPresent())
                        .as("%s: %s", said, found.errors())
                        .isNotEqualTo(found.any());
            }
        }
    }

    private static void maybe(Gen gen, List<String> said, String key, String... values) {
        if (gen.chance(0.15)) {
            said.add(key + ": " + gen.oneOf(values));
        }
    }

    private static Optional<Gate> resolve(ModelSection model, String text) {
        Problems problems = new Problems();
        Optional<Gate> gate = resolve(model, request(text, problems), problems);
        assertThat(problems.errors()).isEmpty();
        return gate;
    }

    private static Optional<Gate> resolve(ModelSection model, GateRequest request, Problems problems) {
        return new GateResolver(model, List.of("writer", "ink"), List.of("baseline", "source"), problems)
                .resolve(request);
    }

    private static GateRequest request(String text, Problems problems) {
        SpecNode node = YamlReader.read("{" + text + "}", "test", problems).orElseThrow();
        return Objects.requireNonNull(GateRequest.SHAPE.read(node, problems));
    }

    private static ModelSection manyClasses() {
        return model(Task.MULTICLASS_CLASSIFICATION, MANY, "");
    }

    private static ModelSection twoClasses(String positive) {
        return model(Task.BINARY_CLASSIFICATION, TWO, positive);
    }

    private static ModelSection model(Task task, List<String> classes, String positive) {
        Placed<String> placed = positive.isEmpty() ? null : new Placed<>(positive, PLACE);
        return new ModelSection(
                PLACE, "m", task, null, null, classes, placed, null, ModelSection.ScoreKind.PROBABILITIES);
    }

    private static Metric metric(String name) {
        return Catalogue.find(name).orElseThrow();
    }

    private static MetricChoice averaged(Average average, ZeroDivision zeroDivision, List<String> classes) {
        return MetricChoice.averaged(CountMetrics.F1, average, zeroDivision, classes);
    }

    private static MetricChoice choice(
            Metric metric, @Nullable Average average, int onlyClass, @Nullable Double threshold, int positive) {
        return new MetricChoice(metric, average, onlyClass, threshold, positive, Double.NaN, UNDEFINED, TWO);
    }
}
