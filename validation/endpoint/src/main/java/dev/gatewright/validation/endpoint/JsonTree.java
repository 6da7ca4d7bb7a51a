// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.endpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An endpoint's answer as a tree. What it says is a stranger's word: within bounds, each key once. */
sealed interface JsonTree {
    /** Members by their names. */
    record Obj(Map<String, JsonTree> members) implements JsonTree {
        @Nullable
        JsonTree get(String name) {
            return members.get(name);
        }

        /** The text of that name; empty where there is none. */
        String text(String name) {
            return members.get(name) instanceof Text text ? text.value() : "";
        }
    }

    /** Items in their order. */
    record Arr(List<JsonTree> items) implements JsonTree {}

    /** A text. */
    record Text(String value) implements JsonTree {}

    /** A number as it was written, NaN and infinity among them. */
    record Num(String literal) implements JsonTree {}

    /** A truth value. */
    record Truth(boolean value) implements JsonTree {}

    /** Nothing. */
    record Nothing() implements JsonTree {}

    /** Reads within bounds. */
    JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(64)
                    .maxStringLength(1 << 20)
                    .maxNameLength(1 << 12)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    /**
     * The document that an answer's body begins with.
     *
     * @throws BadAnswerException if it is none
     */
    static JsonTree ofAnswer(byte[] body, int length) throws BadAnswerException {
        try {
            return read(body, 0, length);
        } catch (IOException e) {
            throw new BadAnswerException("is no JSON: " + Plain.of(String.valueOf(e.getMessage()), 200), e);
        }
    }

    /** The document in {@code bytes}. */
    static JsonTree read(byte[] bytes, int offset, int length) throws IOException {
        try (JsonParser json = FACTORY.createParser(bytes, offset, length)) {
            if (json.nextToken() == null) {
                throw new IOException("the document is empty");
            }
            JsonTree tree = value(json);
            if (json.nextToken() != null) {
                throw new IOException("something follows the end of the document");
            }
            return tree;
        }
    }

    private static JsonTree value(JsonParser json) throws IOException {
        JsonToken token = json.currentToken();
        switch (token) {
            case START_OBJECT -> {
                Map<String, JsonTree> members = new LinkedHashMap<>();
                for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                    json.nextToken();
                    members.put(name, value(json));
                }
                return new Obj(members);
            }
            case START_ARRAY -> {
                List<JsonTree> items = new ArrayList<>();
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    items.add(value(json));
                }
                return new Arr(items);
            }
            case VALUE_STRING -> {
                return new Text(json.getText());
            }
            case VALUE_TRUE, VALUE_FALSE -> {
                return new Truth(token == JsonToken.VALUE_TRUE);
            }
            case VALUE_NULL -> {
                return new Nothing();
            }
            default -> {
                return new Num(json.getText());
            }
        }
    }

    /**
     * What {@code pointer} (RFC 6901) points at.
     *
     * @throws BadAnswerException if there is nothing
     */
    default JsonTree at(String pointer) throws BadAnswerException {
        JsonTree found = this;
        for (String part : Pointer.parts(pointer)) {
            JsonTree inner = null;
            if (found instanceof Obj object) {
                inner = object.get(part);
            } else if (found instanceof Arr array && part.matches("\\d{1,9}")) {
                int index = Integer.parseInt(part);
                inner = index < array.items().size() ? array.items().get(index) : null;
            }
            if (inner == null) {
                throw new BadAnswerException("has nothing at " + pointer, null);
            }
            found = inner;
        }
        return found;
    }
}
