// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.canarydeploy.port;

import dev.gatewright.stages.api.Installation;
import dev.gatewright.stages.api.spec.Spec;
import java.nio.file.Path;

/** The section {@code target} of a spec: which one, read by its own kind. */
public interface TargetPlan {
    /** Its name among the spec's targets, by which it has a folder and a lock; a name of letters, digits, dots and dashes. */
    String name(Spec spec);

    /**
     * Opens it; nothing that serves is changed by that but that stable is served.
     *
     * @param folder of the target, for what it has to remember; it exists
     */
    Target open(Path folder, Spec spec, Installation installation) throws InterruptedException;
}
