// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

import static dev.gatewright.validation.testkit.onnx.Onnx.nodeMessage;

import dev.gatewright.validation.testkit.onnx.Onnx;
import dev.gatewright.validation.testkit.onnx.Proto;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Operators that are native code of their own, or that wrap files, compiled code or Python. */
final class OperatorHazards {
    private OperatorHazards() {}

    static List<Hazard> all() {
        List<Hazard> all = new ArrayList<>();
        all.addAll(domains());
        all.addAll(unsafe());
        all.add(Hazard.bytes(
                "operator without a name",
                Refusal.INCOMPLETE,
                imports(nodeMessage("", "Relu", "x", "z")),
                imports(nodeMessage("", "", "x", "z"))));
        all.add(Hazard.bytes(
                "domain that is not imported",
                Refusal.INCOMPLETE,
                imports(nodeMessage("ai.onnx.ml", "Scaler", "x", "z"), "ai.onnx.ml"),
                imports(nodeMessage("ai.onnx.ml", "Scaler", "x", "z"))));
        Proto call = nodeMessage("local", "F", "x", "z");
        Proto scaler = nodeMessage("ai.onnx.ml", "Scaler", "a", "b");
        all.add(Hazard.bytes(
                "domain that only the model imports, not its function",
                Refusal.INCOMPLETE,
                Models.withFunctions(
                                call, Models.function("local", "F", scaler).message(9, Models.opset("ai.onnx.ml", 3)))
                        .toBytes(),
                Models.withFunctions(call, Models.function("local", "F", scaler))
                        .message(8, Models.opset("ai.onnx.ml", 3))
                        .toBytes()));
        return all;
    }

    private static List<Hazard> domains() {
        List<Hazard> all = new ArrayList<>();
        for (String domain : List.of(
                "evil",
                "ai.onnx.contrib",
                "com.microsoft.extensions",
                "com.microsoft.evil",
                "org.pytorch.aten",
                "ai.onnx ",
                "AI.ONNX",
                "ai.onnx.ml2",
                "com.microsоft")) {
            all.add(Hazard.bytes(
                    "operator of the domain '" + domain + "'",
                    Refusal.UNKNOWN_DOMAIN,
                    imports(nodeMessage("ai.onnx", "Relu", "x", "z"), domain),
                    imports(nodeMessage(domain, "Relu", "x", "z"), domain)));
        }
        Proto evil = nodeMessage("evil", "Run", "x", "a");
        Proto good = nodeMessage("", "Relu", "x", "a");
        all.add(Hazard.bytes(
                "operator of an unknown domain in a subgraph",
                Refusal.UNKNOWN_DOMAIN,
                imports(inBranch(good), "evil"),
                imports(inBranch(evil), "evil")));
        Proto call = nodeMessage("local", "F", "x", "z");
        all.add(Hazard.bytes(
                "operator of an unknown domain in a function",
                Refusal.UNKNOWN_DOMAIN,
                Models.withFunctions(call, Models.function("local", "F", nodeMessage("", "Relu", "a", "b")))
                        .toBytes(),
                Models.withFunctions(call, Models.function("local", "F", nodeMessage("evil", "Run", "a", "b")))
                        .toBytes()));
        all.add(Hazard.bytes(
                "operator of a function's domain that is no function",
                Refusal.UNKNOWN_DOMAIN,
                Models.withFunctions(call, Models.function("local", "F", nodeMessage("", "Relu", "a", "b")))
                        .toBytes(),
                Models.withFunctions(
                                nodeMessage("local", "G", "x", "z"),
                                Models.function("local", "F", nodeMessage("", "Relu", "a", "b")))
                        .toBytes()));
        all.add(Hazard.bytes(
                "operator of an unknown domain in a training graph",
                Refusal.UNKNOWN_DOMAIN,
                training(nodeMessage("", "Relu", "y", "t")),
                training(nodeMessage("evil", "Relu", "y", "t"))));
        all.add(Hazard.bytes(
                        "operator of a domain beside the one that is allowed",
                        Refusal.UNKNOWN_DOMAIN,
                        imports(nodeMessage("allowed", "Run", "x", "z"), "allowed"),
                        imports(nodeMessage("allowed2", "Run", "x", "z"), "allowed2"))
                .within(SafetyLimits.strict().withDomains(Set.of("allowed"))));
        return all;
    }

    private static List<Hazard> unsafe() {
        List<Hazard> all = new ArrayList<>();
        Proto path = new Proto()
                .string(1, "ep_cache_context")
                .string(4, "../../secret.bin")
                .varint(20, 3);
        for (long embedded : new long[] {0, 1}) {
            all.add(Hazard.bytes(
                    "compiled context of an execution provider, embed_mode " + embedded,
                    Refusal.UNSAFE_OPERATOR,
                    imports(nodeMessage("com.microsoft", "Gelu", "x", "z"), "com.microsoft"),
                    imports(
                            nodeMessage(
                                    "com.microsoft", "EPContext", "x", "z", path, Onnx.integer("embed_mode", embedded)),
                            "com.microsoft")));
        }
        for (String operator :
                List.of("Snpe", "PyOp", "PyCustomOp", "PythonOp", "PythonOpGrad", "TritonOp", "ATen", "ATenOp")) {
            all.add(Hazard.bytes(
                            operator + " in a domain that is allowed",
                            Refusal.UNSAFE_OPERATOR,
                            imports(nodeMessage("allowed", "Gelu", "x", "z"), "allowed"),
                            imports(nodeMessage("allowed", operator, "x", "z"), "allowed"))
                    .within(SafetyLimits.strict().withDomains(Set.of("allowed"))));
        }
        all.add(Hazard.bytes(
                "compiled context in a subgraph",
                Refusal.UNSAFE_OPERATOR,
                imports(inBranch(nodeMessage("com.microsoft", "Gelu", "x", "a")), "com.microsoft"),
                imports(inBranch(nodeMessage("com.microsoft", "EPContext", "x", "a", path)), "com.microsoft")));
        Proto call = nodeMessage("com.microsoft", "EPContext", "x", "z");
        Proto harmless = nodeMessage("com.microsoft", "Harmless", "x", "z");
        all.add(Hazard.bytes(
                "compiled context behind a function of its name",
                Refusal.UNSAFE_OPERATOR,
                Models.withFunctions(
                                harmless,
                                Models.function("com.microsoft", "Harmless", nodeMessage("", "Relu", "a", "b")))
                        .toBytes(),
                Models.withFunctions(
                                call, Models.function("com.microsoft", "EPContext", nodeMessage("", "Relu", "a", "b")))
                        .toBytes()));
        return all;
    }

    private static byte[] imports(Proto node, String... domains) {
        Proto model = Models.model(Models.graphWith(node));
        for (String domain : domains) {
            model.message(8, Models.opset(domain, 1));
        }
        return model.toBytes();
    }

    private static Proto inBranch(Proto node) {
        return nodeMessage("", "If", "x", "z", Onnx.graph("then_branch", Models.branch("out", node)));
    }

    private static byte[] training(Proto node) {
        return Models.model(Models.reluGraph())
                .message(8, Models.opset("evil", 1))
                .message(20, new Proto().message(2, new Proto().message(1, node)))
                .toBytes();
    }
}
