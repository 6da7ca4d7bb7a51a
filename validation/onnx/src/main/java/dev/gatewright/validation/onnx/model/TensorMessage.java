// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a {@code TensorProto} says; its values are counted and left where they are. */
final class TensorMessage {
    static final int FLOAT_DATA = 4;
    static final int INT32_DATA = 5;
    static final int STRING_DATA = 6;
    static final int INT64_DATA = 7;
    static final int DOUBLE_DATA = 10;
    static final int UINT64_DATA = 11;
    static final int EXTERNAL = 1;

    final Span span;
    String name = "";
    long[] dimensions = new long[0];
    int dataType;
    int dataLocation;
    boolean segmented;

    @Nullable
    Span raw;

    List<StringEntry> external = List.of();

    /** The field that has typed values, and how many; 0 where there are none. */
    int typedField;

    long typedValues;
    long stringBytes;

    /** A second field with typed values, which no tensor may have; 0 where there is none. */
    int secondTypedField;

    private TensorMessage(Span span) {
        this.span = span;
    }

    static TensorMessage read(MessageReader in) throws IOException {
        in.countPart();
        TensorMessage tensor = new TensorMessage(in.span());
        while (in.next()) {
            switch (in.number()) {
                case 1 -> tensor.dimensions = NumberFields.dimensions(in, tensor.dimensions);
                case 2 -> tensor.dataType = in.once().int32();
                case 3 -> {
                    tensor.segmented = true;
                    in.skip();
                }
                case FLOAT_DATA -> tensor.typed(FLOAT_DATA, NumberFields.countFixed(in, 4));
                case INT32_DATA -> tensor.typed(INT32_DATA, NumberFields.countIntegers(in));
                case STRING_DATA -> {
                    tensor.typed(STRING_DATA, 1);
                    tensor.stringBytes += in.bytes().length();
                }
                case INT64_DATA -> tensor.typed(INT64_DATA, NumberFields.countIntegers(in));
                case 8 -> tensor.name = in.once().name();
                case 9 -> tensor.raw = in.once().bytes();
                case DOUBLE_DATA -> tensor.typed(DOUBLE_DATA, NumberFields.countFixed(in, 8));
                case UINT64_DATA -> tensor.typed(UINT64_DATA, NumberFields.countIntegers(in));
                case 13 -> tensor.external(StringEntry.read(in.message("StringStringEntryProto")));
                case 14 -> tensor.dataLocation = in.once().int32();
                default -> in.skip();
            }
        }
        return tensor;
    }

    private void typed(int field, long values) {
        if (values == 0) {
            return;
        }
        if (typedField == 0) {
            typedField = field;
        } else if (typedField != field) {
            secondTypedField = field;
        }
        typedValues += values;
    }

    private void external(StringEntry entry) {
        if (external.isEmpty()) {
            external = new ArrayList<>(3);
        }
        external.add(entry);
    }
}
