// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.render;

/** Stand-in. */
public final class MarkdownRenderer {
    private MarkdownRenderer() {}

    /** The run. */
    public static String render(RunView view) {
        return view.run().runId();
    }
}
