// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.targetlocal;

import dev.gatewright.stages.api.spec.Shape;
import dev.gatewright.stages.canarydeploy.port.TargetKind;
import dev.gatewright.stages.canarydeploy.port.TargetPlan;

/** {@code target: {kind: local, port: 8080}}. */
public final class LocalTargetKind implements TargetKind {
    @Override
    public String spelling() {
        return "local";
    }

    @Override
    public Shape<? extends TargetPlan> shape() {
        return LocalTargetPlan.SHAPE;
    }
}
