// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an {@code AttributeProto} says, as far as it can hide a tensor, a graph or a size. */
final class AttributeMessage {
    private static final int FLOAT = 1;
    private static final int INT = 2;
    private static final int STRING = 3;
    private static final int TENSOR = 4;
    private static final int GRAPH = 5;
    private static final int FLOATS = 6;
    private static final int INTS = 7;
    private static final int STRINGS = 8;
    private static final int TENSORS = 9;
    private static final int GRAPHS = 10;
    private static final int SPARSE_TENSOR = 11;
    private static final int SPARSE_TENSORS = 12;
    private static final int TYPE_PROTO = 13;
    private static final int TYPE_PROTOS = 14;

    String name = "";

    /** The declared type, a number of {@code AttributeProto.AttributeType}; 0 where there is none. */
    int type;

    /** The type that the value has; 0 where there is no value, and {@link #secondKind} is another one. */
    int kind;

    int secondKind;

    /** The numbers of a numeric attribute, one or a list. */
    @Nullable
    NumberList numbers;

    List<TensorMessage> tensors = List.of();
    List<SparseTensorMessage> sparseTensors = List.of();
    List<GraphMessage> graphs = List.of();

    private AttributeMessage() {}

    static AttributeMessage read(MessageReader in) throws IOException {
        AttributeMessage attribute = new AttributeMessage();
        while (in.next()) {
            switch (in.number()) {
                case 1 -> attribute.name = in.once().name();
                case 2 -> attribute.numbers(FLOAT).add(in.once().float32());
                case 3 -> attribute.numbers(INT).accept(in.once().int64());
                case 4 -> attribute.stepOver(STRING, in.once());
                case 5 -> attribute.tensor(TENSOR, in.once());
                case 6 -> attribute.graph(GRAPH, in.once());
                case 7 -> NumberFields.floats(in, attribute.numbers(FLOATS));
                case 8 -> NumberFields.integers(in, attribute.numbers(INTS));
                case 9 -> attribute.stepOver(STRINGS, in);
                case 10 -> attribute.tensor(TENSORS, in);
                case 11 -> attribute.graph(GRAPHS, in);
                case 14 -> attribute.declaredType(TYPE_PROTO, in.once());
                case 15 -> attribute.declaredType(TYPE_PROTOS, in);
                case 20 -> attribute.type = in.once().int32();
                case 22 -> attribute.sparseTensor(SPARSE_TENSOR, in.once());
                case 23 -> attribute.sparseTensor(SPARSE_TENSORS, in);
                default -> in.skip();
            }
        }
        return attribute;
    }

    private void kind(int found) {
        if (kind == 0) {
            kind = found;
        } else if (kind != found) {
            secondKind = found;
        }
    }

    private NumberList numbers(int found) {
        kind(found);
        if (numbers == null) {
            numbers = new NumberList(NumberList.FEW);
        }
        return numbers;
    }

    private void stepOver(int found, MessageReader in) throws IOException {
        kind(found);
        in.bytes();
    }

    private void tensor(int found, MessageReader in) throws IOException {
        kind(found);
        tensors = added(tensors, TensorMessage.read(in.message("TensorProto")));
    }

    private void sparseTensor(int found, MessageReader in) throws IOException {
        kind(found);
        sparseTensors = added(sparseTensors, SparseTensorMessage.read(in.message("SparseTensorProto")));
    }

    private void graph(int found, MessageReader in) throws IOException {
        kind(found);
        graphs = added(graphs, GraphMessage.read(in.message("GraphProto")));
    }

    private void declaredType(int found, MessageReader in) throws IOException {
        kind(found);
        TypeReader.read(in.message("TypeProto"));
    }

    private static <T> List<T> added(List<T> before, T more) {
        List<T> all = before.isEmpty() ? new ArrayList<>(1) : before;
        all.add(more);
        return all;
    }
}
