// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.evaluation;

import dev.gatewright.stages.api.StageFailedException;
import dev.gatewright.stages.api.StageRequest;
import dev.gatewright.stages.api.report.Artifact;
import dev.gatewright.stages.api.spec.GateRequest;
import dev.gatewright.stages.api.spec.GateResolver;
import dev.gatewright.stages.api.spec.ModelSection;
import dev.gatewright.stages.api.spec.Problems;
import dev.gatewright.stages.api.spec.Spec;
import dev.gatewright.validation.evaluation.Diagnosis;
import dev.gatewright.validation.evaluation.Evaluation;
import dev.gatewright.validation.evaluation.EvaluationRequest;
import dev.gatewright.validation.evaluation.FirstAnswers;
import dev.gatewright.validation.evaluation.Parity;
import dev.gatewright.validation.evaluation.ProbeRows;
import dev.gatewright.validation.evaluation.Steadiness;
import dev.gatewright.validation.metrics.catalogue.Metric;
import dev.gatewright.validation.metrics.catalogue.MetricChoice;
import dev.gatewright.validation.metrics.catalogue.PairMetrics;
import dev.gatewright.validation.metrics.catalogue.RunMetrics;
import dev.gatewright.validation.metrics.gate.Gate;
import dev.gatewright.validation.metrics.gate.GateJudge;
import dev.gatewright.validation.metrics.gate.GateResult;
import dev.gatewright.validation.onnx.model.ModelFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Judges another form of the spec's model: by the gates of the stage that made it, and by every gate of evaluate-metrics, on the
 * same rows, baseline included. A gate that compares reads both sides from the same pass.
 */
public final class FormJudge {
    /** What is told of every form, whatever the gates ask for. */
    private static final List<Metric> OF_A_MODEL = List.of(RunMetrics.LATENCY_P50_MS);

    private static final List<Metric> OF_AN_EXPORT = List.of(RunMetrics.LATENCY_P50_MS, PairMetrics.AGREEMENT);

    private static final List<Metric> OF_A_FORM =
            List.of(RunMetrics.LATENCY_P50_MS, PairMetrics.AGREEMENT, PairMetrics.SIZE_RATIO);

    private final EvaluationSection section;
    private final String original;
    private final StageRequest stage;
    private final Requests requests;
    private final List<Gate> own;
    private final List<Gate> ofEvaluateMetrics;

    private FormJudge(
            EvaluationSection section,
            String original,
            StageRequest stage,
            Requests requests,
            List<Gate> own,
            List<Gate> ofEvaluateMetrics) {
        this.section = section;
        this.original = original;
        this.stage = stage;
        this.requests = requests;
        this.own = own;
        this.ofEvaluateMetrics = ofEvaluateMetrics;
    }

    /**
     * Adds to {@code problems} all that is wrong with a stage's own gates, and that forms cannot be judged on predictions.
     *
     * @param isRecorded whether {@code original} answers by files, so that it is no ONNX model that has a size
     */
    public static void check(
            EvaluationSection section,
            List<GateRequest> own,
            String original,
            boolean isRecorded,
            Spec spec,
            Problems problems) {
        if (section.predictions() != null) {
            problems.add(
                    section.place(),
                    "predictions are judged here, and the stage that makes another form of the model has to judge that form by the"
                            + " same gates; judge the model",
                    "data: holdout");
            return;
        }
        Requests requests = new Requests(section, spec, problems);
        requests.gates(own, resolver(section, original, spec, problems), isRecorded ? original : null);
    }

    private static GateResolver resolver(EvaluationSection section, String original, Spec spec, Problems problems) {
        List<String> comparisons = new ArrayList<>(List.of(original));
        comparisons.addAll(Requests.comparisons(section, spec));
        return new GateResolver(spec.model(), Requests.slices(section, spec), comparisons, problems);
    }

