// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.quantization;

/** A model that cannot be quantised as it was asked; its message is a sentence that says why and what to do. */
public final class UnquantizableModelException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnquantizableModelException(String message) {
        super(message);
    }
}
