// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.jsonl;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.gatewright.validation.data.rows.BadDataException;
import dev.gatewright.validation.data.rows.Limits;
import dev.gatewright.validation.data.rows.Place;
import dev.gatewright.validation.data.rows.Quote;
import dev.gatewright.validation.data.text.RowWindow;
import dev.gatewright.validation.data.text.TextBytes;
import dev.gatewright.validation.data.text.TextFile;
import dev.gatewright.validation.data.text.Utf8;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** The lines of a file, each in UTF-8 and with a parser of its own. Blank lines stand only at the end. */
final class JsonLines implements AutoCloseable {
    private static final int DEEPEST = 64;
    private static final String UTF_8 = "text in UTF-8";

    private final Path path;
    private final Limits limits;
    private final TextBytes text;
    private final RowWindow window;
    private final JsonFactory factory;
    private int start;
    private int end;
    private long line;

    JsonLines(TextFile file, Limits limits) {
        this.path = file.path();
        this.limits = limits;
        this.factory = factory(limits);
        this.text = file.open();
        this.window = new RowWindow(text, limits.rowBytes());
        try {
            window.more();
        } catch (Throwable e) {
            text.close();
            throw e;
        }
        window.moveTo(Utf8.markLength(window.bytes(), window.limit()));
    }

    private static JsonFactory factory(Limits limits) {
        return JsonFactory.builder()
                // Keys come from the file: they must not stay in the JVM's table of texts for ever.
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS) // Python writes NaN for what is missing
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEEPEST)
                        // A text is measured when it is read; the parser measures it only where its buffer happens to
                        // end.
                        .maxStringLength(limits.rowBytes())
                        .build())
                .build();
    }

    /** Goes on to the next line; false at the end of the file. */
    boolean next() {
        if (!cut()) {
            return false;
        }
        if (isBlank()) {
            long blank = line;
            while (cut()) {
                if (!isBlank()) {
                    Place place = new Place(path, 0, blank, "", "");
                    throw new BadDataException(place, "a blank line", "a row, since other rows follow");
                }
            }
            return false;
        }
        return true;
    }

    /** Cuts the next line, whatever it holds. */
    private boolean cut() {
        line++;
        int length = 0;
        while (true) {
            length = scan(length);
            start = window.position();
            end = start + length;
            if (length > limits.rowBytes()) {
                throw bad("", "a line of more than " + limits.rowBytes() + " bytes", "a shorter one");
            }
            if (end < window.limit() && window.bytes()[end] == '\n') {
                window.moveTo(end + 1);
                return true;
            }
            if (!window.more()) {
                return false;
            }
        }
    }

    /** The length of the line as far as its end or that of the window; its first {@code length} bytes were scanned. */
    private int scan(int length) {
        byte[] bytes = window.bytes();
        int limit = window.limit();
        int at = window.position() + length;
        while (at < limit && bytes[at] != '\n') {
            if (bytes[at] > 0) {
                at++;
                continue;
            }
            int characterLength = bytes[at] == 0 ? 0 : Utf8.length(bytes, at, limit);
            if (characterLength == 0) {
                if (bytes[at] != 0 && limit - at < Utf8.LONGEST && !window.isEnded()) {
                    break; // the character's rest is still to be read
                }
                String found = bytes[at] == 0
                        ? "a NUL byte"
                        : "the byte 0x" + Integer.toHexString(bytes[at] & 0xFF) + ", which is not UTF-8";
                throw bad("", found, UTF_8);
            }
            at += characterLength;
        }
        return at - window.position();
    }

    private boolean isBlank() {
        for (int at = start; at < end; at++) {
            byte character = window.bytes()[at];
            if (character != ' ' && character != '\t' && character != '\r') {
                return false;
            }
        }
        return true;
    }

    /** A parser of the line, before its first token. */
    JsonParser parser() {
        try {
            return factory.createParser(window.bytes(), start, end - start);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
    }

    /** The number of the line, which is that of the row. */
    long line() {
        return line;
    }

    /** What is wrong with {@code key} of this line; with the line as a whole if it is empty. */
    BadDataException bad(String key, String found, String expected) {
        return new BadDataException(new Place(path, line, line, "key", key), found, expected);
    }

    /** What is wrong where the parser says that the line is no JSON. */
    BadDataException bad(JsonProcessingException problem) {
        if (problem instanceof StreamConstraintsException) {
            String found =
                    "a number, a key or a text that is too long, or arrays in arrays more than " + DEEPEST + " deep";
            return bad("", found, "one flat JSON object a line");
        }
        long at = problem.getLocation() == null ? 0 : problem.getLocation().getByteOffset();
        int from = (int) Math.max(0, Math.min(at, end - start));
        return bad(
                "",
                "something that is not JSON at byte " + (from + 1) + " of the line: "
                        + Quote.of(window.bytes(), start + from, end),
                "one JSON object a line");
    }

    @Override
    public void close() {
        text.close();
    }
}
