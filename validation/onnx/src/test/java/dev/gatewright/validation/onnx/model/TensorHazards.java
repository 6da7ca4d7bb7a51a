// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

import static dev.gatewright.validation.onnx.model.Models.zeros;
import static dev.gatewright.validation.testkit.onnx.Onnx.DOUBLE;
import static dev.gatewright.validation.testkit.onnx.Onnx.FLOAT;
import static dev.gatewright.validation.testkit.onnx.Onnx.INT64;
import static dev.gatewright.validation.testkit.onnx.Onnx.STRING;
import static dev.gatewright.validation.testkit.onnx.Onnx.UINT8;
import static dev.gatewright.validation.testkit.onnx.Onnx.tensor;

import dev.gatewright.validation.testkit.onnx.Onnx;
import dev.gatewright.validation.testkit.onnx.Proto;
import java.util.ArrayList;
import java.util.List;

/** Tensors whose type, shape and data do not fit each other; each as an initializer and as an attribute. */
final class TensorHazards {
    private static final int COMPLEX64 = 14;
    private static final int UINT4 = 21;
    private static final int INT2 = 26;
    private static final int FLOAT6 = 27;

    private TensorHazards() {}

    static List<Hazard> all() {
        List<Hazard> all = new ArrayList<>();
        types(all);
        shapes(all);
        raw(all);
        typed(all);
        return all;
    }

    private static void types(List<Hazard> all) {
        for (int type : new int[] {0, 29, 99, -1}) {
            add(
                    all,
                    "tensor of the element type " + type,
                    Refusal.ELEMENT_TYPE,
                    zeros(tensor("w", FLOAT, "1"), 4),
                    zeros(tensor("w", type, "1"), 4));
        }
        add(
                all,
                "tensor without an element type",
                Refusal.ELEMENT_TYPE,
                zeros(tensor("w", FLOAT, "1"), 4),
                zeros(new Proto().varint(1, 1).string(8, "w"), 4));
    }

    private static void shapes(List<Hazard> all) {
        for (String shape : List.of("-1", "2,-1", "-9223372036854775808", "-1,-1")) {
            add(
                    all,
                    "tensor of the shape [" + shape + "]",
                    Refusal.DIMENSION,
                    zeros(tensor("w", FLOAT, "1"), 4),
                    zeros(tensor("w", FLOAT, shape), 4));
        }
        // The products wrap around to 0, 4 and a negative number; the bytes of the last one do.
        for (String shape : List.of(
                "4294967296,4294967296",
                "9223372036854775807,2,2",
                "4611686018427387905,4",
                "0,9223372036854775807,9223372036854775807",
                "2305843009213693952")) {
            add(
                    all,
                    "tensor of the shape [" + shape + "], past 64 bits",
                    Refusal.DIMENSION,
                    zeros(tensor("w", DOUBLE, "1"), 8),
                    zeros(tensor("w", DOUBLE, shape), 8));
        }
        add(
                all,
                "tensor of 65 dimensions",
                Refusal.DIMENSION,
                zeros(tensor("w", FLOAT, "1" + ",1".repeat(63)), 4),
                zeros(tensor("w", FLOAT, "1" + ",1".repeat(64)), 4));
        byte[] packed = new byte[65];
        java.util.Arrays.fill(packed, (byte) 1);
        add(
                all,
                "tensor of 65 packed dimensions",
                Refusal.DIMENSION,
                zeros(tensor("w", FLOAT, "1"), 4),
                zeros(tensor("w", FLOAT, "").bytes(1, packed), 4));
    }

