// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.npz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.validation.data.Contents;
import dev.gatewright.validation.data.rows.BadDataException;
import dev.gatewright.validation.data.rows.ElementType;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.testkit.Gen;
import dev.gatewright.validation.testkit.Seeded;
import dev.gatewright.validation.testkit.numpy.Npz;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlainNumbersTest {
    private static final SortedMap<ElementType, String> CODES = new TreeMap<>(Map.of(
            ElementType.FLOAT32, "f4",
            ElementType.FLOAT64, "f8",
            ElementType.INT8, "i1",
            ElementType.UINT16, "u2",
            ElementType.INT32, "i4",
            ElementType.UINT64, "u8"));

    @TempDir
    Path folder;

    /** Those of the machine's order are copied, those of the other are taken one by one. */
    @Seeded(cases = 60)
    void numbersOfEitherByteOrderComeOutTheSame(Gen gen) throws IOException {
        ElementType type = gen.oneOf(List.copyOf(CODES.keySet()));
        int width = gen.integer(1, 9);
        long[] bits = bits(gen, type, width * gen.oneOf(1, gen.integer(2, 300), gen.integer(10_000, 40_000)));
        Field.Missing missing = type.isFloat() ? gen.oneOf(Field.Missing.values()) : Field.Missing.REFUSE;
        Field.Matrix matrix = new Field.Matrix("x", type, List.of("x"), missing, width);
        int block = gen.integer(1, 700);

        String little = read("<", encoded(bits, type, ByteOrder.LITTLE_ENDIAN), matrix, block);
        String big = read(">", encoded(bits, type, ByteOrder.BIG_ENDIAN), matrix, block);

        assertThat(little).isEqualTo(big);
    }

    @Test
    void everyByteButZeroIsTrueAndOneInMemory() throws IOException {
        Path file = folder.resolve("a.npz");
        Files.write(file, Npz.stored(Map.of("b.npy", Npz.npy("|b1", "(4,)", new byte[] {0, 1, 2, -1}))));
        Field.Matrix truth = new Field.Matrix("b", ElementType.BOOL, List.of("b"));

        assertThat(Contents.of(file, 4, truth).bytes(truth)).containsExactly(0, 1, 1, 1);
    }

    /** Any numbers, of floats now and then one that is not finite. */
    private static long[] bits(Gen gen, ElementType type, int count) {
        int odd = gen.chance(0.5) ? gen.integer(0, count - 1) : -1;
        double notFinite = gen.oneOf(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
        long[] bits = new long[count];
        for (int i = 0; i < count; i++) {
            double number = i == odd ? notFinite : gen.real(-1, 1);
            bits[i] = switch (type) {
                case FLOAT32 -> Float.floatToRawIntBits((float) number);
                case FLOAT64 -> Double.doubleToRawLongBits(number);
                default -> gen.anyLong();
            };
        }
        return bits;
    }

    private static byte[] encoded(long[] bits, ElementType type, ByteOrder order) {
        ByteBuffer bytes = ByteBuffer.allocate(bits.length * type.bytes()).order(order);
        for (long number : bits) {
            switch (type.bytes()) {
                case 1 -> bytes.put((byte) number);
                case 2 -> bytes.putShort((short) number);
                case 4 -> bytes.putInt((int) number);
                default -> bytes.putLong(number);
            }
        }
        return bytes.array();
    }

    /** What lies in memory, or why nothing does. */
    private String read(String order, byte[] numbers, Field.Matrix matrix, int block) throws IOException {
        int width = matrix.width();
        int rows = numbers.length / matrix.type().bytes() / width;
        byte[] array = Npz.npy(order + CODES.get(matrix.type()), "(" + rows + ", " + width + ")", numbers);
        Path file = Files.write(folder.resolve("a.npz"), Npz.stored(Map.of("x.npy", array)));
        try {
            return HexFormat.of().formatHex(Contents.of(file, block, matrix).bytes(matrix));
        } catch (BadDataException e) {
            return e.getMessage();
        }
    }
}
