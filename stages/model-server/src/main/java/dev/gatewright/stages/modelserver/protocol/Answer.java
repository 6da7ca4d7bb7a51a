// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.modelserver.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import dev.gatewright.stages.modelserver.protocol.InferRequest.Wanted;
import dev.gatewright.stages.modelserver.tensor.Datatype;
import dev.gatewright.stages.modelserver.tensor.RefusedRequestException;
import dev.gatewright.validation.onnx.run.ElementType;
import dev.gatewright.validation.onnx.run.worker.ServedTensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** The body of an answer: JSON, and raw tensors behind it where they were asked for. */
public final class Answer {
    static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .build();

    private static final int ALL = -1;

    private final byte[] bytes;
    private final int json;

    private Answer(byte[] bytes, int json) {
        this.bytes = bytes;
        this.json = json;
    }

    /** All of it. */
    public byte[] bytes() {
        return bytes;
    }

    /** How many bytes are JSON, where raw tensors follow. */
    public OptionalInt jsonBeforeRaw() {
        return json == ALL ? OptionalInt.empty() : OptionalInt.of(json);
    }

    /**
     * Writes the outputs that {@code request} asks for.
     *
     * @throws RefusedRequestException if a number is in them that JSON cannot say
     */
    public static Answer of(Interface model, InferRequest request, List<ServedTensor> outputs)
            throws RefusedRequestException {
        List<ServedTensor> wanted = new ArrayList<>();
        for (Wanted output : request.wanted()) {
            wanted.add(outputs.stream()
                    .filter(found -> found.name().equals(output.name()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("the model gave no output " + output.name())));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            switch (request.form()) {
                case V2 -> {
                    return v2(model, request, wanted, bytes, json);
                }
                case V1_ROWS -> V1Answer.rows(json, wanted, request.rows());
                case V1_COLUMNS -> V1Answer.columns(json, wanted);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Answer(bytes.toByteArray(), ALL);
    }

    private static Answer v2(
            Interface model,
            InferRequest request,
            List<ServedTensor> outputs,
            ByteArrayOutputStream bytes,
            JsonGenerator json)
            throws IOException, RefusedRequestException {
        ByteArrayOutputStream raw = new ByteArrayOutputStream();
        json.writeStartObject();
        json.writeStringField("model_name", model.name());
        json.writeStringField("model_version", model.version());
        if (request.id() != null) {
            json.writeStringField("id", request.id());
        }
        json.writeArrayFieldStart("outputs");
        for (int i = 0; i < outputs.size(); i++) {
            output(json, outputs.get(i), request.wanted().get(i).binary(), raw);
        }
        json.writeEndArray();
        json.writeEndObject();
        json.close();
        int length = bytes.size();
        boolean isMixed = request.wanted().stream().anyMatch(Wanted::binary);
        raw.writeTo(bytes);
        return new Answer(bytes.toByteArray(), isMixed ? length : ALL);
    }

    private static void output(JsonGenerator json, ServedTensor output, boolean binary, ByteArrayOutputStream raw)
            throws IOException, RefusedRequestException {
        json.writeStartObject();
        json.writeStringField("name", output.name());
        json.writeStringField("datatype", Datatype.of(output.type()).name());
        json.writeArrayFieldStart("shape");
        for (long axis : output.shape()) {
            json.writeNumber(axis);
        }
        json.writeEndArray();
        if (binary || !output.keys().isEmpty()) {
            json.writeObjectFieldStart("parameters");
            if (binary) {
                int before = raw.size();
                putRaw(output, raw);
                json.writeNumberField("binary_data_size", raw.size() - before);
            }
            if (!output.keys().isEmpty()) {
                json.writeStringField("keys", String.join(",", output.keys()));
            }
            json.writeEndObject();
        }
        if (!binary) {
            json.writeArrayFieldStart("data");
            Elements elements = new Elements(output);
            for (int i = 0; i < output.elements(); i++) {
                elements.write(json, i);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static void putRaw(ServedTensor output, ByteArrayOutputStream raw) throws IOException {
        if (output.type() != ElementType.STRING) {
            ByteBuffer numbers = output.numbers();
            raw.write(numbers.array(), numbers.arrayOffset() + numbers.position(), numbers.remaining());
            return;
        }
        for (String text : output.texts()) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            raw.write(ByteBuffer.allocate(Integer.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(bytes.length)
                    .array());
            raw.write(bytes);
        }
    }
}
