// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is counted over all graphs of a model. */
final class Tally {
    private final Map<String, Map<String, Integer>> operators = new TreeMap<>();
    private long parameters;
    private long initializerBytes;

    void add(NodeMessage node) {
        Map<String, Integer> counts = operators.get(node.domain);
        if (counts == null) {
            counts = new TreeMap<>();
            operators.put(node.domain, counts);
        }
        Integer before = counts.get(node.operator);
        counts.put(node.operator, before == null ? 1 : before + 1);
    }

    void add(StoredTensor initializer) {
        parameters = Math.addExact(parameters, initializer.elements());
        initializerBytes = Math.addExact(initializerBytes, initializer.bytes());
    }

    long parameters() {
        return parameters;
    }

    long initializerBytes() {
        return initializerBytes;
    }

    /** The operators, sorted by domain and name. */
    List<OperatorCount> operators() {
        List<OperatorCount> all = new ArrayList<>();
        for (Map.Entry<String, Map<String, Integer>> domain : operators.entrySet()) {
            for (Map.Entry<String, Integer> operator : domain.getValue().entrySet()) {
                all.add(new OperatorCount(domain.getKey(), operator.getKey(), operator.getValue()));
            }
        }
        return all;
    }
}
