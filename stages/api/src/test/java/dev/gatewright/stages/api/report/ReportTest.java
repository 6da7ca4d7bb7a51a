// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.json.JsonWriter;
import dev.gatewright.validation.metrics.gate.Verdict;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportTest {
    @TempDir
    private Path folder;

    @Test
    void readsBackWhatWasWritten() throws IOException {
        Report written = Reports.full();

        Report report = read(JsonWriter.pretty(written.document()));

        assertThat(report).isEqualTo(written);
        assertThat(report.stage()).isEqualTo(StageName.EVALUATE_METRICS);
        assertThat(report.runId()).isEqualTo("20261123-083000-7f3a9c");
        assertThat(report.status()).isEqualTo(Status.DONE);
        assertThat(report.verdict()).contains(Verdict.FAILED);
        assertThat(report.inputs())
                .containsExactly(
                        new Artifact("model", "build/model.onnx", 1024, "a".repeat(64)),
                        new Artifact("holdout", "/data/holdout.csv", 4096, "b".repeat(64)));
        assertThat(report.outputs()).extracting(Artifact::name).containsExactly("predictions");
        assertThat(report.isIntact()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gatewright-report/v2", "gatewright-report/v10", "gatewright-run/v1", ""})
    void refusesOtherFormatsByName(String schema) {
        assertThatThrownBy(() -> read(JsonWriter.pretty(with("schema", Json.of(schema)))))
                .isInstanceOf(IOException.class)
                .hasMessage(file() + ": this document has the schema '" + schema
                        + "', and this program reads gatewright-report/v1");
    }

    @ParameterizedTest
    @CsvSource({
        "schema, ",
        "stage, ",
        "stage, deploy",
        "runId, ",
        "status, ",
        "status, done",
        "status, FINISHED",
        "verdict, passed",
        "verdict, GREEN",
    })
    void refusesWhatItsReadersCouldNotTrust(String name, String value) {
        assertThatThrownBy(() -> read(JsonWriter.pretty(with(name, Json.of(value)))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file().toString());
    }

    @Test
    void refusesWhatIsNoJsonObject() {
        assertThatThrownBy(() -> read("[]")).hasMessage(file() + " is no report: it is no JSON object");
        assertThatThrownBy(() -> read("{")).isInstanceOf(IOException.class);
    }

    @Test
    void refusesAFileThatIsLargerThanAnyReport() throws IOException {
        try (RandomAccessFile sparse = new RandomAccessFile(file().toFile(), "rw")) {
            sparse.setLength((256L << 20) + 1);
        }

        assertThatThrownBy(() -> Report.read(file())).hasMessage(file() + " is larger than any report");
    }

    @Test
    void isNotIntactOnceItsJudgementIsAnother() {
        assertThat(new Report(with("verdict", Json.of("PASSED"))).isIntact()).isFalse();
        assertThat(new Report(with("judgementDigest", Json.NULL)).isIntact()).isFalse();
        assertThat(new Report(with("headline", Json.of("PASSED"))).isIntact()).isTrue();
    }

    private Path file() {
        return folder.resolve("report.json");
    }

    private Report read(String text) throws IOException {
        return Report.read(Files.writeString(file(), text));
    }

    private static Json.Obj with(String name, Json value) {
        Map<String, Json> members =
                new LinkedHashMap<>(Reports.full().document().members());
        members.put(name, value);
        return new Json.Obj(members);
    }
}
