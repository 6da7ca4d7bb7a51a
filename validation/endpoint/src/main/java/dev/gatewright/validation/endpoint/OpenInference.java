// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.endpoint;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The Open Inference Protocol, version 2, over REST; with its binary tensor extension where JSON cannot carry an input: NaN,
 * infinity, and half precision.
 *
 * @param model the name under which it is served
 * @param binary whether tensors are always sent and asked for in binary
 */
public record OpenInference(String model, boolean binary) implements Protocol {
    static final String HEADER_LENGTH = "Inference-Header-Content-Length";

    /** With JSON, where that can carry the inputs. */
    public OpenInference(String model) {
        this(model, false);
    }

    @Override
    public String spelling() {
        return "v2";
    }

    @Override
    public int mostRows() {
        return 1024;
    }

    @Override
    public String inferPath() {
        return modelAddress() + "/infer";
    }

    @Override
    public Optional<String> readyPath() {
        return Optional.of(modelAddress() + "/ready");
    }

    @Override
    public Optional<String> modelPath() {
        return Optional.of(modelAddress());
    }

    private String modelAddress() {
        return "/v2/models/" + PathPart.of(model);
    }

    @Override
    public Question question(GoldenSet set, List<GoldenRow> rows) {
        if (!binary && !needsBinary(set, rows)) {
            return Question.json(body(set, rows, List.of()));
        }
        List<byte[]> tensors = new ArrayList<>();
        for (TensorType input : set.inputs()) {
            tensors.add(BinaryTensors.encode(input, elements(rows, input)));
        }
        byte[] head = body(set, rows, tensors);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(head);
        tensors.forEach(all::writeBytes);
        return new Question(
                all.toByteArray(),
                Map.of("Content-Type", "application/octet-stream", HEADER_LENGTH, Integer.toString(head.length)));
    }

    private static boolean needsBinary(GoldenSet set, List<GoldenRow> rows) {
        for (TensorType input : set.inputs()) {
            if (input.datatype() == Datatype.FP16 || input.datatype() == Datatype.BF16) {
                return true;
            }
            for (Elements elements : elements(rows, input)) {
                if (elements instanceof Elements.Reals reals && !reals.areFinite()) {
                    return true;
                }
            }
        }
        return false;
    }

    private static List<Elements> elements(List<GoldenRow> rows, TensorType input) {
        List<Elements> elements = new ArrayList<>();
        for (GoldenRow row : rows) {
            Elements ofRow = row.inputs().get(input.name());
            if (ofRow != null) {
                elements.add(ofRow);
            }
        }
        return elements;
    }

