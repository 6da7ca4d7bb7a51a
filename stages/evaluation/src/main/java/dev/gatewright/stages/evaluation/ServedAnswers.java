// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.evaluation;

import dev.gatewright.stages.api.StageFailedException;
import dev.gatewright.stages.api.StageRequest;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.json.JsonWriter;
import dev.gatewright.stages.api.report.MeasuredMetric;
import dev.gatewright.stages.api.spec.GateRequest;
import dev.gatewright.stages.api.spec.GateResolver;
import dev.gatewright.stages.api.spec.ModelSection;
import dev.gatewright.stages.api.spec.Placed;
import dev.gatewright.stages.api.spec.Problems;
import dev.gatewright.stages.api.spec.Spec;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.endpoint.Elements;
import dev.gatewright.validation.endpoint.GoldenRow;
import dev.gatewright.validation.endpoint.GoldenSet;
import dev.gatewright.validation.endpoint.Label;
import dev.gatewright.validation.endpoint.TensorType;
import dev.gatewright.validation.evaluation.Evaluation;
import dev.gatewright.validation.evaluation.EvaluationRequest;
import dev.gatewright.validation.evaluation.EvaluationRequest.RecordedOutput;
import dev.gatewright.validation.metrics.Task;
import dev.gatewright.validation.metrics.catalogue.Kernel;
import dev.gatewright.validation.metrics.catalogue.MetricChoice;
import dev.gatewright.validation.metrics.catalogue.PairMetrics;
import dev.gatewright.validation.metrics.gate.Gate;
import dev.gatewright.validation.metrics.gate.GateJudge;
import dev.gatewright.validation.metrics.gate.GateResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint answered to golden rows, judged by the code that judges a model: {@code accuracy} here is {@code accuracy} of
 * evaluate-metrics, on those rows. Gates may compare with the judged model's own answers to them, {@code against: judged}.
 */
public final class ServedAnswers {
    /** What gates call the judged model's answers. */
    public static final String JUDGED = "judged";

    private static final String LABEL = "label";
    private static final String NO_LABELS = "no golden row has a label";

    private ServedAnswers() {}

    /**
     * What the answers came to.
     *
     * @param facts the confusion of classes and the like, as a report of evaluate-metrics tells it; empty without labels
     */
    public record Judgement(
            List<GateResult> gates, List<MeasuredMetric> metrics, Json.Obj facts, long right, long labelled) {
        /** Keeps its own copies. */
        public Judgement {
            gates = List.copyOf(gates);
            metrics = List.copyOf(metrics);
        }
    }

    /** The gates that {@code requests} ask for; what is wrong with the others stands in the problems. */
    public static List<Gate> gates(List<GateRequest> requests, Spec spec, Problems problems) {
        GateResolver resolver = new GateResolver(spec.model(), List.of(), List.of(JUDGED), problems);
        List<Gate> gates = new ArrayList<>();
        for (GateRequest request : requests) {
            resolver.resolve(request)
                    .filter(gate -> fits(gate, request, problems))
                    .ifPresent(gates::add);
        }
        return gates;
    }

    private static boolean fits(Gate gate, GateRequest request, Problems problems) {
        MetricChoice choice = (MetricChoice) gate.measure();
        Kernel kernel = choice.metric().kernel();
        boolean ofFiles = kernel instanceof Kernel.ModelSize || kernel instanceof Kernel.SizeRatio;
        boolean ofProcess = kernel instanceof Kernel.PeakMemory || kernel instanceof Kernel.Throughput;
        if (ofFiles || ofProcess || choice.metric().isOfData()) {
            problems.add(
                    request.place(),
                    choice.spelling()
                            + " is not seen from outside an endpoint; remove the gate, or put it into evaluate-metrics");
            return false;
        }
        return true;
    }

    /**
     * Judges {@code answers}, one map a row of {@code rows}.
     *
     * @throws StageFailedException if they are no answers to the spec's task
     */
    public static Judgement judge(
            GoldenSet set,
            List<GoldenRow> rows,
            List<Map<String, Elements>> answers,
            List<Gate> gates,
            StageRequest stage)
            throws InterruptedException {
        List<Integer> labelled = IntStream.range(0, rows.size())
                .filter(row -> rows.get(row).label() != null)
                .boxed()
                .toList();
        if (labelled.isEmpty()) {
            return new Judgement(
                    gates.stream()
                            .map(gate -> GateJudge.notEvaluated(gate, NO_LABELS))
                            .toList(),
                    List.of(),
                    Json.object().build(),
                    0,
                    0);
        }
        Path folder = null;
        try {
            folder = Files.createTempDirectory(stage.folder(), "answers");
            return judge(
                    set,
                    labelled.stream().map(rows::get).toList(),
                    labelled.stream().map(answers::get).toList(),
                    gates,
                    folder,
                    stage);
        } catch (IOException e) {
            DigestChain.throwIfInterrupted(e);
            throw new StageFailedException(
                    "the answers cannot be kept in " + stage.folder() + ": " + e.getMessage(), "see to its disk", e);
        } finally {
            remove(folder);
        }
    }

