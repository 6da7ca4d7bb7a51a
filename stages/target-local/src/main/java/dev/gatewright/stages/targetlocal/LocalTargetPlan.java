// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.targetlocal;

import dev.gatewright.stages.api.Installation;
import dev.gatewright.stages.api.spec.Key;
import dev.gatewright.stages.api.spec.Section;
import dev.gatewright.stages.api.spec.Shapes;
import dev.gatewright.stages.api.spec.Spec;
import dev.gatewright.stages.canarydeploy.port.Target;
import dev.gatewright.stages.canarydeploy.port.TargetPlan;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A target on this machine.
 *
 * @param name among the spec's targets; none: the model's name
 * @param port where its users ask, on loopback; 0: any free one
 */
record LocalTargetPlan(@Nullable String name, int port) implements TargetPlan {
    private static final long USUAL_PORT = 8080;
    private static final Key<String> KIND = Key.required(
            "kind",
            Shapes.oneOf(Map.of("local", "local")),
            "Which kind of target: local, on this machine.",
            "kind: local");
    private static final Key<String> NAME = Key.optional(
            "name",
            Shapes.name(),
            "What the target is called; the model's name unless said otherwise.",
            "name: digits");
    private static final Key<Long> PORT = Key.optional(
            "port",
            Shapes.count(0, 65_535),
            "The port on loopback where its users ask; 8080 unless said otherwise, 0 for any free one.",
            "port: 8080");

    static final Section<LocalTargetPlan> SHAPE = new Section<>(
            "target",
            List.of(KIND, NAME, PORT),
            (values, problems) -> new LocalTargetPlan(
                    values.get(NAME), values.get(PORT, USUAL_PORT).intValue()));

    @Override
    public String name(Spec spec) {
        return name == null ? spec.model().name() : name;
    }

    @Override
    public Target open(Path folder, Spec spec, Installation installation) throws InterruptedException {
        return LocalTarget.open(folder, port, installation);
    }
}