    /** The document; {@code tensors} follow it where there are any. */
    private static byte[] body(GoldenSet set, List<GoldenRow> rows, List<byte[]> tensors) {
        return JsonBody.of(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("inputs");
            for (int i = 0; i < set.inputs().size(); i++) {
                TensorType input = set.inputs().get(i);
                json.writeStartObject();
                json.writeStringField("name", input.name());
                writeShape(rows.size(), input, json);
                json.writeStringField("datatype", input.datatype().name());
                if (tensors.isEmpty()) {
                    json.writeArrayFieldStart("data");
                    for (Elements elements : elements(rows, input)) {
                        for (int k = 0; k < elements.size(); k++) {
                            ElementJson.write(elements, k, input.datatype(), ElementJson.NotFinite.BARE, json);
                        }
                    }
                    json.writeEndArray();
                } else {
                    json.writeObjectFieldStart("parameters");
                    json.writeNumberField("binary_data_size", tensors.get(i).length);
                    json.writeEndObject();
                }
                json.writeEndObject();
            }
            json.writeEndArray();
            if (!tensors.isEmpty()) {
                json.writeObjectFieldStart("parameters");
                json.writeBooleanField("binary_data_output", true);
                json.writeEndObject();
            }
            json.writeEndObject();
        });
    }

    private static void writeShape(int rows, TensorType type, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("shape");
        json.writeNumber(rows);
        for (int axis : type.shape()) {
            json.writeNumber(axis);
        }
        json.writeEndArray();
    }

    @Override
    public List<Map<String, Elements>> answers(GoldenSet set, int rows, Map<String, String> headers, byte[] body)
            throws BadAnswerException {
        int length = headLength(headers.get(HEADER_LENGTH), body.length);
        JsonTree tree = JsonTree.ofAnswer(body, length);
        if (!(tree instanceof JsonTree.Obj answer) || !(answer.get("outputs") instanceof JsonTree.Arr outputs)) {
            throw new BadAnswerException("has no list 'outputs'", null);
        }
        String served = answer.text("model_name");
        if (!served.isEmpty() && !served.equals(model)) {
            throw new BadAnswerException("comes from the model '" + Plain.of(served, 60) + "'", null);
        }
        List<Map<String, Elements>> answers = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            answers.add(new HashMap<>());
        }
        int binaryAt = length;
        for (JsonTree item : outputs.items()) {
            if (!(item instanceof JsonTree.Obj output)) {
                throw new BadAnswerException("has an output that is no object", null);
            }
            int size = binarySize(output);
            Optional<TensorType> type = known(set, output);
            if (type.isPresent()) {
                take(type.get(), output, body, binaryAt, size, answers);
            }
            binaryAt += Math.max(0, size);
        }
        return answers;
    }

    private static int headLength(@org.jspecify.annotations.Nullable String header, int bytes)
            throws BadAnswerException {
        if (header == null) {
            return bytes;
        }
        int length = header.matches("\\d{1,9}") ? Integer.parseInt(header) : -1;
        if (length < 0 || length > bytes) {
            throw new BadAnswerException("says that its document has " + Plain.of(header, 20) + " bytes", null);
        }
        return length;
    }

    /** The bytes of an output behind the document; -1 where it stands in the document. */
    private static int binarySize(JsonTree.Obj output) throws BadAnswerException {
        if (!(output.get("parameters") instanceof JsonTree.Obj parameters)
                || !(parameters.get("binary_data_size") instanceof JsonTree.Num size)) {
            return -1;
        }
        if (!size.literal().matches("\\d{1,9}")) {
            throw new BadAnswerException("has a binary_data_size of " + Plain.of(size.literal(), 20), null);
        }
        return Integer.parseInt(size.literal());
    }

    private static Optional<TensorType> known(GoldenSet set, JsonTree.Obj output) throws BadAnswerException {
        String name = output.text("name");
        for (TensorType type : set.outputs()) {
            if (type.name().equals(name)) {
                if (!output.text("datatype").equals(type.datatype().name())) {
                    throw new BadAnswerException(
                            "has output '" + Plain.of(name, 60) + "' as '" + Plain.of(output.text("datatype"), 20)
                                    + "'; expected " + type.datatype(),
                            null);
                }
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    private static void take(
            TensorType type,
            JsonTree.Obj output,
            byte[] body,
            int binaryAt,
            int binarySize,
            List<Map<String, Elements>> answers)
            throws BadAnswerException {
        int rows = answers.size();
        checkShape(type, output, rows);
        if (binarySize >= 0) {
            if (binarySize > body.length - binaryAt) {
                throw new BadAnswerException("ends before output '" + Plain.of(type.name(), 60) + "' does", null);
            }
            List<Elements> decoded = BinaryTensors.decode(type, rows, body, binaryAt, binarySize);
            for (int row = 0; row < rows; row++) {
                answers.get(row).put(type.name(), decoded.get(row));
            }
            return;
        }
        JsonTree data = output.get("data");
        Values values = Values.of(data == null ? new JsonTree.Arr(List.of()) : data);
        if (values.size() != rows * type.rowSize()) {
            throw new BadAnswerException(
                    "has " + values.size() + " elements of output '" + Plain.of(type.name(), 60) + "'; expected "
                            + rows * type.rowSize(),
                    null);
        }
        for (int row = 0; row < rows; row++) {
            answers.get(row).put(type.name(), values.row(type, row * type.rowSize()));
        }
    }

    /** The first axis counts the rows; how the others are cut is the model's, their product is not. */
    private static void checkShape(TensorType type, JsonTree.Obj output, int rows) throws BadAnswerException {
        List<String> axes = new ArrayList<>();
        if (output.get("shape") instanceof JsonTree.Arr shape) {
            shape.items().forEach(axis -> axes.add(axis instanceof JsonTree.Num num ? num.literal() : "?"));
        }
        long product = 1;
        for (String axis : axes) {
            product = axis.matches("\\d{1,9}") && product <= TensorType.MOST_ELEMENTS
                    ? product * Long.parseLong(axis)
                    : -1;
        }
        boolean fits = !axes.isEmpty()
                && axes.get(0).equals(Integer.toString(rows))
                && product == (long) rows * type.rowSize();
        if (!fits) {
            throw new BadAnswerException(
                    "has output '" + Plain.of(type.name(), 60) + "' in the shape " + Plain.of(axes.toString(), 60)
                            + "; expected " + rows + " rows of " + type.shape(),
                    null);
        }
    }

    @Override
    public List<Malformed> malformed(GoldenSet set, GoldenRow row) {
        TensorType first = set.inputs().get(0);
        List<Malformed> malformed = JsonBody.malformed();
        malformed.add(JsonBody.wrong("a list of no inputs", "{\"inputs\": []}"));
        malformed.add(wrong(
                "an input that the model does not have",
                first,
                "no such input",
                "1",
                first.datatype().name()));
        malformed.add(wrong("an unknown datatype", first, first.name(), "1", "FP99"));
        malformed.add(wrong(
                "fewer elements than the shape says",
                first,
                first.name(),
                "1000",
                first.datatype().name()));
        malformed.add(wrong(
                "a negative axis", first, first.name(), "-1", first.datatype().name()));
        return malformed;
    }

    private static Malformed wrong(String name, TensorType type, String input, String rows, String datatype) {
        String element = type.datatype().kind() == Datatype.Kind.TEXT ? "\"a\"" : "0";
        StringBuilder shape = new StringBuilder(rows);
        type.shape().forEach(axis -> shape.append(", ").append(axis));
        String data = (element + ", ").repeat(type.rowSize() - 1) + element;
        byte[] quoted = JsonBody.of(json -> json.writeString(input));
        return JsonBody.wrong(
                name,
                "{\"inputs\": [{\"name\": " + new String(quoted, StandardCharsets.UTF_8) + ", \"shape\": [" + shape
                        + "], \"datatype\": \"" + datatype + "\", \"data\": [" + data + "]}]}");
    }
}
