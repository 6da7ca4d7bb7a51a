// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.npz;

import dev.gatewright.validation.data.rows.ElementType;
import dev.gatewright.validation.data.rows.Place;
import dev.gatewright.validation.data.rows.RowBlock;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The rows of one array, in order, handed to all that take from it. */
final class ArrayRows implements AutoCloseable {
    private final Place place;
    private final NpyType type;
    private final int width;
    private final ArrayBytes bytes;
    private final ByteBuffer chunk; // from its position to its limit, whole elements that are not yet taken
    private final List<ValueTaker> takers = new ArrayList<>();
    private long firstRow = 1;
    private @Nullable Boolean plain; // of those elements, once it is asked for

    /** The rows of {@code array}, {@code width} elements each, of which about {@code chunk} bytes are read at a time. */
    ArrayRows(NpzArray array, int width, int chunk) {
        this.place = array.place();
        this.type = Objects.requireNonNull(array.type());
        this.width = width;
        this.bytes = array.source().open();
        this.chunk = ByteBuffer.allocateDirect(Math.max(chunk, type.bytes())).order(type.order());
        skip(array.headerBytes());
    }

    NpyType type() {
        return type;
    }

    boolean isText() {
        return type.type() == ElementType.STRING;
    }

    /** Whether the elements that are handed over may be copied as they are. */
    boolean arePlain() {
        if (plain == null) {
            plain = PlainNumbers.are(type, chunk);
        }
        return plain;
    }

    /** The number of elements of a row. */
    int width() {
        return width;
    }

    void add(ValueTaker taker) {
        takers.add(taker);
    }

    /** Hands over the next {@code rows} rows, the first of which is row {@code firstRow} of the file. */
    void read(RowBlock block, long firstRow, int rows) {
        this.firstRow = firstRow;
        for (ValueTaker taker : takers) {
            taker.begin(block);
        }
        long elements = (long) rows * width;
        for (long done = 0; done < elements; ) {
            if (!chunk.hasRemaining()) {
                refill();
            }
            int count = (int) Math.min(elements - done, chunk.remaining() / type.bytes());
            for (ValueTaker taker : takers) {
                taker.take(chunk, chunk.position(), done, count);
            }
            chunk.position(chunk.position() + count * type.bytes());
            done += count;
        }
    }

    /** {@code found} as a message tells it of element {@code element} of those that go into this block. */
    String found(String found, long element) {
        return width == 1 ? found : found + " (value " + (element % width + 1) + " of " + width + ")";
    }

    /** Where element {@code element} of those that go into this block stands. */
    Place place(long element) {
        return place.at(firstRow + element / width);
    }

    private void refill() {
        int whole = chunk.capacity() - chunk.capacity() % type.bytes();
        chunk.clear().limit((int) Math.min(whole, bytes.left()));
        bytes.read(chunk);
        chunk.flip();
        plain = null;
    }

    private void skip(long count) {
        chunk.clear().limit((int) Math.min(count, chunk.capacity()));
        bytes.read(chunk);
        chunk.flip().position(chunk.limit());
        if (count > chunk.limit()) {
            skip(count - chunk.limit());
        }
    }

    @Override
    public void close() {
        bytes.close();
    }
}
