// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.data.rows.RowBlock;
import dev.gatewright.validation.data.rows.RowReader;
import dev.gatewright.validation.testkit.Gen;
import dev.gatewright.validation.testkit.Seeded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReadAheadTest {
    private static final Field.Scalar NUMBER = new Field.Scalar("number");
    private static final int CAPACITY = 10;
    private static final long A_WHILE = Duration.ofMillis(50).toNanos();

    @AfterEach
    void noThreadIsLeft() throws InterruptedException {
        ReadingThreads.assertNoneIsLeft();
    }

    @Seeded(cases = 50)
    void givesTheRowsInTheirOrderAndEachOnce(Gen gen) throws InterruptedException {
        int rows = gen.integer(0, 200);
        List<Double> numbers = new ArrayList<>();
        Rows reader = new Rows(rows);

        try (ReadAhead ahead = new ReadAhead(reader, blocks(gen.integer(1, 4)))) {
            for (RowBlock block = ahead.next(); block != null; block = ahead.next()) {
                assertThat(block.firstRow()).isEqualTo(numbers.size() + 1);
                DoubleStream.of(block.numbers(NUMBER)).limit(block.rows()).forEach(numbers::add);
            }
        }

        assertThat(numbers)
                .isEqualTo(DoubleStream.iterate(1, number -> number + 1)
                        .limit(rows)
                        .boxed()
                        .toList());
        assertThat(reader.readsAtItsEnd).isEqualTo(1);
    }

    @Test
    void readsOnWhileABlockIsCountedButNeverIntoIt() throws InterruptedException {
        Rows reader = new Rows(1000);
        try (ReadAhead ahead = new ReadAhead(reader, blocks(3))) {
            RowBlock block = ahead.next();
            reader.reads.acquire(3);

            assertThat(block.firstRow()).isEqualTo(1);
            assertThat(block.numbers(NUMBER)[0]).isEqualTo(1);
            assertThat(reader.reads.availablePermits()).isZero();
        }
    }

    @Test
    void whatTheReaderThrowsComesAfterTheBlocksBeforeIt() throws InterruptedException {
        for (Throwable thrown : List.of(new IllegalStateException("row 25"), new StackOverflowError())) {
            Rows reader = new Rows(1000);
            reader.thrown = thrown;
            try (ReadAhead ahead = new ReadAhead(reader, blocks(3))) {
                assertThat(ahead.next()).isNotNull();
                assertThat(ahead.next()).isNotNull();
                assertThatThrownBy(ahead::next).isSameAs(thrown);
                assertThat(ahead.next()).isNull();
            }
            assertThat(reader.reads.availablePermits()).isEqualTo(3);
        }
    }

    @Test
    void isClosedInTheMidstOfABlock() throws InterruptedException {
        Rows reader = new Rows(1000);
        reader.waits = true;
        ReadAhead ahead = new ReadAhead(reader, blocks(3));
        reader.reads.acquire();
        ahead.close();

        assertThat(reader.interrupted.getCount()).isZero();
    }

    @Test
    void waitsForTheReadingToEndThoughItIsInterruptedItself() {
        Rows reader = new Rows(1000);
        reader.waits = true;
        ReadAhead ahead = new ReadAhead(reader, blocks(3));
        reader.reads.acquireUninterruptibly();
        Thread.currentThread().interrupt();
        ahead.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(reader.interrupted.getCount()).isZero();
    }

    @Test
    void anInterruptionEndsTheWaitForABlock() {
        Rows reader = new Rows(1000);
        reader.waits = true;
        try (ReadAhead ahead = new ReadAhead(reader, blocks(3))) {
            Thread.currentThread().interrupt();

            assertThatThrownBy(ahead::next).isInstanceOf(InterruptedException.class);
        }
    }

    private static List<RowBlock> blocks(int count) {
        List<RowBlock> blocks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            blocks.add(new RowBlock(CAPACITY, List.of(NUMBER), new int[] {1}, (matrix, bytes) -> {
                throw new AssertionError("there is no matrix");
            }));
        }
        return blocks;
    }

    /** Rows of which each is its own number; reading the third block may throw, or any block wait until it is interrupted. */
    private static final class Rows implements RowReader {
        private final int rows;
        private final Semaphore reads = new Semaphore(0);
        private final CountDownLatch interrupted = new CountDownLatch(1);
        private Throwable thrown;
        private boolean waits;
        private int next;
        private int readsAtItsEnd;

        Rows(int rows) {
            this.rows = rows;
        }

        @Override
        public int read(RowBlock block) {
            reads.release();
            if (waits) {
                awaitInterruption();
            }
            if (next == 2 * CAPACITY && thrown instanceof Error error) {
                throw error;
            }
            if (next == 2 * CAPACITY && thrown != null) {
                throw (RuntimeException) thrown;
            }
            int count = Math.min(CAPACITY, rows - next);
            readsAtItsEnd += count == 0 ? 1 : 0;
            block.filled(next + 1, count);
            for (int i = 0; i < count; i++) {
                block.numbers(NUMBER)[i] = ++next;
            }
            return count;
        }

        /** Ends a while after it was interrupted, as what reads a file may. */
        private void awaitInterruption() {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                LockSupport.parkNanos(A_WHILE);
                interrupted.countDown();
            }
        }

        @Override
        public List<String> categories(Field.Category category) {
            throw new AssertionError("there is no category");
        }

        @Override
        public void close() {
            throw new AssertionError("the reader belongs to the caller");
        }
    }
}
