// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.canarydeploy;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.spec.Problems;
import dev.gatewright.stages.api.spec.Shape;
import dev.gatewright.stages.api.spec.SpecNode;
import dev.gatewright.stages.canarydeploy.port.TargetKind;
import dev.gatewright.stages.canarydeploy.port.TargetPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Reads {@code target} by the shape of its kind. */
final class TargetShape implements Shape<TargetPlan> {
    private final List<TargetKind> kinds = new ArrayList<>();

    TargetShape() {
        ServiceLoader.load(TargetKind.class, TargetShape.class.getClassLoader()).forEach(kinds::add);
    }

    @Override
    public @Nullable TargetPlan read(SpecNode node, Problems problems) {
        String known =
                String.join(", ", kinds.stream().map(TargetKind::spelling).toList());
        Optional<SpecNode> kind = node instanceof SpecNode.Mapping mapping ? mapping.get("kind") : Optional.empty();
        if (kind.isEmpty()) {
            problems.add(
                    node.place(),
                    "target is a mapping with a kind; known: " + known,
                    "target: {kind: local, port: 8080}");
            return null;
        }
        for (TargetKind each : kinds) {
            if (kind.get() instanceof SpecNode.Scalar scalar && scalar.text().equals(each.spelling())) {
                return each.shape().read(node, problems);
            }
        }
        problems.add(
                kind.get().place(),
                kind.get().kind() + " is no kind of target in this version of the program; it has " + known,
                "kind: local");
        return null;
    }

    @Override
    public Json schema() {
        List<Json> schemas = kinds.stream().map(kind -> kind.shape().schema()).toList();
        return schemas.size() == 1
                ? schemas.get(0)
                : Json.object().put("anyOf", schemas).build();
    }
}
