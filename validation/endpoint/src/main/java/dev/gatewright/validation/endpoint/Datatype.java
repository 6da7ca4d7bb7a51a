// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.endpoint;

import java.util.Optional;

/** The type of a tensor's elements, as the Open Inference Protocol names it. */
public enum Datatype {
    /** Truth value. */
    BOOL(1, Kind.WHOLE),
    /** 8-bit unsigned integer. */
    UINT8(1, Kind.WHOLE),
    /** 16-bit unsigned integer. */
    UINT16(2, Kind.WHOLE),
    /** 32-bit unsigned integer. */
    UINT32(4, Kind.WHOLE),
    /** 64-bit unsigned integer. */
    UINT64(8, Kind.WHOLE),
    /** 8-bit integer. */
    INT8(1, Kind.WHOLE),
    /** 16-bit integer. */
    INT16(2, Kind.WHOLE),
    /** 32-bit integer. */
    INT32(4, Kind.WHOLE),
    /** 64-bit integer. */
    INT64(8, Kind.WHOLE),
    /** IEEE 754 half. */
    FP16(2, Kind.REAL),
    /** The upper half of a 32-bit float. */
    BF16(2, Kind.REAL),
    /** 32-bit float. */
    FP32(4, Kind.REAL),
    /** 64-bit float. */
    FP64(8, Kind.REAL),
    /** Text. */
    BYTES(0, Kind.TEXT);

    /** What elements are. */
    public enum Kind {
        /** Floats. */
        REAL,
        /** Integers and truth values. */
        WHOLE,
        /** Texts. */
        TEXT
    }

    private final int bytes;
    private final Kind kind;

    Datatype(int bytes, Kind kind) {
        this.bytes = bytes;
        this.kind = kind;
    }

    /** The bytes of an element; 0 for {@link #BYTES}, whose elements have no fixed size. */
    public int bytes() {
        return bytes;
    }

    /** What elements are. */
    public Kind kind() {
        return kind;
    }

    /** The type of that name. */
    public static Optional<Datatype> of(String name) {
        for (Datatype type : values()) {
            if (type.name().equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
