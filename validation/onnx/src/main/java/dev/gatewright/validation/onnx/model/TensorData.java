// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

import org.jspecify.annotations.Nullable;

/** Where the values of a tensor lie. */
public sealed interface TensorData {
    /**
     * Packed little-endian values, ready to be read by position.
     *
     * @param path the file, relative to the model's folder, with '/'; the model's own file or one of external data
     * @param offset the position of the first byte
     * @param bytes the number of bytes
     */
    record InFile(String path, long offset, long bytes) implements TensorData {}

    /**
     * Typed values, or none, inside the tensor's own protobuf message.
     *
     * @param offset the position of the message's first byte in the model's main file
     * @param bytes the number of bytes of the message
     */
    record InMessage(long offset, long bytes) implements TensorData {}

    /**
     * A sparse tensor, by its values other than zero.
     *
     * @param values the values, of shape {@code [n]}
     * @param indices where they stand, of shape {@code [n]} (row-major positions) or {@code [n, rank]}; null for n = 0
     */
    record Sparse(StoredTensor values, @Nullable StoredTensor indices) implements TensorData {}
}
