// SPDX-License-Identifier: Apache-2.0
package hudson.model;

import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Serializable;

/** Stands for {@code hudson.model.TaskListener} of Jenkins' core: a log. */
public interface TaskListener extends Serializable {
    /** Keeps nothing. */
    TaskListener NULL = () -> new PrintStream(OutputStream.nullOutputStream(), true);

    /** Where to write. */
    PrintStream getLogger();
}
