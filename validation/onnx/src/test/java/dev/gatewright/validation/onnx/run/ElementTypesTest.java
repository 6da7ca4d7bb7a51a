// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.validation.testkit.onnx.Onnx;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each element type goes in and comes out with its own values, at the ends of its range too. */
class ElementTypesTest {
    private static final int ROWS = 70;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void goesThroughTheModelUnchanged(ElementType type) {
        // Several inputs at once, one of them of another type, so that places in memory are told apart.
        Path model = Onnx.model()
                .opset(19)
                .input("x", type.code(), "N,2")
                .input("other", Onnx.INT64, "N,1")
                .node("Identity", "x", "first")
                .node("Identity", "first", "y")
                .node("Add", "other,other", "twice")
                .output("y", type.code(), "N,2")
                .output("twice", Onnx.INT64, "N,1")
                .writeTo(folder.resolve("model.onnx"));
        RunPlan plan = RunPlan.of(model).withDevice(Device.CPU).withSlots(2, 2);
        try (ModelRunner runner = ModelRunner.start(plan, Workers.usual())) {
            for (int block = 0; block < 2; block++) {
                Slot slot = runner.emptySlot();
                for (int i = 0; i < 2 * ROWS; i++) {
                    put(slot, type, i);
                }
                for (int i = 0; i < ROWS; i++) {
                    slot.input(1).putLong(8 * i, i);
                }
                runner.submit(slot, ROWS);
                slot = runner.next();
                assertThat(runner.outputs())
                        .containsExactly(
                                new TensorSpec("y", type, 2, List.of()),
                                new TensorSpec("twice", ElementType.INT64, 1, List.of()));
                for (int i = 0; i < 2 * ROWS; i++) {
                    check(slot.output(0), type, i);
                }
                for (int i = 0; i < ROWS; i++) {
                    assertThat(slot.output(1).integer(i)).isEqualTo(2L * i);
                }
                runner.release(slot);
            }
        }
    }

    @Test
    void saysWhatAnOutputDoesNotHold() {
        TensorView floats = view(ElementType.FLOAT);
        TensorView texts = view(ElementType.STRING);
        assertThatThrownBy(() -> floats.integer(0)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> floats.string(0)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> texts.real(0)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> texts.integer(0)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> texts.string(1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> texts.string(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void roundsLargeUnsignedIntegersOnce() {
        ByteBuffer memory = ByteBuffer.allocateDirect(8);
        TensorView view = new TensorView(new TensorSpec("y", ElementType.UINT64, 1, List.of()), memory);
        view.setRows(1);
        for (String decimal : List.of("18446744073709551615", "9223372036854775809", "9223372036854776833", "7")) {
            memory.putLong(0, Long.parseUnsignedLong(decimal));
            assertThat(view.real(0)).isEqualTo(Double.parseDouble(decimal));
        }
    }

    private static TensorView view(ElementType type) {
        TensorView view =
                new TensorView(new TensorSpec("y", type, 1, List.of()), ByteBuffer.allocateDirect(8), new String[1]);
        view.setRows(1);
        return view;
    }

    private static void put(Slot slot, ElementType type, int i) {
        switch (type.carrier()) {
            case STRING -> slot.strings(0).set(i, text(i));
            case FLOAT -> slot.input(0).putFloat(4 * i, (float) real(type, i));
            case DOUBLE -> slot.input(0).putDouble(8 * i, real(type, i));
            case BOOL, INT8, UINT8 -> slot.input(0).put(i, (byte) integer(type, i));
            case INT16, UINT16 -> slot.input(0).putShort(2 * i, (short) integer(type, i));
            case INT32, UINT32 -> slot.input(0).putInt(4 * i, (int) integer(type, i));
            default -> slot.input(0).putLong(8 * i, integer(type, i));
        }
    }

    private static void check(TensorView view, ElementType type, int i) {
        switch (type.carrier()) {
            case STRING -> assertThat(view.string(i)).isEqualTo(text(i));
            case FLOAT, DOUBLE -> assertThat(view.real(i)).isEqualTo(real(type, i));
            default -> {
                assertThat(view.integer(i)).isEqualTo(integer(type, i));
                assertThat(view.real(i))
                        .isEqualTo(
                                type == ElementType.UINT64
                                        ? Double.parseDouble(Long.toUnsignedString(integer(type, i)))
                                        : (double) integer(type, i));
            }
        }
    }

    private static String text(int i) {
        return i % 3 == 0 ? "" : "row \u00e9 \uD83D\uDE00 " + i;
    }

    /** Numbers that the type holds exactly, its largest among them. */
    private static double real(ElementType type, int i) {
        double largest = switch (type) {
            case FLOAT16 -> 65504;
            case BFLOAT16 -> 0x1.FEp127;
            case FLOAT -> Float.MAX_VALUE;
            default -> Double.MAX_VALUE;
        };
        return i == 0 ? largest : i == 1 ? -largest : i == 2 ? Double.POSITIVE_INFINITY : (i - 70) / 16.0;
    }

    private static long integer(ElementType type, int i) {
        return switch (type) {
            case BOOL -> i % 2;
            case INT8 -> i == 0 ? Byte.MIN_VALUE : i == 1 ? Byte.MAX_VALUE : i - 70;
            case UINT8 -> i == 0 ? 255 : i;
            case INT16 -> i == 0 ? Short.MIN_VALUE : i == 1 ? Short.MAX_VALUE : i - 70;
            case UINT16 -> i == 0 ? 65535 : i;
            case INT32 -> i == 0 ? Integer.MIN_VALUE : i == 1 ? Integer.MAX_VALUE : i - 70;
            case UINT32 -> i == 0 ? 0xFFFF_FFFFL : i;
            case INT64 -> i == 0 ? Long.MIN_VALUE : i == 1 ? Long.MAX_VALUE : i - 70;
            default -> i == 0 ? -1 : i;
        };
    }
}
