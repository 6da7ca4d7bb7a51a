// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.quantization;

import dev.gatewright.validation.onnx.graph.Content;
import dev.gatewright.validation.onnx.graph.Sink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A few numbers that are known once they are written.
 *
 * @param size how many bytes {@code fill} puts
 */
record FewBytes(long size, Fill fill) implements Content {
    /** Puts the numbers, little-endian. */
    interface Fill {
        void into(ByteBuffer bytes) throws IOException;
    }

    @Override
    public void writeTo(Sink out) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(size)).order(ByteOrder.LITTLE_ENDIAN);
        fill.into(bytes);
        out.write(bytes.flip());
    }
}
