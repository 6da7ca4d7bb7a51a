// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

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

/** Every form that was tried is told, in every rendering, whatever it and its nodes are called. */
class LadderRenderingTest {
    private static final String LOST =
            "accuracy 0.62 against unquantised 0.98 is above max-degradation 0.01: would pass at 0.36";

    @Test
    void theTerminalHasALineAForm() {
        assertThat(new ConsoleRenderer(false).render(run("int8-dynamic", "/encoder/MatMul")))
                .contains("""
                          Rungs:
                          ✗ FAILED        int8-dynamic: %s
                          ✓ PASSED        int8-static: without /encoder/MatMul, accuracy 0.979, agreement 0.994, 27.1%% of the size, 0.61 ms after 1.4 ms
                          · not tried     fp16: int8-static passed before it
                        """.formatted(LOST));
    }

    @Test
    void markdownHasARowAForm() {
        assertThat(MarkdownRenderer.render(run("int8-dynamic", "MatMul")))
                .contains("### Rungs of quantize")
                .contains("| ❌ FAILED | int8-dynamic | 0.62 | 0.63 | 26.0% | 0.58 ms |")
                .contains("| ⏸️ not tried | fp16 | – | – | – | – | int8-static passed before it |");
    }

    @Test
    void junitTellsFormsInTheOutputOfTheSuite() {
        assertThat(JUnitRenderer.render(run("int8-dynamic", "MatMul")))
                .contains("Rung int8-dynamic, FAILED: " + LOST)
                .contains("Rung fp16, not tried: int8-static passed before it");
    }

    @Test
    void thePageDrawsFormsAndTheNodesThatSpoilOne() throws Exception {
        String page = HtmlRenderer.render(run("int8-dynamic", "/encoder/MatMul"));

        read(page);
        assertThat(page)
                .contains("accuracy over size", "accuracy over latency")
                .contains("int8-dynamic: accuracy 0.62, KiB 25.3906. ")
                .contains("What spoils int8-static")
                .contains("/encoder/MatMul")
                .contains("12.0 dB")
                .contains("left out")
                .contains("With all nodes: " + LOST, "Without the worst node: all 6 gates hold");
        assertThat(page.split("class=\"dot o-", -1)).hasSize(2 * 3 + 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "\" onmouseover=\"alert(1)",
                "]]>",
                "| a | b |",
                "\u001b[31mred\u001b[0m",
                "\u202egnp.exe",
            })
    void namesTakeNoEffect(String name) {
        RunView view = run(name, name);

        assertThatCode(() -> {
                    read(HtmlRenderer.render(view));
                    read(JUnitRenderer.render(view));
                })
                .doesNotThrowAnyException();
        assertThat(HtmlRenderer.render(view)).doesNotContain("<script", "\" onmouseover", "\u202e");
        assertThat(new ConsoleRenderer(false).render(view)).doesNotContain("\u001b", "\u202e");
    }

    /** A document from elsewhere may lack anything. */
    @Test
    void aLadderThatLacksItsPartsIsShownAsFarAsItGoes() throws Exception {
        Json.Obj odd = Json.object()
                .put("unquantised", "none")
                .put("rungs", List.of(Json.object().put("verdict", "SURE").build()))
                .build();
        RunView view = view(odd, Json.object().build());

        read(HtmlRenderer.render(view));
        assertThat(new ConsoleRenderer(false).render(view)).contains("not tried");
    }

    private static RunView run(String first, String node) {
        Json steps = Json.texts(List.of(LOST, "all 6 gates hold"));
        Json.Obj blame = Json.object()
                .put("rows", 256)
                .put("score", 0.98)
                .put(
                        "nodes",
                        List.of(
                                Json.object()
                                        .put("node", node)
                                        .put("operator", "MatMul")
                                        .put("signalToNoise", 12)
                                        .put("changed", 70)
                                        .put("score", 0.7)
                                        .build(),
                                Json.object()
                                        .put("node", "last")
                                        .put("operator", "Gemm")
                                        .put("signalToNoise", 41)
                                        .put("changed", 0)
                                        .put("score", 0.98)
                                        .build()))
                .put(
                        "steps",
                        List.of(
                                Json.object()
                                        .put("excluded", 0)
                                        .put("verdict", "FAILED")
                                        .build(),
                                Json.object()
                                        .put("excluded", 1)
                                        .put("verdict", "PASSED")
                                        .build()))
                .build();
        Json.Obj judged = Json.object()
                .put(
                        "unquantised",
                        Json.object()
                                .put("bytes", 100_000)
                                .put(
                                        "metrics",
                                        Json.object().put("accuracy", 0.98).build())
                                .build())
                .put(
                        "rungs",
                        List.of(
                                form(first, "FAILED", 26_000, 0.62, 0.63).build(),
                                form("int8-static", "PASSED", 27_100, 0.979, 0.994)
                                        .put("excluded", Json.texts(List.of(node)))
                                        .put("blame", blame)
                                        .build(),
                                Json.object().put("mode", "fp16").build()))
                .build();
        Json.Obj measured = Json.object()
                .put("unquantised", time("", 1.4).build())
                .put(
                        "rungs",
                        List.of(
                                time(LOST, 0.58).build(),
                                time("all 6 gates hold", 0.61)
                                        .put("steps", steps)
                                        .build(),
                                Json.object()
                                        .put("sentence", "int8-static passed before it")
                                        .build()))
                .build();
        return view(judged, measured);
    }

    private static Json.Builder form(String mode, String verdict, long bytes, double accuracy, double agreement) {
        return Json.object()
                .put("mode", mode)
                .put("verdict", verdict)
                .put("bytes", bytes)
                .put(
                        "metrics",
                        Json.object()
                                .put("accuracy", accuracy)
                                .put("agreement", agreement)
                                .put("size_ratio", bytes / 1e5)
                                .build());
    }

    private static Json.Builder time(String sentence, double latency) {
        return Json.object()
                .put("sentence", sentence)
                .put("metrics", Json.object().put("latency_p50_ms", latency).build());
    }

    private static RunView view(Json.Obj judged, Json.Obj measured) {
        StageOutcome outcome = new StageOutcome(
                List.of(SampleGates.exact("accuracy", "min", 0.95, 0.979, OnFailure.BLOCK)),
                List.of(),
                List.of(),
                List.of(),
                Json.object().put("ladder", judged).build(),
                Json.object().put("ladder", measured).build());
        return SampleRuns.of(List.of(SampleRuns.done(StageName.QUANTIZE, outcome)));
    }

    private static void read(String xml) throws Exception {
        String document = xml.startsWith("<!DOCTYPE html>") ? xml.substring("<!DOCTYPE html>".length()) : xml;
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(document)));
    }
}
