// SPDX-License-Identifier: Apache-2.0
package jenkins;

import hudson.FilePath;

/** Stands for {@code jenkins.MasterToSlaveFileCallable} of Jenkins' core: what the controller has done to a file on an agent. */
public abstract class MasterToSlaveFileCallable<T> implements FilePath.FileCallable<T> {
    private static final long serialVersionUID = 1L;
}
