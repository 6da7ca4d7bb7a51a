// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.graph;

/** A model that is right, but cannot be written in another form; its message is a sentence that says why. */
public final class UnchangeableModelException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnchangeableModelException(String message) {
        super(message);
    }
}
