// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.render;

/** The mark of an outcome as a small picture. The word always stands beside it, so readers of the page's text skip it. */
final class Icon {
    private Icon() {}

    /** Draws the mark of {@code outcome}, as high as the text around it, or as its style says. */
    static void write(Markup page, Outcome outcome) {
        page.open(
                "svg",
                "class",
                "icon",
                "viewBox",
                "0 0 24 24",
                "width",
                "20",
                "height",
                "20",
                "aria-hidden",
                "true",
                "fill",
                "none",
                "stroke",
                "currentColor",
                "stroke-width",
                "2.4",
                "stroke-linecap",
                "round",
                "stroke-linejoin",
                "round");
        switch (outcome) {
            case PASSED -> path(page, "M6.5 12.5l3.7 3.7 7.3-8");
            case FAILED -> path(page, "M7.5 7.5l9 9m0-9l-9 9");
            case INCONCLUSIVE -> path(page, "M9 9.3a3 3 0 1 1 4.4 2.7c-.9.5-1.4 1-1.4 2M12 17.3v.1");
            case NOT_EVALUATED -> path(page, "M7 12h10");
            case WARNING -> path(page, "M12 6.8v6.4M12 17v.1");
            case RUNNING, WAITING -> path(page, "M7.5 12v.1M12 12v.1M16.5 12v.1");
            case NOT_STARTED -> path(page, "M12 12v.1");
        }
        page.empty("circle", "class", "ring", "cx", "12", "cy", "12", "r", "10.6", "stroke-width", "1.4");
        page.close();
    }

    private static void path(Markup page, String path) {
        page.empty("path", "d", path);
    }
}
