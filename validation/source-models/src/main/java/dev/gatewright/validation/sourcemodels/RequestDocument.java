// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.sourcemodels;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes what a child is asked. */
final class RequestDocument {
    /** The rows of a batch, as everywhere where a model leaves them open. */
    private static final int BATCH = 64;

    private RequestDocument() {}

    static void write(Path file, String action, SourceModel model, List<FedTensor> inputs, Path data, Path answer)
            throws IOException {
        try (JsonGenerator json =
                new JsonFactory().createGenerator(file.toFile(), com.fasterxml.jackson.core.JsonEncoding.UTF8)) {
            json.writeStartObject();
            json.writeNumberField("gatewright", AnswerDocument.VERSION);
            json.writeStringField("action", action);
            json.writeStringField("kind", model.kind().spelling());
            json.writeStringField("task", model.task());
            put(json, "path", model.path() == null ? null : absolute(model.path()));
            put(json, "load", model.load());
            put(json, "preprocess", model.preprocess());
            if (model.opset() > 0) {
                json.writeNumberField("opset", model.opset());
            }
            json.writeStringField("folder", absolute(model.folder()));
            json.writeStringField("data", absolute(data));
            json.writeStringField("answer", absolute(answer));
            json.writeNumberField("batch", BATCH);
            json.writeArrayFieldStart("inputs");
            for (FedTensor input : inputs) {
                json.writeStartObject();
                json.writeStringField("name", input.name());
                json.writeStringField("file", absolute(input.file()));
                json.writeStringField("type", input.type().numpyName());
                json.writeArrayFieldStart("columns");
                for (String column : input.columns()) {
                    json.writeString(column);
                }
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    private static void put(JsonGenerator json, String key, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(key, value);
        }
    }

    private static String absolute(Path path) {
        return path.toAbsolutePath().normalize().toString();
    }
}
