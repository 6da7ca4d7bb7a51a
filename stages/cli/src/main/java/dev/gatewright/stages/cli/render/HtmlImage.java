// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.render;

import dev.gatewright.stages.api.json.Json;
import java.util.Optional;

/** An image on a page: its layers with their sizes, how it was booted, and where it went. */
final class HtmlImage {
    private static final int MOST_LAYERS = 200;

    private HtmlImage() {}

    static void write(Markup page, StageView stage) {
        Optional<ImageView> found = stage.image();
        if (found.isEmpty()) {
            return;
        }
        ImageView image = found.get();
        page.open("section", "class", "figure").leaf("h3", "Image").line();
        page.open("p", "dir", "auto").leaf("code", PlainText.line(image.name(), PlainText.SENTENCE));
        page.closeLine();
        HtmlTable.open(page, "Layers, the lowest first", "files", "Layer", "#Size", "Written", "Digest");
        for (ImageView.Layer layer :
                image.layers().subList(0, Math.min(MOST_LAYERS, image.layers().size()))) {
            page.open("tr");
            HtmlTable.head(page, layer.name());
            HtmlTable.number(page, layer.size());
            HtmlTable.name(page, layer.told());
            page.open("td", "class", "hash")
                    .leaf("code", PlainText.line(layer.digest(), PlainText.NAME))
                    .close();
            page.closeLine();
        }
        HtmlTable.close(page);
        HtmlTable.more(page, image.layers().size() - MOST_LAYERS, "layers");
        for (String sentence : image.sentences()) {
            page.leaf("p", PlainText.line(sentence, PlainText.SENTENCE) + ".", "class", "more", "dir", "auto")
                    .line();
        }
        for (Json item : image.boot().items("mismatches")) {
            if (item instanceof Json.Text text) {
                page.leaf("p", PlainText.line(text.value(), PlainText.SENTENCE), "class", "more", "dir", "auto")
                        .line();
            }
        }
        page.closeLine();
    }
}
