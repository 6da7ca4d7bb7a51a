// SPDX-License-Identifier: Apache-2.0
package hudson.model;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Stands for {@code hudson.model.Computer} of Jenkins' core: an agent that may be connected. */
public abstract class Computer extends Actionable {
    /** Does what may wait for an agent. */
    public static final ExecutorService threadPoolForRemoting = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "Computer.threadPoolForRemoting");
        thread.setDaemon(true);
        return thread;
    });
}
