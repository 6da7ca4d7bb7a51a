// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.modelserver.protocol;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.gatewright.stages.modelserver.tensor.RefusedRequestException;
import dev.gatewright.validation.onnx.run.worker.ServedTensor;
import java.io.IOException;
import java.util.List;

/** Answers of protocol v1. A model with one output answers with its values, one with several with an object of them. */
final class V1Answer {
    private V1Answer() {}

    /** One prediction a row. */
    static void rows(JsonGenerator json, List<ServedTensor> outputs, int rows)
            throws IOException, RefusedRequestException {
        List<Elements> elements = outputs.stream().map(Elements::new).toList();
        json.writeStartObject();
        json.writeArrayFieldStart("predictions");
        for (int row = 0; row < rows; row++) {
            if (outputs.size() > 1) {
                json.writeStartObject();
            }
            for (int i = 0; i < outputs.size(); i++) {
                ServedTensor output = outputs.get(i);
                if (outputs.size() > 1) {
                    json.writeFieldName(output.name());
                }
                nested(json, elements.get(i), output.shape(), 1, row * output.rowSize(), output.rowSize());
            }
            if (outputs.size() > 1) {
                json.writeEndObject();
            }
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** One array an output. */
    static void columns(JsonGenerator json, List<ServedTensor> outputs) throws IOException, RefusedRequestException {
        json.writeStartObject();
        json.writeFieldName("outputs");
        if (outputs.size() > 1) {
            json.writeStartObject();
        }
        for (ServedTensor output : outputs) {
            if (outputs.size() > 1) {
                json.writeFieldName(output.name());
            }
            nested(json, new Elements(output), output.shape(), 0, 0, output.elements());
        }
        if (outputs.size() > 1) {
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    /** Writes {@code count} elements from {@code first} on as arrays of the axes of {@code shape} from {@code axis} on. */
    private static void nested(JsonGenerator json, Elements elements, List<Long> shape, int axis, int first, int count)
            throws IOException, RefusedRequestException {
        if (axis == shape.size()) {
            elements.write(json, first);
            return;
        }
        int size = Math.toIntExact(shape.get(axis));
        json.writeStartArray();
        for (int i = 0; i < size; i++) {
            nested(json, elements, shape, axis + 1, first + i * (count / size), count / size);
        }
        json.writeEndArray();
    }
}
