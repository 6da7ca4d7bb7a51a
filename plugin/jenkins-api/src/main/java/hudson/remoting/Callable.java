// SPDX-License-Identifier: Apache-2.0
package hudson.remoting;

import java.io.Serializable;

/** Stands for {@code hudson.remoting.Callable} of Remoting: what is sent to an agent and done there. */
public interface Callable<V, T extends Throwable> extends Serializable {
    /** Does it. */
    V call() throws T;
}
