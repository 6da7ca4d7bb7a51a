// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.csv;

import dev.gatewright.validation.data.text.RowWindow;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the next records on a thread of its own while those before them are read, which takes about as long. There is no
 * such thread before a file's second stretch, so that small files do without.
 */
final class CutAhead implements AutoCloseable {
    static final String THREAD = "records ahead";

    private static final int ENOUGH_CELLS = 1 << 16; // more than most windows hold, and half a megabyte of ranges

    private final CsvCutter cutter;
    private Records read = new Records(ENOUGH_CELLS);
    private Records free = new Records(ENOUGH_CELLS);
    private boolean begun;
    private @Nullable ExecutorService thread;
    private @Nullable Future<Records> ahead;

    /** Cuts by {@code cutter}, which nobody else uses until this is closed. */
    CutAhead(CsvCutter cutter) {
        this.cutter = cutter;
    }

    /**
     * The next records, which stay as they are until this is called again. Not to be called after the last ones.
     *
     * @throws UncheckedIOException if this thread is interrupted, which stays so
     */
    Records next() {
        Records next = ahead == null ? cutter.cut(free) : awaited(ahead);
        ahead = null;
        free = read;
        read = next;
        // The bytes of a larger window are changed by the next cutting, and two of them would be too much memory.
        if (begun && !next.isEnd() && next.bytes().length <= RowWindow.USUAL_BYTES) {
            Records cut = free;
            ahead = thread().submit(() -> cutter.cut(cut));
        }
        begun = true;
        return next;
    }

    private ExecutorService thread() {
        if (thread == null) {
            thread = Executors.newSingleThreadExecutor(CutAhead::newThread);
        }
        return thread;
    }

    private static Thread newThread(Runnable cutting) {
        Thread thread = new Thread(cutting, THREAD);
        thread.setDaemon(true);
        return thread;
    }

    private Records awaited(Future<Records> records) {
        try {
            if (Thread.interrupted()) {
                throw new InterruptedException(); // as it would be where these records were still to be waited for
            }
            return records.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException cause = new InterruptedIOException("interrupted");
            throw new UncheckedIOException("cannot read " + cutter.path(), cause);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) e.getCause();
        }
    }

    /** Returns when nothing is cut any more. The thread is not interrupted, which would close the file for all. */
    @Override
    public void close() {
        if (thread == null) {
            return;
        }
        thread.shutdown();
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