    private static void raw(List<Hazard> all) {
        Proto four = zeros(tensor("w", FLOAT, "2,2"), 16);
        for (int bytes : new int[] {0, 1, 15, 17, 32}) {
            add(
                    all,
                    bytes + " raw bytes for four floats",
                    Refusal.TENSOR_DATA,
                    four,
                    zeros(tensor("w", FLOAT, "2,2"), bytes));
        }
        add(
                all,
                "raw bytes for no element",
                Refusal.TENSOR_DATA,
                zeros(tensor("w", FLOAT, "0"), 0),
                zeros(tensor("w", FLOAT, "0"), 4));
        add(
                all,
                "raw bytes for text",
                Refusal.TENSOR_DATA,
                tensor("w", STRING, "1").string(6, "text"),
                zeros(tensor("w", STRING, "1"), 32));
        add(
                all,
                "three bytes for five 4-bit numbers, and four",
                Refusal.TENSOR_DATA,
                zeros(tensor("w", UINT4, "5"), 3),
                zeros(tensor("w", UINT4, "5"), 4));
        add(
                all,
                "two bytes for five 2-bit numbers, and one",
                Refusal.TENSOR_DATA,
                zeros(tensor("w", INT2, "5"), 2),
                zeros(tensor("w", INT2, "5"), 1));
        add(
                all,
                "four bytes for five 6-bit numbers, and five",
                Refusal.TENSOR_DATA,
                zeros(tensor("w", FLOAT6, "5"), 4),
                zeros(tensor("w", FLOAT6, "5"), 5));
        add(
                all,
                "segment of a larger tensor",
                Refusal.TENSOR_DATA,
                four,
                zeros(tensor("w", FLOAT, "2,2"), 16)
                        .message(3, new Proto().varint(1, 0).varint(2, 4)));
        add(
                all,
                "unknown data location",
                Refusal.TENSOR_DATA,
                four,
                zeros(tensor("w", FLOAT, "2,2"), 16).varint(14, 2));
        add(
                all,
                "external data entries beside raw data",
                Refusal.TENSOR_DATA,
                four,
                zeros(tensor("w", FLOAT, "2,2"), 16).message(13, Onnx.entry("location", "weights")));
    }

    private static void typed(List<Hazard> all) {
        Proto two = tensor("w", FLOAT, "2").float32(4, 1).float32(4, 2);
        add(all, "no data", Refusal.TENSOR_DATA, two, tensor("w", FLOAT, "2"));
        add(
                all,
                "one value too few",
                Refusal.TENSOR_DATA,
                two,
                tensor("w", FLOAT, "2").float32(4, 1));
        add(
                all,
                "one value too many",
                Refusal.TENSOR_DATA,
                two,
                tensor("w", FLOAT, "2").bytes(4, new byte[8]).float32(4, 1));
        add(
                all,
                "values for no element",
                Refusal.TENSOR_DATA,
                tensor("w", FLOAT, "0"),
                tensor("w", FLOAT, "0").float32(4, 1));
        add(
                all,
                "raw and typed data",
                Refusal.TENSOR_DATA,
                two,
                tensor("w", FLOAT, "2").bytes(4, new byte[8]).bytes(9, new byte[8]));
        add(
                all,
                "empty raw data beside typed data",
                Refusal.TENSOR_DATA,
                two,
                tensor("w", FLOAT, "2").bytes(4, new byte[8]).bytes(9, new byte[0]));
        add(
                all,
                "two kinds of typed data",
                Refusal.TENSOR_DATA,
                two,
                tensor("w", FLOAT, "2").bytes(4, new byte[8]).varint(5, 1));
        add(
                all,
                "float with integer data",
                Refusal.TENSOR_DATA,
                two,
                tensor("w", FLOAT, "2").varint(5, 1).varint(5, 2));
        add(
                all,
                "int64 with int32 data",
                Refusal.TENSOR_DATA,
                tensor("w", INT64, "1").varint(7, 1),
                tensor("w", INT64, "1").varint(5, 1));
        add(
                all,
                "uint8 with text data",
                Refusal.TENSOR_DATA,
                tensor("w", UINT8, "1").varint(5, 1),
                tensor("w", UINT8, "1").string(6, "1"));
        add(
                all,
                "text with a text too few",
                Refusal.TENSOR_DATA,
                tensor("w", STRING, "2").string(6, "a").string(6, ""),
                tensor("w", STRING, "2").string(6, "a"));
        add(
                all,
                "complex number without its imaginary part",
                Refusal.TENSOR_DATA,
                tensor("w", COMPLEX64, "1").bytes(4, new byte[8]),
                tensor("w", COMPLEX64, "1").bytes(4, new byte[4]));
        add(
                all,
                "4-bit numbers one in a value instead of two",
                Refusal.TENSOR_DATA,
                tensor("w", UINT4, "4").varint(5, 1).varint(5, 1),
                tensor("w", UINT4, "4").bytes(5, new byte[4]));
    }

    private static void add(List<Hazard> all, String name, Refusal reason, Proto sound, Proto hostile) {
        all.add(Hazard.model(
                name + ", in an initializer", reason, Models.withInitializer(sound), Models.withInitializer(hostile)));
        all.add(Hazard.model(
                name + ", in an attribute",
                reason,
                Models.withConstant(Models.tensorAttribute("value", sound)),
                Models.withConstant(Models.tensorAttribute("value", hostile))));
    }
}
