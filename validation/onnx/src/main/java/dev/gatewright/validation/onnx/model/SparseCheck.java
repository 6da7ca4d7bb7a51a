// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

import java.io.IOException;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Checks that a sparse tensor's indices fit its values and its shape, and that its dense form fits into memory. */
final class SparseCheck {
    private final Reading reading;
    private final TensorCheck tensors;
    private final TensorValues tensorValues;

    SparseCheck(Reading reading, TensorCheck tensors, TensorValues tensorValues) {
        this.reading = reading;
        this.tensors = tensors;
        this.tensorValues = tensorValues;
    }

    StoredTensor check(SparseTensorMessage sparse, Place place) throws IOException {
        if (sparse.values == null) {
            throw reading.refused(Refusal.SPARSE, place, "has no values");
        }
        StoredTensor values = tensors.check(sparse.values, Place.of("values", sparse.name(), place));
        if (values.dimensions().size() != 1) {
            throw reading.refused(
                    Refusal.SPARSE, place, "has values of shape " + values.dimensions() + " instead of one dimension");
        }
        long elements = tensors.elements(sparse.dimensions, place);
        if (sparse.dimensions.length == 0 || elements == 0) {
            throw reading.refused(Refusal.SPARSE, place, "has the dense shape " + TensorCheck.boxed(sparse.dimensions));
        }
        long bytes = tensors.bytes(values.type(), elements, place);
        tensors.take(bytes, place);
        StoredTensor indices = indices(sparse, values.elements(), elements, place);
        return new StoredTensor(
                values.name(),
                values.type(),
                TensorCheck.boxed(sparse.dimensions),
                elements,
                bytes,
                new TensorData.Sparse(values, indices));
    }

    private @Nullable StoredTensor indices(SparseTensorMessage sparse, long count, long elements, Place place)
            throws IOException {
        if (sparse.indices == null) {
            if (count > 0) {
                throw reading.refused(Refusal.SPARSE, place, "has " + count + " values but no indices");
            }
            return null;
        }
        StoredTensor indices = tensors.check(sparse.indices, Place.of("indices", sparse.indices.name, place));
        int rank = sparse.dimensions.length;
        boolean linear =
                indices.dimensions().size() == 1 && indices.dimensions().get(0) == count;
        boolean coordinates = indices.dimensions().size() == 2
                && indices.dimensions().get(0) == count
                && indices.dimensions().get(1) == rank;
        if (indices.type() != ElementType.INT64 || (!linear && !coordinates)) {
            throw reading.refused(
                    Refusal.SPARSE,
                    place,
                    "has indices of type " + indices.type() + " and shape " + indices.dimensions() + " for " + count
                            + " values of rank " + rank);
        }
        long[] extents = linear ? new long[] {elements} : sparse.dimensions;
        tensorValues.forEachLong(indices, new Ascending(extents, place));
        return indices;
    }

    /** Takes coordinates one by one, and refuses those outside of their extent and those that do not ascend. */
    private final class Ascending implements LongConsumer {
        private final long[] extents;
        private final Place place;
        private int axis;
        private long position;
        private long last = -1;

        Ascending(long[] extents, Place place) {
            this.extents = extents;
            this.place = place;
        }

        @Override
        public void accept(long index) {
            if (index < 0 || index >= extents[axis]) {
                throw reading.refused(
                        Refusal.SPARSE, place, "has the index " + index + " on an axis of " + extents[axis]);
            }
            // The product of all extents was checked, so no position overflows.
            position = position * extents[axis] + index;
            axis++;
            if (axis == extents.length) {
                if (position <= last) {
                    throw reading.refused(Refusal.SPARSE, place, "has indices that do not ascend");
                }
                last = position;
                position = 0;
                axis = 0;
            }
        }
    }
}
