// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.modelserver.protocol;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.gatewright.stages.modelserver.tensor.Datatype;
import dev.gatewright.stages.modelserver.tensor.NestedReader;
import dev.gatewright.stages.modelserver.tensor.RefusedRequestException;
import dev.gatewright.stages.modelserver.tensor.Shapes;
import dev.gatewright.stages.modelserver.tensor.TensorWriter;
import dev.gatewright.stages.modelserver.tensor.Utf8;
import dev.gatewright.validation.onnx.run.worker.ServedModel.Declared;
import dev.gatewright.validation.onnx.run.worker.ServedTensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.io.ByteBufferPool;
import org.jspecify.annotations.Nullable;

/** The inputs of a request of protocol v2, read into memory one after the other. */
final class V2Inputs {
    private static final long NOT_THERE = -1;

    private final Interface model;
    private final RequestText text;
    private final RawTensors raw;
    private final ByteBufferPool pool;
    private final List<TensorWriter> memory = new ArrayList<>();
    private final List<ServedTensor> tensors = new ArrayList<>();

    /** An input as far as it has been read; its members may come in any order. */
    private static final class Part {
        @Nullable
        Declared input;

        @Nullable
        List<Long> shape;

        @Nullable
        Datatype datatype;

        int binaryBytes = -1;
        long dataAt = NOT_THERE;
        boolean read;
    }

    V2Inputs(Interface model, RequestText text, byte[] body, int length, int json, ByteBufferPool pool) {
        this.model = model;
        this.text = text;
        this.raw = new RawTensors(body, json, length);
        this.pool = pool;
    }

    /** Reads the array that {@code parser} is at. */
    void read(JsonParser parser) throws IOException, RefusedRequestException {
        RequestText.needArray(parser, "inputs");
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            RequestText.needObject(parser, "inputs");
            Part part = new Part();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                member(parser, part);
            }
            if (!part.read) {
                readRest(part);
            }
        }
    }

    private void member(JsonParser parser, Part part) throws IOException, RefusedRequestException {
        String name = parser.currentName();
        boolean isThere = parser.nextToken() != JsonToken.VALUE_NULL;
        switch (isThere ? name : "") {
            case "name" -> part.input = model.input(RequestText.text(parser, "the name of an input"));
            case "shape" -> part.shape = shape(parser);
            case "datatype" -> part.datatype = datatype(parser);
            case "parameters" -> part.binaryBytes = binaryBytes(parser);
            case "data" -> {
                part.dataAt = parser.currentTokenLocation().getByteOffset();
                Declared input = part.input;
                List<Long> shape = part.shape;
                if (input != null && shape != null && part.datatype != null) {
                    part.read = true;
                    numbers(parser, begin(part, input, shape), shape);
                } else {
                    parser.skipChildren();
                }
            }
            default -> parser.skipChildren();
        }
    }

    private static List<Long> shape(JsonParser parser) throws IOException, RefusedRequestException {
        RequestText.needArray(parser, "the shape of an input");
        List<Long> shape = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            shape.add((long) RequestText.count(parser, "the shape of an input"));
        }
        return shape;
    }

    private static Datatype datatype(JsonParser parser) throws IOException, RefusedRequestException {
        String name = RequestText.text(parser, "the datatype of an input");
        return Datatype.named(name)
                .orElseThrow(
                        () -> RefusedRequestException.wrong("there is no datatype '" + Utf8.shortened(name) + "'"));
    }

    private static int binaryBytes(JsonParser parser) throws IOException, RefusedRequestException {
        int bytes = -1;
        RequestText.needObject(parser, "parameters of an input");
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            if (name.equals("binary_data_size")) {
                bytes = RequestText.count(parser, "binary_data_size of an input");
            } else {
                parser.skipChildren();
            }
        }
        return bytes;
    }

    /** Checks what an input is said to be, and makes room for it. */
    private TensorWriter begin(Part part, Declared input, List<Long> shape) throws RefusedRequestException {
        Datatype expected = Datatype.of(input.type());
        if (part.datatype != expected) {
            throw RefusedRequestException.wrong("input '" + input.name() + "' is "
                    + (part.datatype == null ? "of no datatype" : part.datatype) + "; " + expected + " is expected");
        }
        if (tensors.stream().anyMatch(other -> other.name().equals(input.name()))) {
            throw RefusedRequestException.wrong("input '" + input.name() + "' comes twice");
        }
        Shapes.check(input, shape, model.mostRows());
        // No element is written in less than a byte: a small body makes no large room.
        int elements = Shapes.elements(input, shape, raw.bodyBytes());
        TensorWriter writer = new TensorWriter(pool, input, elements);
        memory.add(writer);
        return writer;
    }

    private void numbers(JsonParser parser, TensorWriter writer, List<Long> shape)
            throws IOException, RefusedRequestException {
        List<Long> found = NestedReader.read(parser, writer);
        boolean isFlat = found.size() == 1 && found.get(0) == product(shape);
        if (!isFlat && !found.equals(shape)) {
            throw RefusedRequestException.wrong("input '" + writer.input().name() + "' has data of the shape " + found
                    + "; its shape " + shape + " says otherwise");
        }
        tensors.add(writer.tensor(shape));
    }

    private static long product(List<Long> shape) {
        long product = 1;
        for (long axis : shape) {
            product *= axis;
        }
        return product;
    }

    private void readRest(Part part) throws IOException, RefusedRequestException {
        Declared input = part.input;
        List<Long> shape = part.shape;
        if (input == null || shape == null) {
            throw RefusedRequestException.wrong(
                    input == null ? "an input has no name" : "input '" + input.name() + "' has no shape");
        }
        TensorWriter writer = begin(part, input, shape);
        if (part.dataAt != NOT_THERE) {
            text.value(part.dataAt, parser -> {
                numbers(parser, writer, shape);
                return writer;
            });
        } else if (part.binaryBytes >= 0) {
            raw.read(part.binaryBytes, product(shape), writer);
            tensors.add(writer.tensor(shape));
        } else {
            throw RefusedRequestException.wrong("input '" + input.name() + "' has neither data nor binary_data_size");
        }
    }

    /** All tensors, in the order of the model's inputs. */
    List<ServedTensor> tensors() throws RefusedRequestException {
        raw.finish();
        return Rows.inOrder(model, tensors);
    }

    List<TensorWriter> memory() {
        return memory;
    }

    void release() {
        memory.forEach(TensorWriter::release);
    }
}