    /**
     * The judge of a stage, its rows prepared.
     *
     * @param section the rows and the gates of evaluate-metrics
     * @param own the stage's own gates, which compare with {@code original} where they do not say with what
     * @param original what the stage's gates call the form that the new one was made of: {@code source}, {@code unquantised}
     * @throws StageFailedException if the rows cannot be prepared
     */
    public static FormJudge of(EvaluationSection section, List<GateRequest> own, String original, StageRequest stage)
            throws InterruptedException {
        Spec spec = stage.spec();
        Problems problems = new Problems();
        Requests requests = new Requests(section, spec, problems);
        List<Gate> ownGates = requests.gates(own, resolver(section, original, spec, problems), null);
        List<Gate> others = requests.gates(
                section.gates(),
                new GateResolver(
                        spec.model(), Requests.slices(section, spec), Requests.comparisons(section, spec), problems),
                null);
        if (problems.any()) {
            throw new IllegalStateException("an unchecked spec is run: " + problems.errors());
        }
        List<Gate> all = new ArrayList<>(ownGates);
        all.addAll(others);
        FormJudge judge = new FormJudge(section, original, stage, requests, ownGates, others);
        Evaluations.prepare(section, EvaluationRequest.askForLeakage(all), stage);
        return judge;
    }

    /**
     * Judges {@code form} against {@code from}, the form that it was made of.
     *
     * @throws StageFailedException if nothing could be judged, or the rows are not those that an earlier stage read
     * @throws InterruptedException if the thread was interrupted; everything that was started has been stopped
     */
    public FormJudgement judge(ModelFile form, ModelFile from) throws InterruptedException {
        return judge(
                form,
                new EvaluationRequest.Reference(original, requests.onnx(from.path()), from.digest()),
                told(OF_A_FORM));
    }

    /** The same against what the source model answered to the same rows, of which it was made. */
    public FormJudgement judge(ModelFile form, SourceRun source) throws InterruptedException {
        FormJudgement judgement = judge(
                form,
                new EvaluationRequest.Reference(original, requests.recorded(source.outputs()), null),
                told(OF_AN_EXPORT));
        source.verifyRows(judgement.inputs(), section.rowsName());
        return judgement;
    }

    private FormJudgement judge(ModelFile form, EvaluationRequest.Reference from, List<MetricChoice> told)
            throws InterruptedException {
        List<Gate> all = new ArrayList<>(own);
        all.addAll(ofEvaluateMetrics);
        EvaluationRequest request = requests.ofForm(
                form.path(),
                all.stream().filter(gate -> !isAgainstAnother(gate)).toList(),
                from,
                told,
                stage);
        Evaluations.Timed first = Evaluations.evaluate(request, stage);
        Map<String, Evaluation> compared = new LinkedHashMap<>();
        double seconds = first.seconds();
        for (String other : Requests.comparisons(section, stage.spec())) {
            List<Gate> against =
                    all.stream().filter(gate -> other.equals(gate.against())).toList();
            if (!against.isEmpty()) {
                Evaluations.Timed timed = Evaluations.evaluate(
                        requests.ofForm(form.path(), against, requests.other(other), List.of(), stage), stage);
                compared.put(other, timed.evaluation());
                seconds += timed.seconds();
            }
        }
        return judgement(request, form, first.evaluation(), compared, seconds);
    }

    /** How far all outputs of {@code form} are from those of {@code from}, which it was made of. */
    public Parity parity(ModelFile form, ModelFile from) throws InterruptedException {
        return parity(form, requests.onnx(from.path()));
    }

    /** How far all outputs of {@code form} are from what the source model answered. */
    public Parity parity(ModelFile form, SourceRun source) throws InterruptedException {
        return parity(form, requests.recorded(source.outputs()));
    }

    private Parity parity(ModelFile form, EvaluationRequest.Answering from) throws InterruptedException {
        return Evaluations.failingAsStages(stage.spec(), () -> Parity.of(bare(form), from, stage.progress()::advanced));
    }

    /** Whether {@code form} answers the first rows alike, asked again and in batches of other sizes. */
    public Steadiness steadiness(ModelFile form) throws InterruptedException {
        return Evaluations.failingAsStages(stage.spec(), () -> Steadiness.of(bare(form)));
    }

    /** Why {@code form} does not answer as the source model did; empty where no known cause explains it. */
    public Optional<String> diagnosis(ModelFile form, SourceRun source) throws InterruptedException {
        return Evaluations.failingAsStages(
                stage.spec(), () -> Diagnosis.of(bare(form), requests.recorded(source.outputs())));
    }

