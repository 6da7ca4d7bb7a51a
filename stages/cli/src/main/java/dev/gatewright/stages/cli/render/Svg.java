// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.render;

import java.util.Locale;

/**
 * Shapes of a plot. Places are numbers of pixels or percentages. The style sheet colours a shape by its style; each has a
 * paint of its own beside that, so that a plot can be read where a host takes the style sheet away, as Jenkins does.
 */
final class Svg {
    private final Markup page;

    private Svg(Markup page) {
        this.page = page;
    }

    /** Opens a plot as wide as its place and {@code height} pixels high, with what it shows in words. */
    static Svg open(Markup page, String style, int height, String title) {
        page.open("svg", "class", style, "width", "100%", "height", Integer.toString(height), "role", "img");
        page.leaf("title", title);
        return new Svg(page);
    }

    /** Opens a plot of {@code width} and {@code height} pixels, which is scaled down where there is less room. */
    static Svg scaled(Markup page, String style, int width, int height, String title, String description) {
        String box = "0 0 " + width + " " + height;
        page.open("svg", "class", style, "viewBox", box, "width", Integer.toString(width), "role", "img");
        page.leaf("title", title).leaf("desc", description);
        return new Svg(page);
    }

    /** Closes the plot. */
    void close() {
        page.closeLine();
    }

    void line(String style, String x1, String y1, String x2, String y2) {
        String stroke = style.equals("whisker") ? "#2f5fd0" : style.equals("limit") ? "#14181f" : "#9aa6b4";
        String width = style.equals("grid") || style.equals("track") ? "1" : "2";
        page.empty(
                "line",
                "class",
                style,
                "x1",
                x1,
                "y1",
                y1,
                "x2",
                x2,
                "y2",
                y2,
                "stroke",
                stroke,
                "stroke-width",
                width);
    }

    void dot(String style, String x, String y, int radius) {
        page.empty("circle", "class", style, "cx", x, "cy", y, "r", Integer.toString(radius), "fill", "#2f5fd0");
    }

    /** A rectangle whose paint covers what is behind it by {@code opacity}. */
    void rectangle(String style, String x, String y, String width, String height, double opacity) {
        String fill = switch (style) {
            case "zone" -> "#12703f";
            case "miss" -> "#b42318";
            case "hit", "full" -> "#2f5fd0";
            default -> "#9aa6b4";
        };
        String covers = String.format(Locale.ROOT, "%.2f", opacity);
        page.empty(
                "rect",
                "class",
                style,
                "x",
                x,
                "y",
                y,
                "width",
                width,
                "height",
                height,
                "rx",
                "3",
                "fill",
                fill,
                "fill-opacity",
                covers);
    }

    /** Text whose {@code anchor} is {@code start}, {@code middle} or {@code end}. */
    void text(String style, String x, String y, String anchor, String text) {
        page.leaf("text", text, "class", style, "x", x, "y", y, "text-anchor", anchor, "font-size", "12");
    }

    /** The same, turned by {@code degrees} about its place. */
    void turned(String style, String x, String y, String anchor, int degrees, String text) {
        String turn = "rotate(" + degrees + " " + x + " " + y + ")";
        page.leaf(
                "text",
                text,
                "class",
                style,
                "x",
                x,
                "y",
                y,
                "text-anchor",
                anchor,
                "font-size",
                "12",
                "transform",
                turn);
    }

    /** Lines in a box of their own, {@code width} by {@code height}, that is stretched over the plot's whole width. */
    void polylines(int width, int height, Iterable<String> pointLists) {
        String box = "0 0 " + width + " " + height;
        page.open(
                "svg",
                "width",
                "100%",
                "height",
                Integer.toString(height),
                "viewBox",
                box,
                "preserveAspectRatio",
                "none");
        for (String points : pointLists) {
            // Longer than any text of a page, and nothing but numbers.
            page.trusted("<polyline class=\"line\" fill=\"none\" stroke=\"#2f5fd0\" stroke-width=\"2\""
                    + " stroke-linejoin=\"round\" vector-effect=\"non-scaling-stroke\" points=\"" + points + "\"/>");
        }
        page.close();
    }

    /** A place in pixels. */
    static String at(double pixels) {
        return String.format(Locale.ROOT, "%.1f", pixels);
    }
}
