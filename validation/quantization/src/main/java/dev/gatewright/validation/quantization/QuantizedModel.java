// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.quantization;

import java.nio.file.Path;
import java.util.List;

/**
 * What a quantiser wrote.
 *
 * @param path the model's main file; weights may lie in {@code path.data} beside it
 * @param nodes the nodes of the original that it quantised, in their order
 */
public record QuantizedModel(Path path, List<QuantizedNode> nodes) {
    /** Keeps its own copy. */
    public QuantizedModel {
        nodes = List.copyOf(nodes);
    }
}
