// SPDX-License-Identifier: Apache-2.0
package jenkins.model;

import hudson.model.Action;
import hudson.model.Run;

/** Stands for {@code jenkins.model.RunAction2} of Jenkins' core: an action that knows its build. */
public interface RunAction2 extends Action {
    /** It was hung on a build. */
    void onAttached(Run<?, ?> r);

    /** Its build was read from disk. */
    void onLoad(Run<?, ?> r);
}
