// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.endpoint;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One row that an endpoint is asked.
 *
 * @param id what messages call it
 * @param inputs by the input's name
 * @param label the truth; none where it is not known
 * @param outputs what the judged model answers, by the output's name; empty where only the label is known
 */
public record GoldenRow(
        String id, Map<String, Elements> inputs, @Nullable Label label, Map<String, Elements> outputs) {
    /** Keeps its own copies. */
    public GoldenRow {
        inputs = Map.copyOf(inputs);
        outputs = Map.copyOf(outputs);
    }
}
