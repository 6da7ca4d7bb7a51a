// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

import static dev.gatewright.validation.testkit.onnx.Onnx.FLOAT;
import static dev.gatewright.validation.testkit.onnx.Onnx.INT32;
import static dev.gatewright.validation.testkit.onnx.Onnx.INT64;
import static dev.gatewright.validation.testkit.onnx.Onnx.tensor;

import dev.gatewright.validation.testkit.onnx.Proto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Sparse tensors whose indices would write outside of the dense tensor, or whose dense form is a bomb. */
final class SparseHazards {
    private SparseHazards() {}

    /** Two values on the diagonal of a 3 × 3 matrix, by row-major position. */
    static Proto diagonal(String name) {
        return sparse(values(name, 2), indices("2", 0, 4), 3, 3);
    }

    static List<Hazard> all() {
        List<Hazard> all = new ArrayList<>();
        Proto values = values("s", 2);
        add(all, "no values", new Proto().message(2, indices("2", 0, 4)).varint(3, 9));
        add(all, "no indices", new Proto().message(1, values).varint(3, 9));
        add(all, "no dense shape", sparse(values, indices("2", 0, 4)));
        add(all, "empty dense shape", sparse(values, indices("2", 0, 4), 0, 3));
        add(
                all,
                "values of two dimensions",
                sparse(Models.zeros(tensor("s", FLOAT, "1,2"), 8), indices("2", 0, 4), 3, 3));
        add(all, "one index too few", sparse(values, indices("1", 0), 3, 3));
        add(all, "one index too many", sparse(values, indices("3", 0, 4, 8), 3, 3));
        add(all, "index below the shape", sparse(values, indices("2", -1, 4), 3, 3));
        add(all, "index behind the shape", sparse(values, indices("2", 0, 9), 3, 3));
        add(all, "index far behind the shape", sparse(values, indices("2", 0, Long.MAX_VALUE), 3, 3));
        add(all, "indices that descend", sparse(values, indices("2", 4, 0), 3, 3));
        add(all, "one index twice", sparse(values, indices("2", 4, 4), 3, 3));
        add(all, "coordinates behind an axis", sparse(values, indices("2,2", 0, 0, 0, 3), 3, 3));
        add(all, "coordinates below an axis", sparse(values, indices("2,2", 0, 0, -1, 3), 3, 3));
        add(all, "coordinates that descend", sparse(values, indices("2,2", 1, 1, 0, 0), 3, 3));
        add(all, "coordinates of another rank", sparse(values, indices("2,3", 0, 0, 0, 1, 1, 1), 3, 3));
        add(all, "indices of three dimensions", sparse(values, indices("2,1,1", 0, 4), 3, 3));
        add(all, "indices of 32 bits", sparse(values, Models.zeros(tensor("", INT32, "2"), 8), 3, 3));
        add(all, "indices as typed data, behind the shape", sparse(values, typed(0, 9), 3, 3));
        add(all, "indices as typed data, below the shape", sparse(values, typed(-1, 4), 3, 3));
        all.add(hazard("negative dense shape", Refusal.DIMENSION, sparse(values, indices("2", 0, 4), -3, 3)));
        all.add(hazard(
                "dense shape past 64 bits", Refusal.DIMENSION, sparse(values, indices("2", 0, 4), 1L << 32, 1L << 32)));
        all.add(hazard(
                "dense shape of a billion elements",
                Refusal.TOO_MUCH_MEMORY,
                sparse(values, indices("2", 0, 4), 1 << 15, 1 << 16)));
        all.add(hazard(
                "values at an address in memory",
                Refusal.MEMORY_ADDRESS,
                sparse(RangeHazards.external("s", "2", "*/_ORT_MEM_ADDR_/*", "4096", "8"), indices("2", 0, 4), 3, 3)));
        all.add(hazard(
                "indices at an address in memory",
                Refusal.MEMORY_ADDRESS,
                sparse(values, RangeHazards.external("", "2", "*/_ORT_MEM_ADDR_/*", "4096", "8"), 3, 3)));
        all.add(hazard(
                "values outside of the folder",
                Refusal.EXTERNAL_LOCATION,
                sparse(RangeHazards.external("s", "2", "../secret", "0", "8"), indices("2", 0, 4), 3, 3)));
        Proto attribute = new Proto().string(1, "sparse_value").varint(20, 11);
        all.add(Hazard.model(
                "sparse constant: index behind the shape",
                Refusal.SPARSE,
                Models.withConstant(new Proto().raw(attribute.toBytes()).message(22, diagonal(""))),
                Models.withConstant(new Proto()
                        .raw(attribute.toBytes())
                        .message(22, sparse(values("", 2), indices("2", 0, 9), 3, 3)))));
        return all;
    }

    private static void add(List<Hazard> all, String name, Proto hostile) {
        all.add(hazard(name, Refusal.SPARSE, hostile));
    }

    private static Hazard hazard(String name, Refusal reason, Proto hostile) {
        return Hazard.bytes(
                "sparse initializer: " + name,
                reason,
                Models.model(Models.reluGraph().message(15, diagonal("s"))).toBytes(),
                Models.model(Models.reluGraph().message(15, hostile)).toBytes());
    }

    private static Proto sparse(Proto values, Proto indices, long... shape) {
        Proto sparse = new Proto().message(1, values).message(2, indices);
        for (long dimension : shape) {
            sparse.varint(3, dimension);
        }
        return sparse;
    }

    private static Proto values(String name, int count) {
        return Models.zeros(tensor(name, FLOAT, "" + count), 4 * count);
    }

    private static Proto indices(String shape, long... indices) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * indices.length).order(ByteOrder.LITTLE_ENDIAN);
        for (long index : indices) {
            bytes.putLong(index);
        }
        return tensor("", INT64, shape).bytes(9, bytes.array());
    }

    private static Proto typed(long... indices) {
        Proto tensor = tensor("", INT64, "" + indices.length);
        for (long index : indices) {
            tensor.varint(7, index);
        }
        return tensor;
    }
}
