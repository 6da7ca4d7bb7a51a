// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.stages.api.StageOutcome;
import dev.gatewright.stages.api.StageRequest;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.report.Artifact;
import dev.gatewright.stages.api.report.Report;
import dev.gatewright.stages.api.spec.Place;
import dev.gatewright.stages.api.spec.Placed;
import dev.gatewright.stages.api.spec.Problem;
import dev.gatewright.stages.api.spec.Problems;
import dev.gatewright.stages.testkit.FakeStage;
import dev.gatewright.validation.endpoint.Datatype;
import dev.gatewright.validation.endpoint.Elements;
import dev.gatewright.validation.endpoint.GoldenRow;
import dev.gatewright.validation.endpoint.GoldenSet;
import dev.gatewright.validation.endpoint.Label;
import dev.gatewright.validation.endpoint.TensorType;
import dev.gatewright.validation.endpoint.Tolerance;
import dev.gatewright.validation.metrics.gate.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Golden rows of a run: the spec's rows with the answers of the run's model, and of no column that must never leave. */
class GoldenSetsTest {
    private static final Place PLACE = new Place("gatewright.yaml", 1, 1);
    private static final GoldenSection TWENTY =
            new GoldenSection(PLACE, new Placed<>("holdout", PLACE), 20, null, null);

    @TempDir
    private Path path;

    private FormFolder folder;

    @BeforeEach
    void makeFolder() throws Exception {
        folder = new FormFolder(path);
        folder.writeModel("model.onnx", 0);
    }

    @Test
    void areTheFirstRowsWithTheModelsOwnAnswersAndTheTruth() throws Exception {
        List<GoldenSets.Golden> made = new ArrayList<>();

        Report report = last(request -> made.add(GoldenSets.of(TWENTY, request)));

        assertThat(report.verdict()).as(FormFolder.headline(report)).contains(Verdict.PASSED);
        GoldenSet set = made.get(0).set();
        assertThat(set.modelSha256())
                .isEqualTo(ModelOfRun.open(path.resolve("model.onnx")).digest());
        assertThat(set.inputs()).containsExactly(new TensorType("x", Datatype.FP32, List.of(2)));
        assertThat(set.rows()).hasSize(20);
        assertThat(set.tolerance()).isEqualTo(Tolerance.USUAL);
        GoldenRow first = set.rows().get(0);
        assertThat(first.id()).isEqualTo("holdout:1");
        assertThat(first.label()).isEqualTo(new Label.OfClass("no"));
        assertThat(first.inputs().get("x")).isEqualTo(new Elements.Reals((float) -0.995, 0));
        assertThat(made.get(0).inputs()).extracting(Artifact::name).containsExactly("model", "holdout");
    }

    @Test
    void areLeftForTheStagesAfterThem() throws Exception {
        List<GoldenSet> sets = new ArrayList<>();
        folder.exporting(request -> {
            GoldenSet set = GoldenSets.of(TWENTY, request).set();
            sets.add(set);
            Json.Obj nothing = Json.object().build();
            return new StageOutcome(
                    FakeStage.outcome(1).gates(),
                    List.of(),
                    List.of(),
                    List.of(GoldenSets.leave(set, request)),
                    nothing,
                    nothing);
        });

        Report report = last(request -> sets.add(GoldenSets.of(null, request).set()));

        assertThat(report.verdict()).as(FormFolder.headline(report)).contains(Verdict.PASSED);
        assertThat(sets.get(1)).isEqualTo(sets.get(0));
    }

    @Test
    void areMissingWhereNobodyLeftAny() throws Exception {
        Report report = last(request -> GoldenSets.of(null, request));

        assertThat(report.verdict()).contains(Verdict.NOT_EVALUATED);
        assertThat(FormFolder.headline(report)).contains("there are no golden rows: the stage names none");
    }

    @Test
    void areNotMadeOfRowsThatAreOthersThanTheJudgedOnes() throws Exception {
        folder.evaluate();
        folder.export();
        Files.writeString(path.resolve("holdout.csv"), "x0,x1,y,writer\n1,1,yes,a\n");

        Report report = folder.quantize(request -> {
            GoldenSets.of(TWENTY, request);
            return FakeStage.outcome(1);
        });

        assertThat(FormFolder.headline(report))
                .startsWith("NOT_EVALUATED: holdout.csv is not the file of evaluate-metrics any more");
    }

    @Test
    void noColumnThatNeverLeavesIsInThem() throws Exception {
        folder.neverLeave("x1");
        List<String> said = new ArrayList<>();

        Report report = last(request -> {
            Problems problems = new Problems();
            GoldenSets.check(TWENTY, request.spec(), problems);
            problems.errors().stream().map(Problem::message).forEach(said::add);
            GoldenSets.of(TWENTY, request);
        });

        assertThat(said)
                .singleElement()
                .asString()
                .startsWith("the model is fed by column 'x1', which never leaves, so that no golden row can be made");
        assertThat(report.verdict()).contains(Verdict.NOT_EVALUATED);
        assertThat(FormFolder.headline(report)).contains("the model is fed by column 'x1', which never leaves");
    }

    @Test
    void whatStandsInAColumnThatNeverLeavesIsInNoReport() throws Exception {
        folder.neverLeave("\"x*\"");
        Report inTheFirstRow = evaluated("a", "x0,x1,y,writer\n1,secret-name,yes,a\n-1,1,no,b\n");
        Report inTheSecond = evaluated("b", "x0,x1,y,writer\n1,1,yes,a\n-1,secret-name,no,b\n");

        assertThat(FormFolder.headline(inTheFirstRow)).contains("has a value that never leaves in its first row");
        assertThat(FormFolder.headline(inTheSecond))
                .contains("row 2 (line 3), column 'x1': found a value that never leaves, expected");
    }

    private Report evaluated(String run, String rows) throws Exception {
        Files.writeString(path.resolve("holdout.csv"), rows);
        Report report = folder.evaluate(run);
        assertThat(report.verdict()).contains(Verdict.NOT_EVALUATED);
        assertThat(Files.readString(path.resolve(".gatewright/runs/" + run + "/evaluate-metrics/report.json")))
                .doesNotContain("secret-name");
        return report;
    }

    private interface Use {
        void of(StageRequest request) throws InterruptedException;
    }

    private Report last(Use use) throws Exception {
        folder.evaluate();
        folder.export();
        return folder.quantize(request -> {
            use.of(request);
            return FakeStage.outcome(1);
        });
    }
}
