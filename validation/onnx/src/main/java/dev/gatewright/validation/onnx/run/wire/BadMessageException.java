// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.run.wire;

import java.io.IOException;

/** A message that does not hold what it must; the text says what is wrong with it. */
public final class BadMessageException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Makes one. */
    public BadMessageException(String message) {
        super(message);
    }
}
