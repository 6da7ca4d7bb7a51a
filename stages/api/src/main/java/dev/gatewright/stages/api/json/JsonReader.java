// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads JSON that may come from anywhere: bounded in size and depth, without duplicate names or trailing text. */
public final class JsonReader {
    private static final int DEEPEST = 64;
    private static final int MOST_VALUES = 1_000_000;
    private static final int LONGEST_TEXT = 16 << 20;
    /** What Jackson says of its own settings, which nobody can change, and of a source that it does not show. */
    private static final Pattern SETTING = Pattern.compile(", from `[^`]*`|\\[Source: [^]]*?(?=line: )|\\](?=\\))");

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final JsonFactory STRICT = factory(false);
    private static final JsonFactory WITH_NAN = factory(true);

    private final JsonParser parser;
    private int values;

    private JsonReader(JsonParser parser) {
        this.parser = parser;
    }

    /** Says what is wrong with a text that should be JSON, and where. */
    public static final class NotJsonException extends IOException {
        private static final long serialVersionUID = 1;

        NotJsonException(String message) {
            super(message);
        }
    }

    /** Reads RFC 8259 JSON. */
    public static Json read(byte[] bytes) throws NotJsonException {
        return read(bytes, STRICT);
    }

    /** Reads JSON in which {@code NaN} and {@code Infinity} may stand for numbers, as Python writes them. */
    public static Json readWithNaN(byte[] bytes) throws NotJsonException {
        return read(bytes, WITH_NAN);
    }

    private static Json read(byte[] bytes, JsonFactory factory) throws NotJsonException {
        // Decoded here, because Jackson guesses among encodings and takes bytes that are no UTF-8.
        int start = Arrays.mismatch(bytes, BYTE_ORDER_MARK) == BYTE_ORDER_MARK.length ? BYTE_ORDER_MARK.length : 0;
        InputStream content = new ByteArrayInputStream(bytes, start, bytes.length - start);
        Reader text = new InputStreamReader(content, StandardCharsets.UTF_8.newDecoder());
        try (JsonParser parser = factory.createParser(text)) {
            return new JsonReader(parser).document();
        } catch (JsonProcessingException e) {
            throw notJson(e, e.getLocation());
        } catch (NotJsonException e) {
            throw e;
        } catch (CharacterCodingException e) {
            throw new NotJsonException("the document is not UTF-8");
        } catch (IOException e) {
            throw new NotJsonException(String.valueOf(e.getMessage()));
        }
    }

    private Json document() throws IOException {
        try {
            if (parser.nextToken() == null) {
                throw new NotJsonException("the document is empty");
            }
            Json value = value();
            if (parser.nextToken() != null) {
                throw new NotJsonException("something follows the document's end, line "
                        + parser.currentTokenLocation().getLineNr());
            }
            return value;
        } catch (StreamConstraintsException e) {
            throw notJson(e, parser.currentLocation()); // which it does not know itself
        }
    }

    private static NotJsonException notJson(JsonProcessingException e, @Nullable JsonLocation location) {
        String place = location == null ? "" : ", " + place(location);
        return new NotJsonException(SETTING.matcher(e.getOriginalMessage()).replaceAll("") + place);
    }

    /** Recursion is bounded: the parser refuses what is nested deeper than {@link #DEEPEST}. */
    private Json value() throws IOException {
        if (++values > MOST_VALUES) {
            throw new NotJsonException("more than " + MOST_VALUES + " values before " + place());
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                Map<String, Json> members = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = whole(parser.currentName());
                    parser.nextToken();
                    members.put(name, value());
                }
                yield new Json.Obj(members);
            }
            case START_ARRAY -> {
                List<Json> items = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(value());
                }
                yield new Json.Arr(items);
            }
            case VALUE_STRING -> new Json.Text(whole(parser.getText()));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Json.Num(number());
            case VALUE_TRUE -> new Json.Bool(true);
            case VALUE_FALSE -> new Json.Bool(false);
            default -> Json.NULL;
        };
    }

    private double number() throws IOException {
        boolean namedSo = parser.isNaN();
        double value = parser.getDoubleValue();
        if (!Double.isFinite(value) && !namedSo) {
            throw new NotJsonException("the number at " + place() + " is larger than a double holds");
        }
        return value;
    }

    /** {@code text}, if it is one that UTF-8 can say: an escape can write half a surrogate pair. */
    private String whole(String text) throws NotJsonException {
        if (text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
            throw new NotJsonException("the text at " + place() + " has half a surrogate pair");
        }
        return text;
    }

    private String place() {
        return place(parser.currentTokenLocation());
    }

    private static String place(JsonLocation location) {
        return "line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static JsonFactory factory(boolean withNaN) {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEEPEST)
                        .maxStringLength(LONGEST_TEXT)
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                // Jackson's table of names is shared by all parsers, and hostile names break it.
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .configure(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS, withNaN)
                .build();
    }
}
