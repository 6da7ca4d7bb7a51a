// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.StageOutcome;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.validation.metrics.gate.OnFailure;
import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.InputSource;

/** A page shows how far an exported model is from its source, whatever its outputs are called. */
class ParityRenderingTest {
    @Test
    void thePagePlotsTheExportedModelOverItsSource() throws Exception {
        String page = HtmlRenderer.render(run("logits", null));

        read(page);
        assertThat(page)
                .contains("logits: exported over source", "logits: the elements that are farthest apart", "0.25")
                .doesNotContain("Defect");
        assertThat(page.split("class=\"dot o-shown\"", -1)).hasSize(3 + 1);
    }

    @Test
    void aDefectHasAColumn() throws Exception {
        String page = HtmlRenderer.render(run("logits", "the model has no output 'logits'"));

        read(page);
        assertThat(page).contains("Defect", "the model has no output &#39;logits&#39;");
    }

    @Test
    void theRowsThatDifferMostAreToldByEveryRendering() throws Exception {
        RunView run = run("logits", null);
        String page = HtmlRenderer.render(run);

        read(page);
        assertThat(page)
                .contains("The rows that are answered most differently", "no answer")
                .containsPattern(">1,234<(?s:.*)>bee<(?s:.*)>0.9<(?s:.*)>ant<(?s:.*)>0.55<(?s:.*)>0.45<");
        assertThat(MarkdownRenderer.render(run))
                .contains(
                        "2 rows that are answered most differently</summary>",
                        "| 1,234 | logits | bee 0.9 | ant 0.55 | 0.45 |",
                        "| 7 | logits | bee 0.9 | no answer | – |");
        assertThat(new ConsoleRenderer(false).render(run))
                .contains(
                        "  Worst row: row 1,234 (truth logits): source bee 0.9, exported ant 0.55 (1 more in the report)\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<script>alert(1)</script>", "\" onmouseover=\"alert(1)", "]]>", "\u202egnp.exe"})
    void namesTakeNoEffect(String name) throws Exception {
        String page = HtmlRenderer.render(run(name, name));

        read(page);
        assertThat(page).doesNotContain("<script", "onmouseover=\"alert");
    }

    private static RunView run(String output, String defect) {
        Json.Obj parity = Json.object()
                .put("name", output)
                .put("elements", 3)
                .put("unequal", 1)
                .put("maxAbsolute", 0.25)
                .put("maxRelative", 0.5)
                .put("tolerance", 0.2)
                .put("defect", defect)
                .put(
                        "worst",
                        List.of(Json.object()
                                .put("row", 2)
                                .put("element", 0)
                                .put("source", output)
                                .put("exported", "0.75")
                                .build()))
                .put(
                        "pairs",
                        List.of(pair(0, 0), pair(0.5, 0.75), pair(1, 1), new Json.Arr(List.of(Json.NULL, Json.NULL))))
                .build();
        StageOutcome outcome = new StageOutcome(
                List.of(SampleGates.exact("accuracy", "min", 0.95, 0.979, OnFailure.BLOCK)),
                List.of(),
                List.of(),
                List.of(),
                Json.object().build(),
                Json.object()
                        .put("parity", List.of(parity))
                        .put(
                                "worstRows",
                                List.of(
                                        row(1234, output, answer("ant", 0.55), 0.45),
                                        row(7, output, Json.NULL, Double.NaN)))
                        .build());
        return SampleRuns.of(List.of(SampleRuns.done(StageName.EXPORT_ONNX, outcome)));
    }

    private static Json row(long number, String truth, Json exported, double difference) {
        return Json.object()
                .put("row", number)
                .put("truth", truth)
                .put("source", answer("bee", 0.9))
                .put("exported", exported)
                .put("difference", difference)
                .build();
    }

    private static Json answer(String label, double score) {
        return Json.object().put("label", label).put("score", score).build();
    }

    private static Json pair(double source, double exported) {
        return new Json.Arr(List.of(Json.of(source), Json.of(exported)));
    }

    private static void read(String page) throws Exception {
        String document = page.substring("<!DOCTYPE html>".length());
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(document)));
    }
}
