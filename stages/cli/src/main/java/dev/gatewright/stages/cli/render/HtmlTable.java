// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.render;

import dev.gatewright.stages.api.report.Report;

/** Tables of a page, which scroll in their own box where the page is narrow. */
final class HtmlTable {
    private HtmlTable() {}

    /** Opens a table whose columns have those headings; one that begins with {@code #} holds numbers. */
    static void open(Markup page, String caption, String style, String... headings) {
        begin(page, caption, style);
        for (String heading : headings) {
            heading(page, heading);
        }
        body(page);
    }

    /** Opens a table before the first of its headings. */
    static void begin(Markup page, String caption, String style) {
        begin(page, caption, caption, style);
    }

    /** The same, with a {@code name} for those who do not see what it stands under. */
    static void begin(Markup page, String name, String caption, String style) {
        // A box that scrolls can be reached with the keyboard.
        page.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", name);
        page.open("table", "class", style);
        page.leaf("caption", caption);
        page.open("thead").open("tr");
    }

    /** A column's heading. */
    static void heading(Markup page, String heading) {
        boolean number = heading.startsWith("#");
        page.leaf("th", number ? heading.substring(1) : heading, "scope", "col", "class", number ? "number" : "words");
    }

    /** Ends the headings. */
    static void body(Markup page) {
        page.close().close().line();
        page.open("tbody").line();
    }

    /** Closes the table. */
    static void close(Markup page) {
        page.close().close().closeLine();
    }

    /** A cell of text of unknown origin. */
    static void name(Markup page, String text) {
        page.leaf("td", PlainText.line(text, PlainText.NAME), "dir", "auto", "class", "name");
    }

    /** The cell that says what its row is about. */
    static void head(Markup page, String text) {
        page.leaf("th", PlainText.line(text, PlainText.NAME), "scope", "row", "dir", "auto", "class", "name");
    }

    /** A cell with a number. */
    static void number(Markup page, String number) {
        page.leaf("td", number, "class", "number");
    }

    /** Says that {@code more} things are not shown, if there are any. */
    static void more(Markup page, int more, String what) {
        if (more > 0) {
            String text = "And " + Figures.count(more) + " more " + what + ", which are in " + Report.FILE_NAME + ".";
            page.leaf("p", text, "class", "more").line();
        }
    }
}
