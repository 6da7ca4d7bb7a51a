// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.modelserver.protocol;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.gatewright.stages.modelserver.tensor.NestedReader;
import dev.gatewright.stages.modelserver.tensor.RefusedRequestException;
import dev.gatewright.stages.modelserver.tensor.Shapes;
import dev.gatewright.stages.modelserver.tensor.TensorWriter;
import dev.gatewright.validation.onnx.run.worker.ServedModel.Declared;
import dev.gatewright.validation.onnx.run.worker.ServedTensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.io.ByteBufferPool;
import org.jspecify.annotations.Nullable;

/** Reads a request of protocol v1: rows ({@code instances}) or whole inputs ({@code inputs}). */
public final class V1Request {
    private static final int FIRST_ROOM = 64;

    private final Interface model;
    private final ByteBufferPool pool;
    private final List<TensorWriter> writers = new ArrayList<>();
    private final List<List<Long>> shapes = new ArrayList<>();
    private InferRequest.@Nullable Form form;

    private V1Request(Interface model, ByteBufferPool pool) {
        this.model = model;
        this.pool = pool;
    }

    /**
     * Reads a body.
     *
     * @throws RefusedRequestException if it asks for nothing that the model can answer; nothing of {@code pool} is held then
     */
    public static InferRequest read(byte[] body, int length, Interface model, ByteBufferPool pool)
            throws RefusedRequestException {
        V1Request request = new V1Request(model, pool);
        try {
            return new RequestText(body, length).document(request::read);
        } catch (RefusedRequestException | RuntimeException e) {
            request.writers.forEach(TensorWriter::release);
            throw e;
        }
    }

    private InferRequest read(JsonParser parser) throws IOException, RefusedRequestException {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "instances" -> {
                    begin(InferRequest.Form.V1_ROWS);
                    rows(parser);
                }
                case "inputs" -> {
                    begin(InferRequest.Form.V1_COLUMNS);
                    columns(parser);
                }
                default -> parser.skipChildren();
            }
        }
        if (form == null) {
            throw RefusedRequestException.wrong("the request has neither 'instances' nor 'inputs'");
        }
        List<ServedTensor> tensors = new ArrayList<>();
        for (int i = 0; i < writers.size(); i++) {
            Shapes.check(writers.get(i).input(), shapes.get(i), model.mostRows());
            tensors.add(writers.get(i).tensor(shapes.get(i)));
        }
        List<InferRequest.Wanted> wanted = model.outputs().stream()
                .map(output -> new InferRequest.Wanted(output.name(), false))
                .toList();
        return new InferRequest(null, Rows.inOrder(model, tensors), wanted, form, writers);
    }

    private void begin(InferRequest.Form found) throws RefusedRequestException {
        if (form != null) {
            throw RefusedRequestException.wrong("the request has both 'instances' and 'inputs'; one is expected");
        }
        form = found;
    }

    private void rows(JsonParser parser) throws IOException, RefusedRequestException {
        RequestText.needArray(parser, "instances");
        long rows = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (++rows > model.mostRows()) {
                throw RefusedRequestException.wrong(
                        "at most " + model.mostRows() + " instances are taken in one request");
            }
            if (parser.currentToken() == JsonToken.START_OBJECT) {
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    Declared input = model.input(parser.currentName());
                    parser.nextToken();
                    row(parser, input, rows);
                }
            } else {
                row(parser, only(), rows);
            }
        }
        if (rows == 0) {
            throw RefusedRequestException.wrong("there are no instances; one or more are expected");
        }
    }

    private void row(JsonParser parser, Declared input, long rows) throws IOException, RefusedRequestException {
        int place = place(input);
        List<Long> found = NestedReader.read(parser, writers.get(place));
        List<Long> before = shapes.get(place);
        boolean isFirst = rows == 1 && before.isEmpty();
        if (!isFirst && !follows(before, rows, found)) {
            throw RefusedRequestException.wrong("input '" + input.name() + "': instance " + (rows - 1)
                    + " has the shape " + found + ", and the one before it another or none");
        }
        List<Long> shape = new ArrayList<>(List.of(rows));
        shape.addAll(found);
        shapes.set(place, shape);
    }

    private static boolean follows(List<Long> before, long rows, List<Long> found) {
        return !before.isEmpty() && before.get(0) == rows - 1 && found.equals(before.subList(1, before.size()));
    }

    private void columns(JsonParser parser) throws IOException, RefusedRequestException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            column(parser, only());
            return;
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            Declared input = model.input(parser.currentName());
            parser.nextToken();
            column(parser, input);
        }
    }

    private void column(JsonParser parser, Declared input) throws IOException, RefusedRequestException {
        int place = place(input);
        shapes.set(place, NestedReader.read(parser, writers.get(place)));
    }

    /** The input that needs no name. */
    private Declared only() throws RefusedRequestException {
        if (model.inputs().size() == 1) {
            return model.inputs().get(0);
        }
        throw RefusedRequestException.wrong("the model has the inputs "
                + model.inputs().stream().map(Declared::name).toList() + "; say by name which is meant");
    }

    private int place(Declared input) {
        for (int i = 0; i < writers.size(); i++) {
            if (writers.get(i).input().equals(input)) {
                return i;
            }
        }
        writers.add(new TensorWriter(pool, input, FIRST_ROOM));
        shapes.add(List.of());
        return writers.size() - 1;
    }
}
