// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.quantization;

import dev.gatewright.validation.onnx.graph.Bytes;
import dev.gatewright.validation.onnx.graph.Content;
import dev.gatewright.validation.onnx.graph.Sink;
import dev.gatewright.validation.onnx.graph.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Floats as IEEE 754 halves, rounded to nearest, ties to even. */
final class HalfWeight implements Content {
    /** The bits of the least float that rounds beyond the largest half, 65504. */
    private static final int TOO_LARGE = Float.floatToRawIntBits(65520f);

    private static final int LEAST_NORMAL = Float.floatToRawIntBits(0x1p-14f);
    private static final int SIGN = 0x8000;

    /** Added, it shifts the mantissa of a float below 2^-14 to where a subnormal half has its own. */
    private static final float SUBNORMAL = 0x1p-1f;

    private final Tensor tensor;

    HalfWeight(Tensor tensor) {
        this.tensor = tensor;
    }

    @Override
    public long size() {
        return tensor.elements() * Short.BYTES;
    }

    @Override
    public void writeTo(Sink out) throws IOException {
        long elements = tensor.elements();
        int[] tile = new int[(int) Math.min(Floats.TILE, elements)];
        Floats floats = new Floats((Bytes) tensor.values(), tile.length);
        ByteBuffer halves = ByteBuffer.allocate(tile.length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (long position = 0; position < elements; position += tile.length) {
            int count = (int) Math.min(tile.length, elements - position);
            floats.readBits(position, count, tile, 0);
            halves.clear();
            for (int i = 0; i < count; i++) {
                halves.putShort(half(tile[i]));
            }
            out.write(halves.flip());
        }
    }

    private short half(int bits) {
        int sign = (bits >>> 16) & SIGN;
        int magnitude = bits & 0x7FFF_FFFF;
        if (magnitude >= TOO_LARGE) {
            throw new UnquantizableModelException(
                    "tensor '" + tensor.name() + "' holds " + Float.intBitsToFloat(bits)
                            + ", which no half can stand for (they end at 65504); keep the operators that read it, or exclude them");
        }
        if (magnitude < LEAST_NORMAL) {
            int shifted = Float.floatToRawIntBits(Float.intBitsToFloat(magnitude) + SUBNORMAL);
            return (short) (sign | shifted - Float.floatToRawIntBits(SUBNORMAL));
        }
        // The exponent's bias goes from 127 to 15; half of the last place that stays is added, less one where that is
        // even.
        int rounded = magnitude + ((15 - 127) << 23) + 0xFFF + ((magnitude >> 13) & 1);
        return (short) (sign | rounded >> 13);
    }
}
