// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.run;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a model really ran on.
 *
 * @param runtimeVersion of ONNX Runtime
 * @param asked the execution providers that the session was made with, the preferred one first
 * @param available the execution providers that this ONNX Runtime has
 * @param nodes how many nodes each execution provider ran, by its name, as ONNX Runtime's own profile of the first batch
 *     counts them
 * @param fallback why {@link Device#AUTO} took the processor although this ONNX Runtime could use a GPU; none where it did not
 * @param optimization the level of graph optimisation
 * @param instructions the vector instructions of the processor, in ascending order; empty where the system does not list them
 * @param threads batches that ran at once
 * @param tf32 whether a GPU was allowed to round floats to 19 bits
 * @param processor the name of the processor, and of the GPU where one was used
 * @param driver the version of the GPU's driver, where one was used
 */
public record DeviceTruth(
        String runtimeVersion,
        List<String> asked,
        List<String> available,
        SortedMap<String, Integer> nodes,
        @Nullable String fallback,
        String optimization,
        List<String> instructions,
        int threads,
        boolean tf32,
        @Nullable String processor,
        @Nullable String driver) {
    /** Keeps its own copies. */
    public DeviceTruth {
        asked = List.copyOf(asked);
        available = List.copyOf(available);
        nodes = Collections.unmodifiableSortedMap(new TreeMap<>(nodes));
        instructions = List.copyOf(instructions);
    }
}
