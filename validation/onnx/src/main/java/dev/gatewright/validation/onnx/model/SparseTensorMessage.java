// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What a {@code SparseTensorProto} says. */
final class SparseTensorMessage {
    @Nullable
    TensorMessage values;

    @Nullable
    TensorMessage indices;

    long[] dimensions = new long[0];

    private SparseTensorMessage() {}

    static SparseTensorMessage read(MessageReader in) throws IOException {
        SparseTensorMessage sparse = new SparseTensorMessage();
        while (in.next()) {
            switch (in.number()) {
                case 1 -> sparse.values = TensorMessage.read(in.once().message("TensorProto"));
                case 2 -> sparse.indices = TensorMessage.read(in.once().message("TensorProto"));
                case 3 -> sparse.dimensions = NumberFields.dimensions(in, sparse.dimensions);
                default -> in.skip();
            }
        }
        return sparse;
    }

    /** The name of the sparse initializer, which is that of its values. */
    String name() {
        return values == null ? "" : values.name;
    }
}
