// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

import java.util.Set;

/**
 * What a model may ask of its reader and of the runtime.
 *
 * @param memoryBytes the most bytes that one tensor, or all stored tensors together, may take in memory, up to an
 *     exbibyte; all files of a model together may have four times as many
 * @param depth the most protobuf messages inside each other, and the most functions that call each other in a row
 * @param parts the most nodes, tensors, graphs and functions together; and the most nodes, with every function written
 *     out at each of its calls
 * @param messages the most protobuf messages of any kind
 * @param names the most names, each mention counted
 * @param textBytes the most bytes of names and metadata together
 * @param files the most files of external data
 * @param domains operator domains that are allowed beside those of ONNX and ONNX Runtime
 */
public record SafetyLimits(
        long memoryBytes,
        int depth,
        int parts,
        int messages,
        int names,
        long textBytes,
        int files,
        Set<String> domains) {
    /** An exbibyte: sums of what is below it do not overflow. */
    private static final long MOST_MEMORY = 1L << 60;

    private static final SafetyLimits STRICT =
            new SafetyLimits(4L << 30, 64, 200_000, 1_000_000, 1_000_000, 64L << 20, 10_000, Set.of());

    /** Copies {@code domains}, and refuses limits that are none. */
    public SafetyLimits {
        if (memoryBytes > MOST_MEMORY) {
            throw new IllegalArgumentException(
                    "the limit of memory is " + memoryBytes + " bytes; it is at most " + MOST_MEMORY);
        }
        if (memoryBytes < 1 || depth < 1 || parts < 1 || messages < 1 || names < 1 || textBytes < 1 || files < 1) {
            throw new IllegalArgumentException("every limit is at least 1");
        }
        domains = Set.copyOf(domains);
    }

    /** The most bytes that all files of a model may have together. */
    long fileBytes() {
        return 4 * memoryBytes;
    }

    /** The limits that hold unless someone decides otherwise: 4 GiB of memory, no custom operators. */
    public static SafetyLimits strict() {
        return STRICT;
    }

    /** The same limits with another one for memory. */
    public SafetyLimits withMemoryBytes(long bytes) {
        return new SafetyLimits(bytes, depth, parts, messages, names, textBytes, files, domains);
    }

    /** The same limits with these operator domains allowed. */
    public SafetyLimits withDomains(Set<String> allowed) {
        return new SafetyLimits(memoryBytes, depth, parts, messages, names, textBytes, files, allowed);
    }
}
