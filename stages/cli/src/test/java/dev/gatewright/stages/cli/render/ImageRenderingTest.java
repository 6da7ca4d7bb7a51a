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

/** An image is told layer by layer, in every rendering, whatever it and its layers are called. */
class ImageRenderingTest {
    private static final String DIGEST = "sha256:" + "0a".repeat(32);

    @Test
    void theTerminalHasALineALayer() {
        assertThat(new ConsoleRenderer(false).render(run("model")))
                .contains("  Image: localhost:5000/digits:1@" + DIGEST + "\n")
                .contains("  layer runtime, 28.0 MiB, unchanged\n  layer model, 256.0 MiB, new\n")
                .contains("  for linux/amd64, upon none, 284.0 MiB\n")
                .contains("  booted without a container: ready after 812 ms, 200 golden rows, 1 answered otherwise\n")
                .contains("  pushed to localhost:5000/digits:1: 256.0 MiB sent, 3 blobs were there\n");
    }

    @Test
    void ofAnEngineOnlyWhatItSaysIsTold() {
        String digest = "sha256:" + "0b".repeat(32);
        Json.Obj judged = Json.object()
                .put("name", "localhost:5000/digits:1")
                .put("builder", "docker")
                .put("digest", DIGEST)
                .put("platform", "linux/amd64")
                .put("base", "the base of its Dockerfile")
                .put("bytes", 284L << 20)
                .put(
                        "layers",
                        List.of(Json.object()
                                .put("name", "1")
                                .put("digest", DIGEST)
                                .build()))
                .build();
        Json.Obj pushed = Json.object()
                .put("reference", "localhost:5000/digits:1")
                .put("digest", digest)
                .build();

        RunView run = run(judged, Json.object().put("pushed", pushed).build());

        assertThat(new ConsoleRenderer(false).render(run))
                .contains("  Image: localhost:5000/digits:1, " + DIGEST + "\n")
                .contains("  for linux/amd64, upon the base of its Dockerfile, 1 layer, 284.0 MiB\n")
                .contains("  pushed to localhost:5000/digits:1@" + digest + "\n")
                .doesNotContain("layer 1", "?");
        assertThat(MarkdownRenderer.render(run)).contains("| 1 | – | – | `" + DIGEST + "` |");
    }

    @Test
    void markdownHasARowALayer() {
        assertThat(MarkdownRenderer.render(run("mo|del")))
                .contains("### Image of containerize")
                .contains("| runtime | 28.0 MiB | unchanged | `" + DIGEST + "` |")
                .contains("| mo&#124;del | 256.0 MiB | new |")
                .contains("- booted without a container: ready after 812 ms");
    }

    @Test
    void junitTellsItInTheOutputOfTheSuite() {
        assertThat(JUnitRenderer.render(run("model")))
                .contains("Image localhost:5000/digits:1@" + DIGEST)
                .contains("Layer model, 256.0 MiB, " + DIGEST);
    }

    @Test
    void thePageHasATableOfLayers() throws Exception {
        String page = HtmlRenderer.render(run("<b>model</b>"));

        DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(page.substring("<!DOCTYPE html>".length()))));
        assertThat(page)
                .contains("Layers, the lowest first", "&lt;b", "row 7 is wrong", "284.0 MiB")
                .doesNotContain("<b>model");
    }

    private static RunView run(String layer) {
        Json.Obj judged = Json.object()
                .put("name", "localhost:5000/digits:1")
                .put("digest", DIGEST)
                .put("platform", "linux/amd64")
                .put("base", "none")
                .put("bytes", 284L << 20)
                .put("layers", List.of(layer("runtime", 28L << 20), layer(layer, 256L << 20)))
                .build();
        Json.Obj image = Json.object()
                .put(
                        "layers",
                        List.of(
                                Json.object().put("reused", true).build(),
                                Json.object().put("reused", false).build()))
                .put(
                        "pushed",
                        Json.object()
                                .put("reference", "localhost:5000/digits:1")
                                .put("bytes", 256L << 20)
                                .put("present", 3)
                                .build())
                .build();
        return run(judged, image);
    }

    private static RunView run(Json.Obj judged, Json.Obj image) {
        Json.Obj boot = Json.object()
                .put("how", "booted without a container")
                .put("startMilliseconds", 812)
                .put("mismatches", Json.texts(List.of("row 7 is wrong")))
                .build();
        StageOutcome outcome = new StageOutcome(
                List.of(SampleGates.exact("accuracy", "min", 0.95, 0.979, OnFailure.BLOCK)),
                List.of(),
                List.of(),
                List.of(),
                Json.object()
                        .put("image", judged)
                        .put(
                                "golden",
                                Json.object().put("rows", 200).put("wrong", 1).build())
                        .build(),
                Json.object().put("image", image).put("boot", boot).build());
        return SampleRuns.of(List.of(SampleRuns.done(StageName.CONTAINERIZE, outcome)));
    }

    private static Json layer(String name, long bytes) {
        return Json.object()
                .put("name", name)
                .put("digest", DIGEST)
                .put("bytes", bytes)
                .build();
    }
}
