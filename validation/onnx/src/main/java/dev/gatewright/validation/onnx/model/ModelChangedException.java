// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

import org.jspecify.annotations.Nullable;

/** A file of a model is not the one that was checked any more. */
public final class ModelChangedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient FileState checked;
    private final transient @Nullable FileState found;

    ModelChangedException(FileState checked, @Nullable FileState found) {
        super("The model's file " + Quoted.of(checked.path()) + " changed after it was checked: it was " + checked
                + " and is now " + (found == null ? "gone" : found)
                + ". Judge the model again when nothing writes to it any more.");
        this.checked = checked;
        this.found = found;
    }

    /** The state in which the file was checked. */
    public FileState checked() {
        return checked;
    }

    /** The state in which the file was found; null if it is gone. */
    public @Nullable FileState found() {
        return found;
    }
}
