// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.StageOutcome;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.validation.metrics.gate.OnFailure;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.InputSource;

/** What was seen of an endpoint is told in every rendering, whatever it says of itself. */
class EndpointRenderingTest {
    private static final String LOAD =
            "3,000 requests at 100 a second, 99.5 a second answered rightly, p50 1.5 ms, p99 9 ms; 2 failed, 1 dropped";

    @Test
    void everyRenderingTellsIdentityLoadAndWhatWentWrong() throws Exception {
        RunView view = run("out of order", "is 0.5 in element 0");

        for (String text : List.of(
                new ConsoleRenderer(false).render(view),
                MarkdownRenderer.render(view),
                JUnitRenderer.render(view),
                HtmlRenderer.render(view))) {
            assertThat(text)
                    .contains("it names the digest of the judged model abababababab")
                    .contains(LOAD)
                    .contains("out of order")
                    .contains("is 0.5 in element 0")
                    .contains("is answered 200");
        }
        assertThat(HtmlRenderer.render(view))
                .contains(
                        "Latency by percentile", "50%: 1.5 ms, 90%: 3 ms, 99%: 9 ms", "TLSv1.3, TLS_AES_128_GCM_SHA256")
                .contains("2 requests that had to be refused");
        read(HtmlRenderer.render(view));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<script>alert(1)</script>", "\" onmouseover=\"alert(1)", "]]>", "\u001b[31mred", "\u202egnp"})
    void whatAnEndpointSaysTakesNoEffect(String said) {
        RunView view = run(said, said);

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
    void anEndpointThatLacksItsPartsIsShownAsFarAsItGoes() throws Exception {
        RunView view = view(
                Json.object().build(),
                Json.object()
                        .put("url", "http://127.0.0.1:1")
                        .put(
                                "load",
                                Json.object()
                                        .put("requests", 1)
                                        .put("latencies", "none")
                                        .build())
                        .put("probes", "none")
                        .build());

        read(HtmlRenderer.render(view));
        assertThat(new ConsoleRenderer(false).render(view)).contains("nothing proves that it serves the judged model");
    }

    private static RunView run(String reason, String mismatch) {
        List<Json> curve = new ArrayList<>();
        for (double[] point : new double[][] {{0, 1}, {0.5, 1.5}, {0.9, 3}, {0.99, 9}, {1, 30}}) {
            curve.add(new Json.Arr(List.of(Json.of(point[0]), Json.of(point[1]))));
        }
        Json.Obj load = Json.object()
                .put("requests", 3000)
                .put("intendedRate", 100.0)
                .put("achievedRate", 99.5)
                .put("failed", 2)
                .put("dropped", 1)
                .put("reasons", Json.object().put(reason, 2).build())
                .put("latencies", curve)
                .build();
        Json.Obj seen = Json.object()
                .put("url", "https://models.example.com")
                .put("readyAfterMs", 12.5)
                .put("greatestDifference", 1e-7)
                .put("mismatches", Json.texts(List.of("row 'r', output 'p' " + mismatch)))
                .put("load", load)
                .put(
                        "tls",
                        Json.object()
                                .put("version", "TLSv1.3")
                                .put("suite", "TLS_AES_128_GCM_SHA256")
                                .put("expires", "2027-01-01T00:00:00Z")
                                .build())
                .put(
                        "probes",
                        List.of(
                                probe("half a document", true, "is answered 400"),
                                probe("no JSON", false, "is answered 200")))
                .build();
        Json.Obj facts = Json.object()
                .put(
                        "identity",
                        Json.object()
                                .put("model", "ab".repeat(32))
                                .put("proof", "digest")
                                .build())
                .build();
        return view(facts, seen);
    }

    private static Json.Obj probe(String name, boolean held, String what) {
        return Json.object()
                .put("name", name)
                .put("held", held)
                .put("what", what)
                .build();
    }

    private static RunView view(Json.Obj facts, Json.Obj seen) {
        StageOutcome outcome = new StageOutcome(
                List.of(SampleGates.exact("accuracy", "min", 0.95, 0.979, OnFailure.BLOCK)),
                List.of(),
                List.of(),
                List.of(),
                facts,
                Json.object().put("endpoint", seen).build());
        return SampleRuns.of(List.of(SampleRuns.done(StageName.SMOKE_TEST, outcome)));
    }

    private static void read(String xml) throws Exception {
        DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(xml.replace("<!DOCTYPE html>", ""))));
    }
}
