// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.run;

import java.util.Arrays;

/** The elements of an input of texts in a block of rows, row after row. */
public final class Texts {
    private final String[] elements;

    Texts(int capacity) {
        elements = new String[capacity];
        Arrays.fill(elements, "");
    }

    /** Sets element {@code index}; elements that are not set are empty. */
    public void set(int index, String text) {
        elements[index] = text;
    }

    String get(int index) {
        return elements[index];
    }
}
