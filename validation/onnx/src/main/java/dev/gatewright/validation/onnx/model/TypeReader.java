// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

import dev.gatewright.validation.onnx.model.ValueType.Shape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a {@code TypeProto}; what is declared only in part (a sequence of nothing) gives null. */
final class TypeReader {
    private static final Shape UNKNOWN_RANK = new Shape(null);
    private static final Dimension OPEN = new Dimension.Open();

    private TypeReader() {}

    static @Nullable ValueType read(MessageReader in) throws IOException {
        ValueType type = null;
        int kind = 0;
        while (in.next()) {
            int number = in.number();
            switch (number) {
                case 1, 4, 5, 7, 8, 9 -> {
                    if (kind != 0) {
                        throw in.refused(Refusal.AMBIGUOUS, "declares a type of two kinds");
                    }
                    kind = number;
                    type = kind(number, in.message("TypeProto"));
                }
                default -> in.skip();
            }
        }
        return type;
    }

    private static @Nullable ValueType kind(int number, MessageReader in) throws IOException {
        return switch (number) {
            case 1, 8 -> tensor(number == 8, in);
            case 4 -> sequence(in);
            case 5 -> map(in);
            case 9 -> optional(in);
            default -> opaque(in);
        };
    }

    private static @Nullable ValueType tensor(boolean sparse, MessageReader in) throws IOException {
        ElementType element = null;
        Shape shape = UNKNOWN_RANK;
        while (in.next()) {
            switch (in.number()) {
                case 1 -> element = elementType(in.once());
                case 2 -> shape = shape(in.once().message("TensorShapeProto"));
                default -> in.skip();
            }
        }
        if (element == null) {
            return null;
        }
        return sparse ? new ValueType.OfSparseTensor(element, shape) : new ValueType.OfTensor(element, shape);
    }

    private static ElementType elementType(MessageReader in) throws IOException {
        int code = in.int32();
        ElementType element = ElementType.ofCode(code);
        if (element == null) {
            throw in.refused(Refusal.ELEMENT_TYPE, "declares the element type " + code + ", which is none");
        }
        return element;
    }

    private static @Nullable ValueType sequence(MessageReader in) throws IOException {
        ValueType element = element(in);
        return element == null ? null : new ValueType.OfSequence(element);
    }

    private static @Nullable ValueType optional(MessageReader in) throws IOException {
        ValueType element = element(in);
        return element == null ? null : new ValueType.OfOptional(element);
    }

    private static @Nullable ValueType element(MessageReader in) throws IOException {
        ValueType element = null;
        while (in.next()) {
            if (in.number() == 1) {
                element = read(in.once().message("TypeProto"));
            } else {
                in.skip();
            }
        }
        return element;
    }

    private static @Nullable ValueType map(MessageReader in) throws IOException {
        ElementType key = null;
        ValueType value = null;
        while (in.next()) {
            switch (in.number()) {
                case 1 -> {
                    key = elementType(in.once());
                    if (!key.isMapKey()) {
                        throw in.refused(Refusal.ELEMENT_TYPE, "declares a map whose keys are of type " + key);
                    }
                }
                case 2 -> value = read(in.once().message("TypeProto"));
                default -> in.skip();
            }
        }
        return key == null || value == null ? null : new ValueType.OfMap(key, value);
    }

    private static ValueType opaque(MessageReader in) throws IOException {
        String domain = "";
        String name = "";
        while (in.next()) {
            switch (in.number()) {
                case 1 -> domain = in.once().name();
                case 2 -> name = in.once().name();
                default -> in.skip();
            }
        }
        return new ValueType.Opaque(domain, name);
    }

    private static Shape shape(MessageReader in) throws IOException {
        List<Dimension> dimensions = new ArrayList<>(4);
        while (in.next()) {
            if (in.number() != 1) {
                in.skip();
                continue;
            }
            if (dimensions.size() == NumberFields.MAX_RANK) {
                throw in.refused(
                        Refusal.DIMENSION, "declares dimension number " + (NumberFields.MAX_RANK + 1) + " of a shape");
            }
            dimensions.add(dimension(in.message("TensorShapeProto.Dimension")));
        }
        return new Shape(dimensions);
    }

    private static Dimension dimension(MessageReader in) throws IOException {
        Dimension dimension = OPEN;
        int kind = 0;
        while (in.next()) {
            int number = in.number();
            if (number > 2) {
                in.skip();
                continue;
            }
            if (kind != 0) {
                throw in.refused(Refusal.AMBIGUOUS, "declares a dimension twice");
            }
            kind = number;
            dimension = number == 1 ? fixed(in) : named(in.name());
        }
        return dimension;
    }

    /** Some exporters write -1 for an open dimension, and runtimes read it so. */
    private static Dimension fixed(MessageReader in) throws IOException {
        long size = in.int64();
        if (size < -1) {
            throw in.refused(Refusal.DIMENSION, "declares the dimension " + size);
        }
        return size == -1 ? OPEN : new Dimension.Fixed(size);
    }

    private static Dimension named(String name) {
        return name.isEmpty() ? OPEN : new Dimension.Named(name);
    }
}
