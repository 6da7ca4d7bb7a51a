// SPDX-License-Identifier: Apache-2.0
package hudson;

import java.io.IOException;

/** Stands for {@code hudson.Proc} of Jenkins' core: a process on an agent, which dies with the connection. */
public abstract class Proc {
    /** For those that know how. */
    protected Proc() {}

    /** Waits for its end. */
    public abstract int join() throws IOException, InterruptedException;
}
