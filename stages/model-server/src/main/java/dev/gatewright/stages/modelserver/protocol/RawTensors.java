// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.modelserver.protocol;

import dev.gatewright.stages.modelserver.tensor.RefusedRequestException;
import dev.gatewright.stages.modelserver.tensor.TensorWriter;
import dev.gatewright.stages.modelserver.tensor.Utf8;
import dev.gatewright.validation.onnx.run.ElementType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The raw tensors behind the JSON of a request of protocol v2: little-endian, one after the other. */
final class RawTensors {
    private final byte[] body;
    private final int end;
    private int next;

    RawTensors(byte[] body, int start, int end) {
        this.body = body;
        this.next = start;
        this.end = end;
    }

    /** The bytes of the whole body, JSON included. */
    int bodyBytes() {
        return end;
    }

    /** Puts the next {@code bytes} bytes, which are {@code elements} elements. */
    void read(int bytes, long elements, TensorWriter writer) throws RefusedRequestException {
        String name = writer.input().name();
        if (bytes > end - next) {
            throw RefusedRequestException.wrong("input '" + name + "' has a binary_data_size of " + bytes
                    + ", and only " + (end - next) + " bytes are left");
        }
        ElementType type = writer.input().type();
        if (type == ElementType.STRING) {
            texts(bytes, elements, writer);
        } else if (bytes != elements * type.bytes()) {
            throw RefusedRequestException.wrong("input '" + name + "' has a binary_data_size of " + bytes
                    + "; its shape makes " + elements * type.bytes());
        } else {
            if (type == ElementType.BOOL) {
                checkTruths(name, bytes);
            }
            writer.putBytes(body, next, bytes);
        }
        next += bytes;
    }

    private void checkTruths(String name, int bytes) throws RefusedRequestException {
        for (int i = next; i < next + bytes; i++) {
            if (body[i] != 0 && body[i] != 1) {
                throw RefusedRequestException.wrong("input '" + name + "': element " + (i - next) + " is "
                        + (body[i] & 0xFF) + ", which is no BOOL value");
            }
        }
    }

    private void texts(int bytes, long elements, TensorWriter writer) throws RefusedRequestException {
        ByteBuffer from = ByteBuffer.wrap(body, next, bytes).order(ByteOrder.LITTLE_ENDIAN);
        String name = writer.input().name();
        while (from.hasRemaining()) {
            int length = from.remaining() < Integer.BYTES ? -1 : from.getInt();
            if (length < 0 || length > from.remaining()) {
                throw RefusedRequestException.wrong(
                        "input '" + name + "': element " + writer.elements() + " is longer than what is left");
            }
            writer.putText(Utf8.decode(body, from.position(), length, "input '" + name + "'"));
            from.position(from.position() + length);
        }
        if (writer.elements() != elements) {
            throw RefusedRequestException.wrong(
                    "input '" + name + "' has " + writer.elements() + " elements; its shape makes " + elements);
        }
    }

    /** Refuses bytes that belong to no input. */
    void finish() throws RefusedRequestException {
        if (next != end) {
            throw RefusedRequestException.wrong((end - next) + " bytes follow the last input");
        }
    }
}
