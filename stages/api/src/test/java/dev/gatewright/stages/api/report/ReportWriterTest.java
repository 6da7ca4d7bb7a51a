// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.stages.api.Outcomes;
import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.json.CanonicalJson;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.json.JsonReader;
import dev.gatewright.stages.api.json.JsonWriter;
import dev.gatewright.validation.metrics.gate.OnFailure;
import dev.gatewright.validation.metrics.gate.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportWriterTest {
    /** The format, whole: what is in {@code report-full.json} is what other programs read. */
    @Test
    void writesEveryFieldOfTheFormat() throws IOException {
        try (InputStream in = ReportWriterTest.class.getResourceAsStream("report-full.json")) {
            assertThat(JsonWriter.pretty(Reports.full().document()))
                    .isEqualToNormalizingNewlines(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void saysOfAStageThatWasStartedThatItHasNotFinished() {
        Report report = Reports.writer().started();

        assertThat(report.status()).isEqualTo(Status.RUNNING);
        assertThat(report.verdict()).contains(Verdict.NOT_EVALUATED);
        assertThat(report.document().text("headline")).contains("NOT_EVALUATED: started, not finished");
        assertThat(report.document().object("cause").text("next")).contains("start it again");
        assertThat(report.isIntact()).isTrue();
    }

    @Test
    void saysOfAStageThatCouldNotJudgeWhyAndWhatToDo() {
        Report report = Reports.writer().failed(Reports.END, "there is no model", "train one", "at a.b.C");

        assertThat(report.status()).isEqualTo(Status.DONE);
        assertThat(report.verdict()).contains(Verdict.NOT_EVALUATED);
        assertThat(report.document().text("headline")).contains("NOT_EVALUATED: there is no model");
        assertThat(report.document().object("cause"))
                .isEqualTo(Json.object()
                        .put("sentence", "there is no model")
                        .put("next", "train one")
                        .build());
        assertThat(report.document().object("environment").text("stackTrace")).contains("at a.b.C");
        assertThat(report.document().text("ended")).contains("2026-11-23T08:31:30.123Z");
        assertThat(report.isIntact()).isTrue();
    }

    /** Such a message can come from a broken file; it must not keep the report from being written. */
    @Test
    void saysWhatIsNoUnicode() throws IOException {
        Report report = Reports.writer().failed(Reports.END, "bad \uD800", "see \uDC00", "at \uD800");

        String text = JsonWriter.pretty(report.document());

        assertThat(CanonicalJson.sha256(report.document())).isNotEmpty();
        assertThat(JsonReader.read(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(report.document());
        assertThat(report.document().text("headline")).contains("NOT_EVALUATED: bad ?");
    }

    @Test
    void namesTheStageThatStoppedAnother() {
        Report report = Reports.writer().notStarted(StageName.TRAIN_GATE, "train-gate is FAILED in run x");

        assertThat(report.status()).isEqualTo(Status.NOT_STARTED);
        assertThat(report.verdict()).isEmpty();
        assertThat(report.document().text("headline")).contains("NOT_STARTED: stopped by train-gate");
        assertThat(report.document().text("stoppedBy")).contains("train-gate");
        assertThat(report.document().object("cause").text("sentence")).contains("train-gate is FAILED in run x");
        assertThat(report.isIntact()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "PASSED PASSED, PASSED",
        "PASSED FAILED NOT_EVALUATED, FAILED",
        "PASSED INCONCLUSIVE NOT_EVALUATED, NOT_EVALUATED",
        "PASSED INCONCLUSIVE, INCONCLUSIVE",
    })
    void combinesTheVerdictsOfItsGates(String gates, Verdict verdict) {
        Verdict[] verdicts =
                List.of(gates.split(" ")).stream().map(Verdict::valueOf).toArray(Verdict[]::new);

        Report report = Reports.writer().done(Reports.END, Outcomes.of(verdicts));

        assertThat(report.verdict()).contains(verdict);
        assertThat(report.document().text("headline")).contains(verdict.name());
    }

    @ParameterizedTest
    @CsvSource({
        "FAILED, 1, 'PASSED, 1 warning'",
        "INCONCLUSIVE, 2, 'PASSED, 2 warnings'",
        "NOT_EVALUATED, 1, NOT_EVALUATED",
        "PASSED, 1, PASSED",
    })
    void countsWarningsInTheHeadline(Verdict verdict, int gates, String headline) {
        var results = java.util.Collections.nCopies(gates, Outcomes.gate(verdict, OnFailure.WARN));

        Report report = Reports.writer().done(Reports.END, Outcomes.of(results));

        assertThat(report.document().text("headline")).contains(headline);
    }

    @Test
    void takesNoGateForNoPass() {
        Report report = Reports.writer().done(Reports.END, Outcomes.of());

        assertThat(report.verdict()).contains(Verdict.NOT_EVALUATED);
        assertThat(report.document().object("cause").text("sentence"))
                .contains("the stage judged no gate, and no gate is no pass");
    }
}