    private EvaluationRequest bare(ModelFile form) {
        return requests.ofForm(form.path(), List.of(), null, List.of(), stage);
    }

    /** Measures the original form on the same rows, without a gate: what the others are shown beside. */
    public FormJudgement measure(ModelFile from) throws InterruptedException {
        EvaluationRequest request = requests.ofForm(from.path(), List.of(), null, told(OF_A_MODEL), stage);
        Evaluations.Timed timed = Evaluations.evaluate(request, stage);
        return judgement(request, from, timed.evaluation(), Map.of(), timed.seconds());
    }

    /** All gates of a form that could not be judged; {@code why} completes "could not be judged: …". */
    public List<GateResult> unjudged(String why) {
        return Stream.concat(own.stream(), ofEvaluateMetrics.stream())
                .map(gate -> GateJudge.notEvaluated(gate, why))
                .toList();
    }

    /**
     * What {@code form} answers to the first rows.
     *
     * @throws StageFailedException if it cannot be run on them
     * @throws InterruptedException if the thread was interrupted; everything that was started has been stopped
     */
    public FirstAnswers firstAnswers(ModelFile form, int rows, int batch) throws InterruptedException {
        return Evaluations.failingAsStages(stage.spec(), () -> FirstAnswers.of(bare(form), rows, batch));
    }

    /**
     * Runs {@code model}, which has the original's inputs and outputs of its own, on the first rows.
     *
     * @return the rows as a report names them, and how many were run
     * @throws StageFailedException if it cannot be run, or the rows are not those that an earlier stage read
     * @throws InterruptedException if the thread was interrupted; everything that was started has been stopped
     */
    public RowsRun run(ModelFile model, int rows, ProbeRows.Taker taker) throws InterruptedException {
        ProbeRows.Read read = Evaluations.failingAsStages(stage.spec(), () -> ProbeRows.run(bare(model), rows, taker));
        Artifact artifact = new Artifact(
                section.rowsName(), Artifact.shown(read.path(), stage.spec().folder()), read.bytes(), read.sha256());
        DigestChain.verifyInputs(stage, List.of(artifact));
        return new RowsRun(artifact, read.rows());
    }

    /** Rows that a model was run on: what they were read from, and how many. */
    public record RowsRun(Artifact artifact, long rows) {}

    private List<MetricChoice> told(List<Metric> metrics) {
        ModelSection model = stage.spec().model();
        return metrics.stream()
                .filter(metric -> metric.fits(model.task()))
                .map(metric -> MetricChoice.of(metric, model.classes()))
                .toList();
    }

    private FormJudgement judgement(
            EvaluationRequest request,
            ModelFile form,
            Evaluation evaluation,
            Map<String, Evaluation> compared,
            double seconds) {
        Outcomes outcomes = new Outcomes(stage.spec(), request);
        List<Artifact> inputs = new ArrayList<>(outcomes.rows(evaluation, section.rowsName()));
        String judged = Objects.requireNonNull(evaluation.model()).digest();
        compared.forEach((name, other) -> {
            inputs.addAll(outcomes.rows(other, section.rowsName()));
            Evaluation.ModelRun reference = other.reference();
            if (reference != null) {
                inputs.add(outcomes.model(name, reference));
            }
        });
        if (!judged.equals(form.digest())) {
            throw new StageFailedException(
                    form.path() + " changed while it was judged: its digest was " + form.digest() + " and is " + judged,
                    "start the stage again",
                    null);
        }
        DigestChain.verifyInputs(stage, inputs);
        List<GateResult> results = new ArrayList<>(evaluation.gates());
        compared.values().forEach(other -> results.addAll(other.gates()));
        return new FormJudgement(
                Evaluations.inOrder(own, results),
                Evaluations.inOrder(ofEvaluateMetrics, results),
                evaluation,
                outcomes.metrics(evaluation),
                inputs.stream().distinct().toList(),
                outcomes.facts(evaluation, section.rowsName()),
                outcomes.environment(evaluation, seconds));
    }

    private boolean isAgainstAnother(Gate gate) {
        return gate.against() != null && !gate.against().equals(original);
    }
}
