// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

import java.util.List;
import java.util.Set;

/** Checks that an operator is one that the runtime has, and not one that hides files, compiled code or Python. */
final class OperatorCheck {
    /**
     * Operators that hand the runtime a file name, a compiled blob or the name of Python code: compiled subgraphs of
     * execution providers (EPContext, Snpe), and the bridges to Python and PyTorch.
     */
    private static final Set<String> UNSAFE =
            Set.of("ATen", "ATenOp", "EPContext", "PyCustomOp", "PyOp", "PythonOp", "PythonOpGrad", "Snpe", "TritonOp");

    private final Reading reading;
    private final Functions functions;

    OperatorCheck(Reading reading, Functions functions) {
        this.reading = reading;
        this.functions = functions;
    }

    void check(NodeMessage node, List<OpsetImport> opsets, Place place) {
        if (node.operator.isEmpty()) {
            throw reading.refused(Refusal.INCOMPLETE, place, "names no operator");
        }
        if (UNSAFE.contains(node.operator)) {
            throw reading.refused(
                    Refusal.UNSAFE_OPERATOR,
                    place,
                    "runs the operator " + node.operator + " of the domain " + Quoted.of(node.domain));
        }
        if (functions.find(node) != null) {
            return;
        }
        if (!Domains.BUILT_IN.contains(node.domain)
                && !reading.limits().domains().contains(node.domain)) {
            throw reading.refused(
                    Refusal.UNKNOWN_DOMAIN, place, "runs an operator of the domain " + Quoted.of(node.domain));
        }
        for (OpsetImport opset : opsets) {
            if (opset.domain().equals(node.domain)) {
                return;
            }
        }
        throw reading.refused(
                Refusal.INCOMPLETE,
                place,
                "runs an operator of the domain " + Quoted.of(node.domain) + ", of which the model imports no version");
    }
}
