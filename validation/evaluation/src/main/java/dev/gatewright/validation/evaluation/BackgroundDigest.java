// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import dev.gatewright.validation.data.DataFile;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Hashes a data file on another thread while its rows are judged. */
final class BackgroundDigest {
    private final FutureTask<String> task;

    private BackgroundDigest(FutureTask<String> task) {
        this.task = task;
    }

    static BackgroundDigest of(DataFile data) {
        FutureTask<String> task = new FutureTask<>(data::digest);
        Thread thread = new Thread(task, "digest of " + data.path());
        thread.setDaemon(true);
        thread.start();
        return new BackgroundDigest(task);
    }

    /** The SHA-256, once it is there. */
    String get() throws InterruptedException {
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new EvaluationFailedException("the data cannot be hashed: " + e.getCause(), e);
        }
    }

    /** Gives up; nothing happens where it is done. */
    void cancel() {
        task.cancel(true);
    }
}
