// SPDX-License-Identifier: Apache-2.0
package jenkins.util;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** Stands for {@code jenkins.util.Timer} of Jenkins' core: does things later, with few threads that must not wait. */
public class Timer {
    private static final ScheduledExecutorService EXECUTOR = Executors.newScheduledThreadPool(2, task -> {
        Thread thread = new Thread(task, "jenkins.util.Timer");
        thread.setDaemon(true);
        return thread;
    });

    private Timer() {}

    /** The one for all. */
    public static synchronized ScheduledExecutorService get() {
        return EXECUTOR;
    }
}
