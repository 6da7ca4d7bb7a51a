// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.json;

import java.util.Iterator;
import java.util.Map;

/** Writes JSON for people: two spaces a level, short arrays of plain values on one line. */
public final class JsonWriter {
    private static final int LONGEST_LINE = 100;

    private JsonWriter() {}

    /** {@code value} over several lines, with a line end after the last. */
    public static String pretty(Json value) {
        StringBuilder out = new StringBuilder();
        pretty(value, "", out);
        return out.append('\n').toString();
    }

    /** {@code value} on one line. */
    public static String compact(Json value) {
        StringBuilder out = new StringBuilder();
        compact(value, out);
        return out.toString();
    }

    private static void pretty(Json value, String indent, StringBuilder out) {
        boolean nested = (value instanceof Json.Obj object && !object.members().isEmpty())
                || (value instanceof Json.Arr array && !array.items().isEmpty());
        if (!nested) {
            compact(value, out);
            return;
        }
        if (value instanceof Json.Arr array && array.items().stream().noneMatch(Json.Obj.class::isInstance)) {
            String oneLine = compact(value);
            if (oneLine.length() <= LONGEST_LINE) {
                out.append(oneLine);
                return;
            }
        }
        String inner = indent + "  ";
        if (value instanceof Json.Obj object) {
            out.append('{');
            String separator = "\n";
            for (Map.Entry<String, Json> member : object.members().entrySet()) {
                out.append(separator).append(inner);
                text(member.getKey(), out);
                out.append(": ");
                pretty(member.getValue(), inner, out);
                separator = ",\n";
            }
            out.append('\n').append(indent).append('}');
        } else if (value instanceof Json.Arr array) {
            out.append('[');
            String separator = "\n";
            for (Json item : array.items()) {
                out.append(separator).append(inner);
                pretty(item, inner, out);
                separator = ",\n";
            }
            out.append('\n').append(indent).append(']');
        }
    }

    static void compact(Json value, StringBuilder out) {
        if (value instanceof Json.Obj object) {
            out.append('{');
            for (Iterator<Map.Entry<String, Json>> i =
                            object.members().entrySet().iterator();
                    i.hasNext(); ) {
                Map.Entry<String, Json> member = i.next();
                text(member.getKey(), out);
                out.append(':');
                compact(member.getValue(), out);
                out.append(i.hasNext() ? "," : "");
            }
            out.append('}');
        } else if (value instanceof Json.Arr array) {
            out.append('[');
            for (Iterator<Json> i = array.items().iterator(); i.hasNext(); ) {
                compact(i.next(), out);
                out.append(i.hasNext() ? "," : "");
            }
            out.append(']');
        } else if (value instanceof Json.Text text) {
            text(text.value(), out);
        } else if (value instanceof Json.Num number) {
            out.append(JsonNumber.spell(number.value()));
        } else if (value instanceof Json.Bool bool) {
            out.append(bool.value());
        } else {
            out.append("null");
        }
    }

    private static void text(String value, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\t' -> out.append("\\t");
                case '\n' -> out.append("\\n");
                case '\f' -> out.append("\\f");
                case '\r' -> out.append("\\r");
                default -> {
                    if (c < 0x20) {
                        out.append("\\u00")
                                .append(Character.forDigit(c >> 4, 16))
                                .append(Character.forDigit(c & 15, 16));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
