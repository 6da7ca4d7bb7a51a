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
import org.xml.sax.InputSource;

/** Every step of a canary is told in every rendering. */
class CanaryRenderingTest {
    private static final String WORSE = "error_rate 0.4 is above max 0.1 <b>";

    @Test
    void theTerminalHasALineAStep() {
        assertThat(new ConsoleRenderer(false).render(run())).contains("""
                          Steps:
                          ✓ PASSED        5%: candidate 1,000 requests, 0 errors, p95 3.25 ms, 990 of 1,000 classes right; stable 19,000 requests, 2 errors
                          ✗ FAILED        50%: candidate 10 requests, 4 errors; stable 10 requests, 0 errors
                        """);
    }

    @Test
    void markdownHasARowAStep() {
        assertThat(MarkdownRenderer.render(run()))
                .contains("### Steps of canary-deploy")
                .contains("| 50% | 10 requests, 4 errors | 10 requests, 0 errors | ");
    }

    @Test
    void pageAndJunitTellSteps() throws Exception {
        String page = HtmlRenderer.render(run());
        String junit = JUnitRenderer.render(run());

        read(page);
        read(junit);
        assertThat(page)
                .contains("Steps of the canary", "19,000 requests, 2 errors")
                .doesNotContain("<b>");
        assertThat(junit).contains("Step 50%, FAILED: candidate 10 requests, 4 errors");
    }

    /** A document from elsewhere may lack anything. */
    @Test
    void aStepThatLacksItsPartsIsNoPass() {
        RunView view = view(List.of(Json.object().put("verdict", "SURE").build()));

        assertThat(new ConsoleRenderer(false).render(view)).contains("NOT_EVALUATED ?%");
    }

    private static RunView run() {
        return view(List.of(
                Json.object()
                        .put("weight", 5)
                        .put("verdict", "PASSED")
                        .put(
                                "candidate",
                                side(1000, 0)
                                        .put("latency_p95_ms", 3.25)
                                        .put("right", 990)
                                        .put("rows", 1000)
                                        .build())
                        .put("stable", side(19_000, 2).build())
                        .build(),
                Json.object()
                        .put("weight", 50)
                        .put("verdict", "FAILED")
                        .put("candidate", side(10, 4).build())
                        .put("stable", side(10, 0).build())
                        .put(
                                "gates",
                                List.of(Json.object()
                                        .put("verdict", "FAILED")
                                        .put("sentence", WORSE)
                                        .build()))
                        .build()));
    }

    private static Json.Builder side(long requests, long errors) {
        return Json.object().put("requests", requests).put("errors", errors);
    }

    private static RunView view(List<Json> steps) {
        StageOutcome outcome = new StageOutcome(
                List.of(SampleGates.exact("accuracy", "min", 0.95, 0.979, OnFailure.BLOCK)),
                List.of(),
                List.of(),
                List.of(),
                Json.object().build(),
                Json.object()
                        .put("canary", Json.object().put("steps", steps).build())
                        .build());
        return SampleRuns.of(List.of(SampleRuns.done(StageName.CANARY_DEPLOY, outcome)));
    }

    private static void read(String xml) throws Exception {
        String document = xml.startsWith("<!DOCTYPE html>") ? xml.substring("<!DOCTYPE html>".length()) : xml;
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(document)));
    }
}
