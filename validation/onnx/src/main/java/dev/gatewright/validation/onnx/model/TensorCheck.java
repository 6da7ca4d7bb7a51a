// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

import java.util.ArrayList;
import java.util.List;

/** Checks that a tensor is of a known type, of a possible shape, and has exactly the data that these demand. */
final class TensorCheck {
    private final Reading reading;
    private final String mainFile;
    private final ExternalFiles external;
    private long taken;

    TensorCheck(Reading reading, String mainFile, ExternalFiles external) {
        this.reading = reading;
        this.mainFile = mainFile;
        this.external = external;
    }

    StoredTensor check(TensorMessage tensor, Place place) {
        ElementType type = ElementType.ofCode(tensor.dataType);
        if (type == null) {
            throw reading.refused(
                    Refusal.ELEMENT_TYPE, place, "is of the element type " + tensor.dataType + ", which is none");
        }
        long elements = elements(tensor.dimensions, place);
        long bytes = bytes(type, elements, place);
        TensorData data = data(tensor, type, elements, bytes, place);
        long inMemory = bytes + tensor.stringBytes;
        take(inMemory, place);
        return new StoredTensor(tensor.name, type, boxed(tensor.dimensions), elements, inMemory, data);
    }

    /** The number of elements of a shape. */
    long elements(long[] dimensions, Place place) {
        long product = 1;
        boolean empty = false;
        try {
            for (long dimension : dimensions) {
                if (dimension < 0) {
                    throw reading.refused(Refusal.DIMENSION, place, "has the dimension " + dimension);
                }
                empty |= dimension == 0;
                // A zero does not excuse the others: runtimes multiply them in different orders.
                product = Math.multiplyExact(product, Math.max(1, dimension));
            }
        } catch (ArithmeticException e) {
            throw reading.refused(Refusal.DIMENSION, place, "has more elements than 64 bits can count");
        }
        return empty ? 0 : product;
    }

    long bytes(ElementType type, long elements, Place place) {
        try {
            return type.bytes(elements);
        } catch (ArithmeticException e) {
            throw reading.refused(Refusal.DIMENSION, place, "has more bytes than 64 bits can count");
        }
    }

    /** Counts the memory of a tensor; refuses it if it, or all tensors together, exceed the limit. */
    void take(long bytes, Place place) {
        long limit = reading.limits().memoryBytes();
        if (bytes > limit) {
            throw reading.refused(
                    Refusal.TOO_MUCH_MEMORY, place, "takes " + bytes + " bytes, more than the limit of " + limit);
        }
        if (taken > limit - bytes) {
            throw reading.refused(
                    Refusal.TOO_MUCH_MEMORY,
                    place,
                    "adds " + bytes + " bytes to the " + taken + " of the other tensors, above the limit of " + limit);
        }
        taken += bytes;
    }

    private TensorData data(TensorMessage tensor, ElementType type, long elements, long bytes, Place place) {
        if (tensor.segmented) {
            throw reading.refused(Refusal.TENSOR_DATA, place, "is a segment of a larger tensor");
        }
        ExternalEntry.checkMarkers(tensor.external, reading, place);
        boolean hasRaw = tensor.raw != null && (tensor.raw.length() > 0 || tensor.typedField != 0);
        if (tensor.dataLocation == TensorMessage.EXTERNAL) {
            if (hasRaw || tensor.typedField != 0) {
                throw reading.refused(Refusal.TENSOR_DATA, place, "has data in the model beside its external data");
            }
            if (type == ElementType.STRING) {
                throw reading.refused(Refusal.TENSOR_DATA, place, "has external data although it holds text");
            }
            return external.locate(ExternalEntry.of(tensor.external, reading, place), bytes, place);
        }
        if (tensor.dataLocation != 0 || !tensor.external.isEmpty()) {
            throw reading.refused(
                    Refusal.TENSOR_DATA,
                    place,
                    "names external data, but has the data location " + tensor.dataLocation);
        }
        if ((hasRaw && tensor.typedField != 0) || tensor.secondTypedField != 0) {
            throw reading.refused(Refusal.TENSOR_DATA, place, "has more than one kind of data");
        }
        if (elements == 0 && (hasRaw || tensor.typedField != 0)) {
            throw reading.refused(Refusal.TENSOR_DATA, place, "has data although its shape has no element");
        }
        if (hasRaw && tensor.raw != null) {
            return raw(tensor.raw, type, bytes, place);
        }
        if (elements > 0) {
            checkTyped(tensor, type, elements, place);
        }
        return new TensorData.InMessage(tensor.span.offset(), tensor.span.length());
    }

    private TensorData raw(Span raw, ElementType type, long bytes, Place place) {
        if (type == ElementType.STRING) {
            throw reading.refused(Refusal.TENSOR_DATA, place, "has raw data although it holds text");
        }
        if (raw.length() != bytes) {
            throw reading.refused(
                    Refusal.TENSOR_DATA, place, "has " + raw.length() + " raw bytes where its shape takes " + bytes);
        }
        return new TensorData.InFile(mainFile, raw.offset(), bytes);
    }

    private void checkTyped(TensorMessage tensor, ElementType type, long elements, Place place) {
        if (tensor.typedField == 0) {
            throw reading.refused(Refusal.TENSOR_DATA, place, "has no data");
        }
        if (tensor.typedField != type.typedField()) {
            throw reading.refused(
                    Refusal.TENSOR_DATA,
                    place,
                    "of type " + type + " has its data in field " + tensor.typedField + " instead of "
                            + type.typedField());
        }
        long wanted = type.typedValues(elements);
        if (tensor.typedValues != wanted) {
            throw reading.refused(
                    Refusal.TENSOR_DATA,
                    place,
                    "has " + tensor.typedValues + " values where its shape takes " + wanted);
        }
    }

    static List<Long> boxed(long[] dimensions) {
        List<Long> boxed = new ArrayList<>(dimensions.length);
        for (long dimension : dimensions) {
            boxed.add(dimension);
        }
        return boxed;
    }
}
