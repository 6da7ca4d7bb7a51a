// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.endpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Bodies of requests: what is right as JSON, and what is wrong for every protocol. */
final class JsonBody {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int TOO_DEEP = 20_000;

    private JsonBody() {}

    /** Writes a body. */
    interface Writing {
        void write(JsonGenerator json) throws IOException;
    }

    static byte[] of(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            writing.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException("memory can be written to", e);
        }
        return bytes.toByteArray();
    }

    /** A row of a tensor in lists as deep as its shape; a scalar alone. */
    static void nested(Elements elements, TensorType type, JsonGenerator json) throws IOException {
        nested(elements, type, 0, 0, json);
    }

    private static int nested(Elements elements, TensorType type, int axis, int index, JsonGenerator json)
            throws IOException {
        if (axis == type.shape().size()) {
            ElementJson.write(elements, index, type.datatype(), ElementJson.NotFinite.BARE, json);
            return index + 1;
        }
        int next = index;
        json.writeStartArray();
        for (int i = 0; i < type.shape().get(axis); i++) {
            next = nested(elements, type, axis + 1, next, json);
        }
        json.writeEndArray();
        return next;
    }

    /** What is wrong whatever the protocol. */
    static List<Protocol.Malformed> malformed() {
        List<Protocol.Malformed> malformed = new ArrayList<>();
        malformed.add(wrong("an empty body", ""));
        malformed.add(wrong("half a document", "{\"inputs\": [{\"instances\": [1, 2"));
        malformed.add(wrong("no JSON", "<html>golden</html>"));
        malformed.add(wrong("an object without members", "{}"));
        malformed.add(wrong("lists in lists, " + TOO_DEEP + " deep", "[".repeat(TOO_DEEP) + "]".repeat(TOO_DEEP)));
        return malformed;
    }

    static Protocol.Malformed wrong(String name, String body) {
        return new Protocol.Malformed(name, Protocol.Question.json(body.getBytes(StandardCharsets.UTF_8)));
    }
}
