// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.command;

import dev.gatewright.stages.api.json.JsonWriter;
import dev.gatewright.stages.cli.render.ConsoleRenderer;
import dev.gatewright.stages.cli.render.HtmlRenderer;
import dev.gatewright.stages.cli.render.JUnitRenderer;
import dev.gatewright.stages.cli.render.MarkdownRenderer;
import dev.gatewright.stages.cli.render.RunView;

/** The forms in which a run can be shown, as the command line names them. */
enum RunFormat {
    console,
    markdown,
    html,
    junit,
    json;

    String of(RunView view, boolean colour) {
        return switch (this) {
            case console -> new ConsoleRenderer(colour).render(view);
            case markdown -> MarkdownRenderer.render(view);
            case html -> HtmlRenderer.render(view);
            case junit -> JUnitRenderer.render(view);
            case json -> JsonWriter.pretty(view.run().toJson());
        };
    }
}
