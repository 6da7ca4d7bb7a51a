// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.render;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes XML, and HTML that is XML too. All text is made harmless and escaped here, so that no caller can forget it: names
 * of elements and attributes come from the program, everything else may come from anywhere.
 */
final class Markup {
    private final StringBuilder out;
    private final Deque<String> open = new ArrayDeque<>();

    /** A document that begins with {@code prologue}. */
    Markup(String prologue) {
        out = new StringBuilder(prologue);
    }

    /** Opens an element; {@code attributes} are names and values in turn. */
    Markup open(String element, String... attributes) {
        start(element, attributes);
        out.append('>');
        open.push(element);
        return this;
    }

    /** Closes the element that was opened last. */
    Markup close() {
        out.append("</").append(open.pop()).append('>');
        return this;
    }

    /** Closes the element that was opened last, and ends the line. */
    Markup closeLine() {
        close();
        return line();
    }

    /** An element without content. */
    Markup empty(String element, String... attributes) {
        start(element, attributes);
        out.append("/>");
        return this;
    }

    /** An element with nothing but text in it. */
    Markup leaf(String element, String text, String... attributes) {
        return open(element, attributes).text(text).close();
    }

    /** Text on one line. */
    Markup text(String text) {
        escape(PlainText.line(text, PlainText.SENTENCE));
        return this;
    }

    /** Text with its lines, of at most {@code most} characters. */
    Markup block(String text, int most) {
        escape(PlainText.block(text, most));
        return this;
    }

    /** Text of the program itself, which needs no escapes, such as a style sheet. */
    Markup trusted(String text) {
        out.append(text);
        return this;
    }

    /** The end of a line between elements. */
    Markup line() {
        out.append('\n');
        return this;
    }

    /** How long it is by now. */
    int length() {
        return out.length();
    }

    @Override
    public String toString() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("the element " + open.peek() + " was not closed");
        }
        return out.toString();
    }

    private void start(String element, String... attributes) {
        out.append('<').append(element);
        for (int i = 0; i + 1 < attributes.length; i += 2) {
            out.append(' ').append(attributes[i]).append("=\"");
            escape(PlainText.line(attributes[i + 1], PlainText.SENTENCE));
            out.append('"');
        }
    }

    private void escape(String text) {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            switch (character) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(character);
            }
        }
    }
}
