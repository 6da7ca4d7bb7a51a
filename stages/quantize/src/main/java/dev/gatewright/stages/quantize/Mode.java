// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.quantize;

/** A way to make a model smaller, as a spec names it. */
enum Mode {
    INT8_STATIC("int8-static"),
    INT8_DYNAMIC("int8-dynamic"),
    FP16("fp16"),
    INT8("int8"),
    INT4("int4");

    private final String spelling;

    Mode(String spelling) {
        this.spelling = spelling;
    }

    String spelling() {
        return spelling;
    }

    /** Whether what flows through the model is rounded too, so that nodes of it can spoil the answers. */
    boolean roundsValues() {
        return this == INT8_DYNAMIC || this == INT8_STATIC;
    }
}