    private static Judgement judge(
            GoldenSet set,
            List<GoldenRow> rows,
            List<Map<String, Elements>> answers,
            List<Gate> gates,
            Path folder,
            StageRequest stage)
            throws IOException, InterruptedException {
        ModelSection model = stage.spec().model();
        Path labels = folder.resolve("labels.jsonl");
        List<String> columns = writeLabels(rows, model, labels);
        List<Map<String, Elements>> expected =
                rows.stream().map(GoldenRow::outputs).toList();
        List<RecordedOutput> recorded = record(set, answers, folder, "served");
        List<RecordedOutput> judged = record(set, expected, folder, JUDGED);
        EvaluationRequest.Reference reference = judged.size() == set.outputs().size()
                ? new EvaluationRequest.Reference(JUDGED, recordedModel(judged, model), null)
                : null;
        boolean agrees = reference != null && PairMetrics.AGREEMENT.fits(model.task());
        Placed<String> positive = model.positive();
        EvaluationRequest request = new EvaluationRequest(
                model.task(),
                model.classes(),
                positive == null ? -1 : model.classes().indexOf(positive.value()),
                new EvaluationRequest.Rows(labels, columns, Field.Spelling.NAME, List.of(), null),
                new EvaluationRequest.Recorded(recordedModel(recorded, model), Map.of(), Field.Missing.REFUSE),
                reference,
                gates,
                agrees ? List.of(MetricChoice.of(PairMetrics.AGREEMENT, model.classes())) : List.of(),
                Requests.machine(stage.spec(), stage.installation(), stage.threads()),
                Requests.SEED,
                null);
        Evaluation evaluation = Evaluations.evaluate(request, stage).evaluation();
        Outcomes outcomes = new Outcomes(stage.spec(), request);
        long right = evaluation.classes() == null
                ? 0
                : evaluation.classes().classCounts().rowsCorrect();
        return new Judgement(
                evaluation.gates(),
                outcomes.metrics(evaluation),
                outcomes.facts(evaluation, GoldenSets.NAME),
                right,
                rows.size());
    }

    private static EvaluationRequest.RecordedModel recordedModel(List<RecordedOutput> outputs, ModelSection model) {
        Placed<String> scores = model.scores();
        return new EvaluationRequest.RecordedModel(
                outputs, scores == null ? null : scores.value(), model.scoresAre() == ModelSection.ScoreKind.LOGITS);
    }

    /** The outputs that all rows have, each in a file. */
    private static List<RecordedOutput> record(
            GoldenSet set, List<Map<String, Elements>> answers, Path folder, String name) throws IOException {
        List<RecordedOutput> recorded = new ArrayList<>();
        for (TensorType output : set.outputs()) {
            List<Elements> rows = new ArrayList<>();
            for (Map<String, Elements> answer : answers) {
                Elements elements = answer.get(output.name());
                if (elements != null) {
                    rows.add(elements);
                }
            }
            if (rows.size() == answers.size()) {
                Path file = folder.resolve(name + "-" + recorded.size() + ".npy");
                NpyFile.write(output, rows, file);
                recorded.add(new RecordedOutput(output.name(), file));
            }
        }
        return recorded;
    }

    /** The truth a line a row; the columns that it stands in. */
    private static List<String> writeLabels(List<GoldenRow> rows, ModelSection model, Path file) throws IOException {
        boolean several = model.task() == Task.MULTILABEL_CLASSIFICATION;
        List<String> classes = model.classes();
        StringBuilder lines = new StringBuilder();
        for (GoldenRow row : rows) {
            Json.Builder line = Json.object();
            if (several) {
                List<String> names = names(row);
                for (int k = 0; k < classes.size(); k++) {
                    line.put(LABEL + "_" + k, names.contains(classes.get(k)) ? 1L : 0L);
                }
                refuseUnknown(row, names, classes);
            } else if (model.task().isClassification()) {
                List<String> names = names(row);
                refuseUnknown(row, names, classes);
                line.put(LABEL, names.size() == 1 ? names.get(0) : "");
            } else {
                line.put(LABEL, number(row));
            }
            lines.append(JsonWriter.compact(line.build())).append('\n');
        }
        Files.writeString(file, lines);
        return several
                ? IntStream.range(0, classes.size())
                        .mapToObj(k -> LABEL + "_" + k)
                        .toList()
                : List.of(LABEL);
    }

    private static void refuseUnknown(GoldenRow row, List<String> names, List<String> classes) {
        for (String name : names) {
            if (!classes.contains(name)) {
                throw new StageFailedException(
                        "the label '" + name + "' of golden row '" + row.id() + "' is none of the classes " + classes,
                        "write labels as model.classes has them",
                        null);
            }
        }
    }

    private static List<String> names(GoldenRow row) {
        return row.label() instanceof Label.OfClass one
                ? List.of(one.name())
                : row.label() instanceof Label.OfClasses several
                        ? several.names()
                        : row.label() instanceof Label.OfNumber number ? List.of(number.asName()) : List.of();
    }

    private static double number(GoldenRow row) {
        if (row.label() instanceof Label.OfNumber number) {
            return number.value();
        }
        throw new StageFailedException(
                "the label of golden row '" + row.id() + "' is no number", "write what the regression predicts", null);
    }

    private static void remove(@Nullable Path folder) {
        if (folder == null) {
            return;
        }
        try (java.util.stream.Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            // What is left lies in the stage's own folder, and the next start of the stage does not read it.
        }
    }
}
