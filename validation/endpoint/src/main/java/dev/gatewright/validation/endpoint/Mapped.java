// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.endpoint;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Other JSON: where in the body of a request the inputs of one row stand, and where in the answer the outputs do, by JSON
 * pointers (RFC 6901). A part of digits is a place in a list.
 *
 * @param path that rows are posted to
 * @param ready the path that answers with 200 when the model can be asked; none where there is none
 * @param request an input's name, and the pointer to it; or as many pointers as a row has elements
 * @param answer an output's name, and the pointer to it
 */
public record Mapped(String path, @Nullable String ready, Map<String, List<String>> request, Map<String, String> answer)
        implements Protocol {
    /** Keeps its own copies; refuses what points nowhere. */
    public Mapped {
        request = Map.copyOf(request);
        answer = Map.copyOf(answer);
        if (request.isEmpty() || answer.isEmpty()) {
            throw new IllegalArgumentException("a mapping names at least one input and one output");
        }
        checkPlaces(request.values().stream().flatMap(List::stream).toList());
        answer.values().forEach(Pointer::parts);
    }

    private static void checkPlaces(List<String> pointers) {
        for (int i = 0; i < pointers.size(); i++) {
            for (int k = 0; k < pointers.size(); k++) {
                if (i != k && isInside(Pointer.parts(pointers.get(k)), Pointer.parts(pointers.get(i)))) {
                    throw new IllegalArgumentException(
                            "'" + pointers.get(k) + "' and '" + pointers.get(i) + "' of a request are the same place");
                }
            }
        }
    }

    private static boolean isInside(List<String> parts, List<String> outer) {
        return parts.size() >= outer.size() && parts.subList(0, outer.size()).equals(outer);
    }

    @Override
    public String spelling() {
        return "mapping";
    }

    @Override
    public int mostRows() {
        return 1;
    }

    @Override
    public String inferPath() {
        return path;
    }

    @Override
    public Optional<String> readyPath() {
        return Optional.ofNullable(ready);
    }

    @Override
    public Optional<String> modelPath() {
        return Optional.empty();
    }

    @Override
    public boolean mayLeaveOut() {
        return true;
    }

    /**
     * What does not fit together of the mapping and the model.
     *
     * @return a sentence; empty where all fits
     */
    public Optional<String> misfit(GoldenSet set) {
        for (TensorType input : set.inputs()) {
            List<String> pointers = request.get(input.name());
            if (pointers == null) {
                return Optional.of("endpoint.request does not say where the input '" + input.name() + "' stands");
            }
            if (pointers.size() != 1 && pointers.size() != input.rowSize()) {
                return Optional.of("endpoint.request has " + pointers.size() + " pointers for the " + input.rowSize()
                        + " elements of input '" + input.name() + "'");
            }
        }
        List<String> outputs = set.outputs().stream().map(TensorType::name).toList();
        for (String output : answer.keySet()) {
            if (!outputs.contains(output)) {
                return Optional.of("endpoint.answer names '" + output + "', and the model's outputs are " + outputs);
            }
        }
        return Optional.empty();
    }

    @Override
    public Question question(GoldenSet set, List<GoldenRow> rows) {
        if (rows.size() != 1) {
            throw new IllegalArgumentException("a mapping asks one row at a time");
        }
        Map<String, Object> document = new LinkedHashMap<>();
        for (TensorType input : set.inputs()) {
            Elements elements = Objects.requireNonNull(rows.get(0).inputs().get(input.name()));
            List<String> pointers = request.getOrDefault(input.name(), List.of());
            boolean each = pointers.size() > 1;
            for (int i = 0; i < pointers.size(); i++) {
                put(document, Pointer.parts(pointers.get(i)), new Leaf(input, elements, each ? i : -1));
            }
        }
        return Question.json(JsonBody.of(json -> write(document, json)));
    }

    /** What stands at a pointer: a whole row, or one element of it. */
    private record Leaf(TensorType type, Elements elements, int index) {}

    /** Lists are kept as objects with their places as names until they are written. */
    @SuppressWarnings("unchecked") // inner objects are made here alone
    private static void put(Map<String, Object> document, List<String> parts, Leaf leaf) {
        Map<String, Object> inner = document;
        for (String part : parts.subList(0, Math.max(0, parts.size() - 1))) {
            inner = (Map<String, Object>) inner.computeIfAbsent(part, any -> new LinkedHashMap<String, Object>());
        }
        inner.put(parts.isEmpty() ? "" : parts.get(parts.size() - 1), leaf);
    }

    @SuppressWarnings("unchecked") // inner objects are made here alone
    private static void write(Object value, JsonGenerator json) throws IOException {
        if (value instanceof Leaf leaf) {
            if (leaf.index() < 0) {
                JsonBody.nested(leaf.elements(), leaf.type(), json);
            } else {
                ElementJson.write(
                        leaf.elements(), leaf.index(), leaf.type().datatype(), ElementJson.NotFinite.BARE, json);
            }
            return;
        }
        Map<String, Object> members = (Map<String, Object>) value;
        if (members.containsKey("")) {
            write(members.get(""), json);
            return;
        }
        boolean isList = members.keySet().stream().allMatch(name -> name.matches("\\d{1,6}"));
        if (isList) {
            json.writeStartArray();
            for (int i = 0; i < members.size(); i++) {
                Object item = members.get(Integer.toString(i));
                if (item == null) {
                    throw new IllegalArgumentException(
                            "endpoint.request leaves place " + i + " of a list of " + members.size() + " open");
                }
                write(item, json);
            }
            json.writeEndArray();
            return;
        }
        json.writeStartObject();
        for (Map.Entry<String, Object> member : members.entrySet()) {
            json.writeFieldName(member.getKey());
            write(member.getValue(), json);
        }
        json.writeEndObject();
    }

    @Override
    public List<Map<String, Elements>> answers(GoldenSet set, int rows, Map<String, String> headers, byte[] body)
            throws BadAnswerException {
        JsonTree tree = JsonTree.ofAnswer(body, body.length);
        Map<String, Elements> row = new HashMap<>();
        for (TensorType output : set.outputs()) {
            String pointer = answer.get(output.name());
            if (pointer != null) {
                row.put(output.name(), Predict.values(output, tree.at(pointer)));
            }
        }
        return List.of(row);
    }

    @Override
    public List<Malformed> malformed(GoldenSet set, GoldenRow row) {
        return JsonBody.malformed();
    }
}
