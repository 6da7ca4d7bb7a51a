// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

import java.util.Set;

/** Operator domains: how they are spelled, and which the runtime has built in. */
final class Domains {
    /** ONNX's own domain; in a model it is also spelled as the empty string. */
    static final String ONNX = "ai.onnx";

    /** ONNX Runtime's own. */
    static final String MICROSOFT = "com.microsoft";

    /** Those that a stock ONNX Runtime registers, without its ATen bridge to PyTorch. */
    static final Set<String> BUILT_IN = Set.of(
            ONNX,
            "ai.onnx.ml",
            "ai.onnx.preview",
            "ai.onnx.preview.training",
            "ai.onnx.training",
            MICROSOFT,
            "com.microsoft.experimental",
            "com.microsoft.nchwc",
            "com.ms.internal.nhwc");

    private Domains() {}

    static String canonical(String domain) {
        return domain.isEmpty() ? ONNX : domain;
    }
}
