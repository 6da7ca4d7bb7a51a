// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.canarydeploy.port;

import dev.gatewright.stages.api.spec.Shape;

/** A kind of target; found as a service, so that this stage knows none of them. */
public interface TargetKind {
    /** As {@code target.kind} writes it. */
    String spelling();

    /** The shape of the whole section {@code target}, {@code kind} among its keys. */
    Shape<? extends TargetPlan> shape();
}
