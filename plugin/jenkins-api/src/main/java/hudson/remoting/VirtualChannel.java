// SPDX-License-Identifier: Apache-2.0
package hudson.remoting;

import java.io.IOException;

/** Stands for {@code hudson.remoting.VirtualChannel} of Remoting: the way to an agent. */
public interface VirtualChannel {
    /** Does something there, and waits for it. */
    <V, T extends Throwable> V call(Callable<V, T> callable) throws IOException, T, InterruptedException;
}
