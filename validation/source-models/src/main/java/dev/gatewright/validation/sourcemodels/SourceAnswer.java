// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.sourcemodels;

import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the child left.
 *
 * @param model the ONNX form; none of a prediction
 * @param outputs what the source answered to the rows that it was fed, in its own order
 * @param fed the tensors that the user's preprocessing made; empty where there is none
 * @param classes the names of the classes in the source's order; empty where it does not name them
 * @param versions of everything that took part, by package
 * @param unpickled the files that were opened as pickles, which can run any code
 * @param weights what it says of its weights
 */
public record SourceAnswer(
        @Nullable Path model,
        List<RecordedTensor> outputs,
        List<RecordedTensor> fed,
        List<String> classes,
        SortedMap<String, String> versions,
        List<String> unpickled,
        SourceWeights weights) {
    /** Keeps its own copies. */
    public SourceAnswer {
        outputs = List.copyOf(outputs);
        fed = List.copyOf(fed);
        classes = List.copyOf(classes);
        versions = new TreeMap<>(versions);
        unpickled = List.copyOf(unpickled);
    }
}
