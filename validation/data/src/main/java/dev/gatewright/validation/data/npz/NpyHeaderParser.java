// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.npz;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads the header's Python literal, of which only what numpy writes is known: a dictionary of {@code descr}, {@code
 * fortran_order} and {@code shape}, each once. Whatever else comes is an {@link IllegalArgumentException}.
 */
final class NpyHeaderParser {
    private static final int MOST_AXES = 64;

    private final String text;
    private int at;
    private String descr = "";
    private boolean fortranOrder;
    private final List<Long> shape = new ArrayList<>();

    NpyHeaderParser(String text) {
        this.text = text;
    }

    NpyHeader parse() {
        boolean hasDescr = false;
        boolean hasOrder = false;
        boolean hasShape = false;
        expect('{');
        while (!accept('}')) {
            String key = string();
            expect(':');
            if (key.equals("descr") && !hasDescr) {
                hasDescr = true;
                if (peek() == '[') {
                    skipFields();
                } else {
                    descr = string();
                }
            } else if (key.equals("fortran_order") && !hasOrder) {
                hasOrder = true;
                fortranOrder = truth();
            } else if (key.equals("shape") && !hasShape) {
                hasShape = true;
                shape();
            } else {
                throw unexpected();
            }
            if (!accept(',') && peek() != '}') {
                throw unexpected();
            }
        }
        skipSpace();
        if (at < text.length() || !hasDescr || !hasOrder || !hasShape) {
            throw unexpected();
        }
        return new NpyHeader(descr, fortranOrder, shape);
    }

    /** Skips the fields of a structured type, which is not read: lists, tuples, strings and numbers. */
    private void skipFields() {
        int depth = 0;
        do {
            char next = peek();
            if (next == '\'' || next == '"') {
                string();
            } else {
                depth += next == '[' || next == '(' ? 1 : next == ']' || next == ')' ? -1 : 0;
                at++;
            }
        } while (depth > 0);
    }

    private String string() {
        char quote = peek();
        int end = quote == '\'' || quote == '"' ? text.indexOf(quote, at + 1) : -1;
        if (end < 0) {
            throw unexpected();
        }
        String string = text.substring(at + 1, end);
        if (string.indexOf('\\') >= 0) {
            throw unexpected();
        }
        at = end + 1;
        return string;
    }

    private boolean truth() {
        skipSpace();
        boolean truth = text.startsWith("True", at);
        if (!truth && !text.startsWith("False", at)) {
            throw unexpected();
        }
        at += truth ? 4 : 5;
        return truth;
    }

    private void shape() {
        expect('(');
        while (!accept(')')) {
            shape.add(length());
            if (shape.size() > MOST_AXES || (!accept(',') && peek() != ')')) {
                throw unexpected();
            }
        }
    }

    private long length() {
        skipSpace();
        int from = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return Long.parseLong(text.substring(from, at));
    }

    private void expect(char wanted) {
        if (!accept(wanted)) {
            throw unexpected();
        }
    }

    private boolean accept(char wanted) {
        if (peek() != wanted) {
            return false;
        }
        at++;
        return true;
    }

    private char peek() {
        skipSpace();
        if (at == text.length()) {
            throw unexpected();
        }
        return text.charAt(at);
    }

    private void skipSpace() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\n')) {
            at++;
        }
    }

    private IllegalArgumentException unexpected() {
        return new IllegalArgumentException("unexpected at " + at);
    }
}
