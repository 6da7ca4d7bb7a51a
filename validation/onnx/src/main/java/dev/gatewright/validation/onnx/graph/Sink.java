// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.graph;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Where contents are written to. */
public interface Sink {
    /** Writes all that remains of {@code bytes}. */
    void write(ByteBuffer bytes) throws IOException;
}
