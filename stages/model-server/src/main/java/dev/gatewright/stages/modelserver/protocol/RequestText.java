// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.modelserver.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.JsonEOFException;
import dev.gatewright.stages.modelserver.tensor.RefusedRequestException;
import dev.gatewright.stages.modelserver.tensor.Utf8;
import java.io.IOException;

/** The JSON of a request, read from front to back within bounds. */
final class RequestText {
    private static final int DEEPEST = 64;
    private static final int LONGEST_NUMBER = 400;

    private final byte[] bytes;
    private final int length;
    /**
     * One for each request: the table of names is shared by all parsers of a factory, and hostile names would fill that of
     * other clients.
     */
    private final JsonFactory factory;

    RequestText(byte[] bytes, int length) throws RefusedRequestException {
        Utf8.check(bytes, length);
        this.bytes = bytes;
        this.length = length;
        this.factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEEPEST)
                        .maxNumberLength(LONGEST_NUMBER)
                        .maxStringLength(Math.max(1, length))
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .build();
    }

    /** Something that reads. */
    interface Reading<T> {
        T read(JsonParser parser) throws IOException, RefusedRequestException;
    }

    /** Reads the whole document, which has to be an object; {@code reading} begins at its start. */
    <T> T document(Reading<T> reading) throws RefusedRequestException {
        try (JsonParser parser = factory.createParser(bytes, 0, length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw RefusedRequestException.wrong("the body is no JSON object");
            }
            T result = reading.read(parser);
            if (parser.nextToken() != null) {
                throw RefusedRequestException.wrong("something follows the JSON object");
            }
            return result;
        } catch (JsonProcessingException e) {
            throw notJson(e);
        } catch (IOException e) {
            throw RefusedRequestException.wrong("the body is no JSON: " + e.getMessage());
        }
    }

    /** Reads the value that starts at byte {@code offset}, which has been passed over before. */
    <T> T value(long offset, Reading<T> reading) throws IOException, RefusedRequestException {
        int start = Math.toIntExact(offset);
        try (JsonParser parser = factory.createParser(bytes, start, length - start)) {
            parser.nextToken();
            return reading.read(parser);
        }
    }

    private static RefusedRequestException notJson(JsonProcessingException e) {
        String place =
                e.getLocation() == null ? "" : ", at byte " + e.getLocation().getByteOffset();
        String what = e instanceof JsonEOFException ? "it ends too early" : Utf8.shortened(e.getOriginalMessage());
        return RefusedRequestException.wrong("the body is no JSON: " + what + place);
    }

    /** The text that {@code parser} is at. */
    static String text(JsonParser parser, String what) throws IOException, RefusedRequestException {
        if (parser.currentToken() != JsonToken.VALUE_STRING || !Utf8.isWhole(parser.getText())) {
            throw RefusedRequestException.wrong(what + ": a text is expected");
        }
        return parser.getText();
    }

    /** The truth value that {@code parser} is at. */
    static boolean truth(JsonParser parser, String what) throws RefusedRequestException {
        return switch (parser.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> throw RefusedRequestException.wrong(what + ": true or false is expected");
        };
    }

    /** The count that {@code parser} is at. */
    static int count(JsonParser parser, String what) throws IOException, RefusedRequestException {
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                && parser.getNumberType() == JsonParser.NumberType.INT) {
            int value = parser.getIntValue();
            if (value >= 0) {
                return value;
            }
        }
        throw RefusedRequestException.wrong(what + ": a whole number of 0 or more is expected");
    }

    /** Refuses what is no array; the parser is at its start. */
    static void needArray(JsonParser parser, String what) throws RefusedRequestException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw RefusedRequestException.wrong(what + ": an array is expected");
        }
    }

    /** Refuses what is no object; the parser is at its start. */
    static void needObject(JsonParser parser, String what) throws RefusedRequestException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw RefusedRequestException.wrong(what + ": an object is expected");
        }
    }
}
