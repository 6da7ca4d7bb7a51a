// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import dev.gatewright.validation.data.rows.RowBlock;
import dev.gatewright.validation.data.rows.RowReader;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads the next blocks of rows on a thread of its own while one is counted. What the reader throws comes out in the place of the
 * block that it did not fill, and nothing is read after that.
 */
final class ReadAhead implements AutoCloseable {
    static final String THREAD = "rows ahead";

    private final RowReader reader;
    private final ExecutorService thread;
    private final Queue<Future<RowBlock>> ahead = new ArrayDeque<>();
    private @Nullable RowBlock counted;
    private boolean over; // known to the reading thread alone

    /** Fills {@code blocks} again and again, in turns; {@code reader} is read by nobody else until this is closed. */
    ReadAhead(RowReader reader, List<RowBlock> blocks) {
        this.reader = reader;
        this.thread = Executors.newSingleThreadExecutor(ReadAhead::newThread);
        blocks.forEach(this::fill);
    }

    private static Thread newThread(Runnable reading) {
        Thread thread = new Thread(reading, THREAD);
        thread.setDaemon(true);
        return thread;
    }

    /**
     * The next block, which is filled anew when the one after it is asked for; null after the last.
     *
     * @throws InterruptedException if this thread is interrupted while it waits
     */
    @Nullable
    RowBlock next() throws InterruptedException {
        if (counted != null) {
            fill(counted);
        }
        try {
            counted = ahead.remove().get();
            return counted;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) e.getCause();
        }
    }

    private void fill(RowBlock block) {
        ahead.add(thread.submit(() -> read(block)));
    }

    private @Nullable RowBlock read(RowBlock block) {
        if (over) {
            return null;
        }
        over = true; // where the reader throws
        over = reader.read(block) == 0;
        return over ? null : block;
    }

    /** Ends the reading, in the midst of a block too, and returns when nothing is read any more. */
    @Override
    public void close() {
        thread.shutdownNow();
        boolean interrupted = false;
        while (!thread.isTerminated()) {
            try {
                thread.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
