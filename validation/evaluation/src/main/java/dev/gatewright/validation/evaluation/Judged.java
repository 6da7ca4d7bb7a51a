// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import dev.gatewright.validation.data.Selection;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.metrics.catalogue.Average;
import dev.gatewright.validation.metrics.catalogue.CountMetrics;
import dev.gatewright.validation.metrics.catalogue.Metric;
import dev.gatewright.validation.metrics.catalogue.MetricChoice;
import dev.gatewright.validation.metrics.catalogue.NumberMetrics;
import dev.gatewright.validation.metrics.catalogue.ZeroDivision;
import dev.gatewright.validation.metrics.gate.Evidence;
import dev.gatewright.validation.metrics.gate.Gate;
import dev.gatewright.validation.metrics.gate.GateJudge;
import dev.gatewright.validation.metrics.gate.GateResult;
import dev.gatewright.validation.metrics.gate.Reading;
import dev.gatewright.validation.metrics.statistics.Bootstrap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All rows are counted; what is left is to judge. */
record Judged(
        Scoring scoring,
        RowFields fields,
        Selection selection,
        List<List<String>> categories,
        Evaluation.@Nullable ModelRun model,
        ReferenceRun reference,
        Cost cost,
        boolean hasProbabilities,
        @Nullable Leakage leakage) {

    private static final List<Metric> QUOTIENTS = List.of(CountMetrics.PRECISION, CountMetrics.RECALL, CountMetrics.F1);
    private static final int MOST_CLASSES = 200;

    Evaluation toEvaluation(EvaluationRequest request, long bytes, String sha256) {
        Map<String, SortedMap<String, GroupTally>> slices = new LinkedHashMap<>();
        for (int i = 0; i < fields.slices().size(); i++) {
            slices.put(fields.slices().get(i).column(), scoring.slice(i, categories.get(i)));
        }
        Evaluation.ModelRun other = reference.run();
        GateEvidence evidence = new GateEvidence(
                scoring,
                slices,
                reference.name(),
                reference.missing(),
                reference.sameModel(),
                reference.hasProbabilities(),
                cost,
                model == null ? -1 : model.description().bytes(),
                other == null ? -1 : other.description().bytes(),
                hasProbabilities,
                hasProbabilities && givesDecisionValues(request),
                request.seed(),
                leakage);
        List<GateResult> results = new ArrayList<>();
        for (Gate gate : request.gates()) {
            Evidence found = scoring.all().rows() == 0
                    ? new Evidence.Missing(
                            "there are no rows in " + request.rows().path())
                    : evidence.of(gate);
            results.add(GateJudge.judge(gate, found));
        }
        Map<String, List<String>> features = new LinkedHashMap<>();
        for (Field.Matrix matrix : fields.features()) {
            features.put(matrix.name(), selection.columns(matrix));
        }
        return new Evaluation(
                results,
                measured(request, slices, evidence),
                request.task().isClassification() ? scoring.all().classes() : null,
                sizes(slices),
                new Evaluation.RowsRead(
                        request.rows().path(), bytes, sha256, scoring.all().rows(), features),
                model,
                other,
                how(cost.singles()),
                how(cost.batches()),
                leakage);
    }

    /** Whether the scores of all models are decision values, and not probabilities. */
    private static boolean givesDecisionValues(EvaluationRequest request) {
        EvaluationRequest.Reference compared = request.reference();
        boolean logits = false;
        if (request.subject() instanceof EvaluationRequest.Model candidate) {
            logits = candidate.model().logits();
        } else if (request.subject() instanceof EvaluationRequest.Recorded candidate) {
            logits = candidate.model().logits();
        }
        return logits && (compared == null || compared.model().logits());
    }

    private static Evaluation.@Nullable Calls how(Cost.@Nullable Timed timed) {
        return timed == null ? null : timed.how();
    }

    private List<Evaluation.Measured> measured(
            EvaluationRequest request, Map<String, SortedMap<String, GroupTally>> slices, GateEvidence evidence) {
        List<Evaluation.Measured> measured = new ArrayList<>();
        for (MetricChoice choice : usual(request)) {
            measured.add(measure(choice, "", scoring.all(), request.seed()));
        }
        for (MetricChoice choice : request.also()) {
            measured.add(new Evaluation.Measured(choice, "", evidence.reading(choice)));
        }
        MetricChoice first = usual(request).get(0);
        slices.forEach((slice, groups) -> groups.forEach(
                (value, tally) -> measured.add(measure(first, slice + "=" + value, tally, request.seed()))));
        return measured;
    }

    private static Evaluation.Measured measure(MetricChoice choice, String rows, GroupTally tally, long seed) {
        Bootstrap bootstrap = new Bootstrap(seed, choice.spelling() + "|" + rows);
        return new Evaluation.Measured(
                choice,
                rows,
                tally.sample(choice, bootstrap).readings().values().stream()
                        .findFirst()
                        .orElse(new Reading.Missing("it was not measured")));
    }

    /** The metrics that a reader expects of the task, the first of them also on slices. */
    private static List<MetricChoice> usual(EvaluationRequest request) {
        List<String> classes = request.classes();
        if (!request.task().isClassification()) {
            return Stream.of(NumberMetrics.RMSE, NumberMetrics.MAE, NumberMetrics.R2)
                    .map(metric -> MetricChoice.of(metric, classes))
                    .toList();
        }
        List<MetricChoice> usual = new ArrayList<>();
        List<Average> averages = List.of(Average.MACRO, Average.WEIGHTED);
        if (request.task().isOfOneClass()) {
            usual.add(MetricChoice.of(CountMetrics.ACCURACY, classes));
        } else {
            usual.add(MetricChoice.of(CountMetrics.SUBSET_ACCURACY, classes));
            usual.add(MetricChoice.of(CountMetrics.HAMMING_LOSS, classes));
            averages = List.of(Average.MICRO, Average.MACRO, Average.WEIGHTED);
        }
        for (Average average : averages) {
            for (Metric metric : QUOTIENTS) {
                usual.add(MetricChoice.averaged(metric, average, ZeroDivision.UNDEFINED, classes));
            }
        }
        for (int k = 0; k < classes.size() && classes.size() <= MOST_CLASSES; k++) {
            for (Metric metric : QUOTIENTS) {
                usual.add(MetricChoice.ofClass(metric, k, ZeroDivision.UNDEFINED, classes));
            }
        }
        return usual;
    }

    private static Map<String, SortedMap<String, Long>> sizes(Map<String, SortedMap<String, GroupTally>> slices) {
        Map<String, SortedMap<String, Long>> sizes = new LinkedHashMap<>();
        slices.forEach((slice, groups) -> {
            SortedMap<String, Long> rows = new TreeMap<>();
            groups.forEach((value, tally) -> rows.put(value, tally.rows()));
            sizes.put(slice, rows);
        });
        return sizes;
    }
}
