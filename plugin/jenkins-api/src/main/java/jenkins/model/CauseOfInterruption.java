// SPDX-License-Identifier: Apache-2.0
package jenkins.model;

import java.io.Serializable;

/** Stands for {@code jenkins.model.CauseOfInterruption} of Jenkins' core: why a build was ended. */
public abstract class CauseOfInterruption implements Serializable {
    private static final long serialVersionUID = 1L;

    /** It, for a person. */
    public abstract String getShortDescription();
}
