// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.validation.data.rows.ElementType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class MatrixEncoderTest {
    private final ByteBuffer memory = ByteBuffer.allocateDirect(64).order(ByteOrder.nativeOrder());

    @Test
    void roundsWholeNumbersOnceAndNotByWayOfADouble() {
        long justAboveATie = (1L << 60) + (1L << 36) + 1;
        put(ElementType.FLOAT32, justAboveATie, false);
        assertThat(memory.getFloat(0)).isEqualTo(0x1p60f + 0x1p37f);
    }

    @Test
    void roundsUnsignedNumbersBeyondLongAtTheirLastBit() {
        put(ElementType.FLOAT32, (1L << 63) + (1L << 39) + 1, true);
        assertThat(memory.getFloat(0)).isEqualTo(0x1p63f + 0x1p40f);
        put(ElementType.FLOAT32, (1L << 63) + (1L << 39), true);
        assertThat(memory.getFloat(0)).isEqualTo(0x1p63f);
        put(ElementType.FLOAT64, (1L << 63) + (1L << 10) + 1, true);
        assertThat(memory.getDouble(0)).isEqualTo(0x1p63 + 0x1p11);
        put(ElementType.FLOAT64, -1, true);
        assertThat(memory.getDouble(0)).isEqualTo(0x1p64);
    }

    @Test
    void namesTheFirstValueThatIsRefusedAndPutsThoseBeforeIt() {
        double[] doubles = {1, Double.NaN, 1e39, 2};
        assertThat(MatrixEncoder.put(ElementType.FLOAT32, doubles, 4, false, memory, 8))
                .isEqualTo(1);
        assertThat(memory.getFloat(8)).isEqualTo(1f);
        assertThat(MatrixEncoder.put(ElementType.FLOAT32, doubles, 4, true, memory, 8))
                .isEqualTo(2);
        assertThat(MatrixEncoder.put(ElementType.FLOAT64, doubles, 4, true, memory, 8))
                .isEqualTo(MatrixEncoder.ALL);
        assertThat(memory.getDouble(32)).isEqualTo(2.0);
        long[] longs = {127, -128, 128};
        assertThat(MatrixEncoder.put(ElementType.INT8, longs, 3, false, memory, 0))
                .isEqualTo(2);
        assertThat(MatrixEncoder.put(ElementType.INT8, longs, 2, false, memory, 0))
                .isEqualTo(MatrixEncoder.ALL);
    }

    @Test
    void refusesInfinityAlsoWhereNanIsAllowed() {
        for (ElementType type : new ElementType[] {ElementType.FLOAT16, ElementType.FLOAT32, ElementType.FLOAT64}) {
            double[] infinite = {Double.NaN, Double.NEGATIVE_INFINITY};
            assertThat(MatrixEncoder.put(type, infinite, 2, true, memory, 0))
                    .as(type.numpyName())
                    .isEqualTo(1);
        }
    }

    private void put(ElementType type, long value, boolean unsigned) {
        assertThat(MatrixEncoder.put(type, new long[] {value}, 1, unsigned, memory, 0))
                .isEqualTo(MatrixEncoder.ALL);
    }
}
