// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.graph;

import java.io.IOException;

/** Bytes of known number, made or copied when they are written. */
public interface Content {
    /** How many bytes {@link #writeTo} writes. */
    long size();

    /** Writes all bytes; each call writes the same ones. */
    void writeTo(Sink out) throws IOException;
}
