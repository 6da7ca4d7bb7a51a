// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.modelserver.tensor;

import dev.gatewright.validation.onnx.run.ElementType;
import java.util.Optional;

/** The types of elements by the names that protocol v2 gives them. */
public enum Datatype {
    BOOL(ElementType.BOOL),
    UINT8(ElementType.UINT8),
    UINT16(ElementType.UINT16),
    UINT32(ElementType.UINT32),
    UINT64(ElementType.UINT64),
    INT8(ElementType.INT8),
    INT16(ElementType.INT16),
    INT32(ElementType.INT32),
    INT64(ElementType.INT64),
    FP16(ElementType.FLOAT16),
    FP32(ElementType.FLOAT),
    FP64(ElementType.DOUBLE),
    BF16(ElementType.BFLOAT16),
    BYTES(ElementType.STRING);

    private static final Datatype[] ALL = values();

    private final ElementType type;

    Datatype(ElementType type) {
        this.type = type;
    }

    /** The type as the model has it. */
    public ElementType type() {
        return type;
    }

    /** The name of {@code type}. */
    public static Datatype of(ElementType type) {
        for (Datatype datatype : ALL) {
            if (datatype.type == type) {
                return datatype;
            }
        }
        throw new IllegalArgumentException("no datatype is " + type.label());
    }

    /** The type called {@code name}; empty where there is none. */
    public static Optional<Datatype> named(String name) {
        for (Datatype datatype : ALL) {
            if (datatype.name().equals(name)) {
                return Optional.of(datatype);
            }
        }
        return Optional.empty();
    }
}
