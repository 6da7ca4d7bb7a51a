// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.endpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads golden files, within bounds. Types stand before rows, as the writer puts them, so that a row is read straight into what
 * it is.
 */
final class GoldenReader {
    private static final long MOST_BYTES = 1L << 30;
    private static final int MOST_ROWS = 100_000;
    private static final int MOST_TENSORS = 1000;
    private static final int MOST_AXES = 32;
    private static final long MOST_ELEMENTS = 1L << 26;
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(16)
                    .maxStringLength(1 << 20)
                    .maxNameLength(1 << 12)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final JsonParser json;
    private String place = "the document";
    private @Nullable String format;
    private @Nullable String sha256;
    private List<TensorType> inputs = List.of();
    private List<TensorType> outputs = List.of();
    private final List<GoldenRow> rows = new ArrayList<>();
    private Tolerance tolerance = Tolerance.USUAL;
    private long elements;

    private GoldenReader(JsonParser json) {
        this.json = json;
    }

    static GoldenSet read(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                throw new BadGoldenSetException(file + ": there is no such file; write golden.path as it is", null);
            }
            if (Files.size(file) > MOST_BYTES) {
                throw new BadGoldenSetException(
                        file + ": a golden file has at most " + MOST_BYTES + " bytes; take fewer rows", null);
            }
        } catch (IOException e) {
            throw new BadGoldenSetException(file + " cannot be read: " + e.getMessage(), e);
        }
        try (InputStream in = Files.newInputStream(file);
                JsonParser parser = JSON.createParser(in)) {
            GoldenReader reader = new GoldenReader(parser);
            try {
                return reader.document();
            } catch (IOException | IllegalArgumentException | BadGoldenSetException e) {
                throw new BadGoldenSetException(
                        file + " is no golden file of the format " + GoldenSet.FORMAT + ": " + reader.place + ": "
                                + Plain.of(String.valueOf(e.getMessage()), 300),
                        e);
            }
        } catch (IOException e) {
            throw new BadGoldenSetException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private GoldenSet document() throws IOException {
        json.nextToken();
        begin(JsonToken.START_OBJECT);
        for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
            place = Plain.of(key, 40);
            switch (key) {
                case "format" -> format = checkFormat(text());
                case "model" -> model();
                case "inputs" -> inputs = types();
                case "outputs" -> outputs = types();
                case "tolerance" -> tolerance = tolerance();
                case "rows" -> rows();
                default ->
                    throw new IOException(
                            "unknown key; those of a golden file are format, model, inputs, outputs, tolerance, rows");
            }
        }
        place = "the document";
        if (json.nextToken() != null) {
            throw new IOException("something follows its end");
        }
        if (format == null) {
            throw new IOException("it names no format; write \"format\": \"" + GoldenSet.FORMAT + "\"");
        }
        return new GoldenSet(sha256, inputs, outputs, rows, tolerance);
    }

    private static String checkFormat(String found) throws IOException {
        if (!found.equals(GoldenSet.FORMAT)) {
            throw new IOException("'" + Plain.of(found, 60) + "' is not " + GoldenSet.FORMAT
                    + "; a newer program may have written it");
        }
        return found;
    }

    private void model() throws IOException {
        json.nextToken();
        begin(JsonToken.START_OBJECT);
        for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
            if (!key.equals("sha256")) {
                throw new IOException("unknown key '" + Plain.of(key, 40) + "'; expected sha256");
            }
            sha256 = text();
            if (!sha256.matches("[0-9a-f]{64}")) {
                throw new IOException("sha256 is 64 hexadecimal digits");
            }
        }
    }

    private List<TensorType> types() throws IOException {
        List<TensorType> types = new ArrayList<>();
        Set<String> names = new HashSet<>();
        json.nextToken();
        begin(JsonToken.START_ARRAY);
        while (json.nextToken() != JsonToken.END_ARRAY) {
            begin(JsonToken.START_OBJECT);
            String name = "";
            Datatype datatype = null;
            List<Integer> shape = new ArrayList<>();
            for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
                switch (key) {
                    case "name" -> name = text();
                    case "datatype" -> {
                        String spelling = text();
                        datatype = Datatype.of(spelling)
                                .orElseThrow(() -> new IOException("datatype '" + Plain.of(spelling, 40)
                                        + "' is none of " + List.of(Datatype.values())));
                    }
                    case "shape" -> {
                        json.nextToken();
                        begin(JsonToken.START_ARRAY);
                        while (json.nextToken() != JsonToken.END_ARRAY) {
                            if (json.currentToken() != JsonToken.VALUE_NUMBER_INT || shape.size() == MOST_AXES) {
                                throw new IOException("a shape is a list of at most " + MOST_AXES + " whole numbers");
                            }
                            shape.add(json.getIntValue());
                        }
                    }
                    default ->
                        throw new IOException(
                                "unknown key '" + Plain.of(key, 40) + "'; expected name, datatype and shape");
                }
            }
            if (datatype == null || name.isEmpty() || !names.add(name) || types.size() == MOST_TENSORS) {
                throw new IOException("each has a name of its own and a datatype");
            }
            types.add(new TensorType(name, datatype, shape));
        }
        return types;
    }

    private Tolerance tolerance() throws IOException {
        double absolute = Tolerance.USUAL.absolute();
        double relative = Tolerance.USUAL.relative();
        json.nextToken();
        begin(JsonToken.START_OBJECT);
        for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
            if (!json.nextToken().isNumeric()) {
                throw new IOException("expected numbers");
            }
            switch (key) {
                case "absolute" -> absolute = json.getDoubleValue();
                case "relative" -> relative = json.getDoubleValue();
                default ->
                    throw new IOException("unknown key '" + Plain.of(key, 40) + "'; expected absolute and relative");
            }
        }
        return new Tolerance(absolute, relative);
    }

    private void rows() throws IOException {
        if (inputs.isEmpty()) {
            throw new IOException("inputs and outputs stand before them");
        }
        Set<String> ids = new HashSet<>();
        json.nextToken();
        begin(JsonToken.START_ARRAY);
        while (json.nextToken() != JsonToken.END_ARRAY) {
            place = "rows[" + rows.size() + "]";
            if (rows.size() == MOST_ROWS) {
                throw new IOException("a golden file has at most " + MOST_ROWS + " rows");
            }
            GoldenRow row = row();
            if (!ids.add(row.id())) {
                throw new IOException("there are two rows '" + Plain.of(row.id(), 60) + "'");
            }
            rows.add(row);
        }
    }

    private GoldenRow row() throws IOException {
        String id = "row " + rows.size();
        Map<String, Elements> fed = Map.of();
        Map<String, Elements> expected = Map.of();
        Label label = null;
        begin(JsonToken.START_OBJECT);
        for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
            switch (key) {
                case "id" -> id = text();
                case "inputs" -> fed = tensors(inputs);
                case "expected" -> {
                    json.nextToken();
                    begin(JsonToken.START_OBJECT);
                    for (String part = json.nextFieldName(); part != null; part = json.nextFieldName()) {
                        switch (part) {
                            case "label" -> label = label();
                            case "outputs" -> expected = tensors(outputs);
                            default ->
                                throw new IOException(
                                        "unknown key '" + Plain.of(part, 40) + "'; expected label and outputs");
                        }
                    }
                }
                default ->
                    throw new IOException("unknown key '" + Plain.of(key, 40) + "'; expected id, inputs and expected");
            }
        }
        return new GoldenRow(id, fed, label, expected);
    }

    private Map<String, Elements> tensors(List<TensorType> types) throws IOException {
        Map<String, Elements> tensors = new HashMap<>();
        json.nextToken();
        begin(JsonToken.START_OBJECT);
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            String asked = name;
            TensorType type = types.stream()
                    .filter(known -> known.name().equals(asked))
                    .findFirst()
                    .orElseThrow(() -> new IOException("'" + Plain.of(asked, 60) + "' is none of "
                            + types.stream().map(TensorType::name).toList()));
            elements += type.rowSize();
            if (elements > MOST_ELEMENTS) {
                throw new IOException("a golden file has at most " + MOST_ELEMENTS + " elements; take fewer rows");
            }
            ElementJson.Taker taker = new ElementJson.Taker(type.datatype(), type.rowSize());
            json.nextToken();
            begin(JsonToken.START_ARRAY);
            while (json.nextToken() != JsonToken.END_ARRAY) {
                taker.take(json);
            }
            tensors.put(name, taker.elements());
        }
        return tensors;
    }

    private Label label() throws IOException {
        JsonToken token = json.nextToken();
        if (token == JsonToken.VALUE_STRING) {
            return new Label.OfClass(json.getText());
        }
        if (token.isNumeric()) {
            return new Label.OfNumber(json.getDoubleValue());
        }
        if (token != JsonToken.START_ARRAY) {
            throw new IOException("a label is a class, a number, or a list of classes");
        }
        List<String> names = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() != JsonToken.VALUE_STRING) {
                throw new IOException("a label is a class, a number, or a list of classes");
            }
            names.add(json.getText());
        }
        return new Label.OfClasses(names);
    }

    private String text() throws IOException {
        if (json.nextToken() != JsonToken.VALUE_STRING) {
            throw new IOException("expected a text");
        }
        return json.getText();
    }

    private void begin(JsonToken expected) throws IOException {
        if (json.currentToken() != expected) {
            throw new IOException("expected " + (expected == JsonToken.START_OBJECT ? "an object" : "a list"));
        }
    }
}
