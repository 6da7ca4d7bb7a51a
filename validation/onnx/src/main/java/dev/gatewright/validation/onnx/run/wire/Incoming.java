// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.run.wire;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A message that was received. Each read is held against what is there and against the reader's bounds. */
public final class Incoming {
    /** The most bytes of a message. */
    public static final int MOST_BYTES = 256 << 20;

    private static final int CHUNK = 1 << 20;

    private final byte kind;
    private final ByteBuffer values;

    private Incoming(byte kind, ByteBuffer values) {
        this.kind = kind;
        this.values = values;
    }

    /**
     * Waits for the next message; null where the stream ends between two.
     *
     * @throws EOFException if the stream ends inside a message
     * @throws BadMessageException if it is empty or too long
     */
    public static @Nullable Incoming from(InputStream in) throws IOException {
        byte[] head = in.readNBytes(Integer.BYTES);
        if (head.length == 0) {
            return null;
        }
        if (head.length < Integer.BYTES) {
            throw new EOFException("the stream ended inside a message");
        }
        int size = ByteBuffer.wrap(head).getInt();
        if (size < 1 || size > MOST_BYTES) {
            throw new BadMessageException("a message of " + size + " bytes");
        }
        // Memory follows what arrives and not what was announced.
        byte[] body = in.readNBytes(Math.min(size, CHUNK));
        if (body.length < size && body.length == CHUNK) {
            byte[] rest = in.readNBytes(size - CHUNK);
            byte[] whole = new byte[CHUNK + rest.length];
            System.arraycopy(body, 0, whole, 0, CHUNK);
            System.arraycopy(rest, 0, whole, CHUNK, rest.length);
            body = whole;
        }
        if (body.length < size) {
            throw new EOFException("the stream ended inside a message");
        }
        return new Incoming(body[0], ByteBuffer.wrap(body, 1, size - 1));
    }

    /** What kind of message it is. */
    public byte kind() {
        return kind;
    }

    /** The next number. */
    public int number() throws BadMessageException {
        need(Integer.BYTES);
        return values.getInt();
    }

    /** The next number, which must lie between two others, both included. */
    public int number(String what, int least, int most) throws BadMessageException {
        int number = number();
        if (number < least || number > most) {
            throw new BadMessageException(what + " is " + number + ", and may be from " + least + " to " + most);
        }
        return number;
    }

    /** The next long number. */
    public long longNumber() throws BadMessageException {
        need(Long.BYTES);
        return values.getLong();
    }

    /** The next text, of at most {@code mostBytes} bytes. */
    public String text(String what, int mostBytes) throws BadMessageException {
        int size = number("the length of " + what, 0, mostBytes);
        need(size);
        ByteBuffer encoded = values.slice(values.position(), size);
        values.position(values.position() + size);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(encoded).toString();
        } catch (CharacterCodingException e) {
            throw new BadMessageException(what + " is no UTF-8");
        }
    }

    /** The next texts, at most {@code most} of them. */
    public List<String> texts(String what, int most, int mostBytes) throws BadMessageException {
        int count = number("the number of " + what, 0, most);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(text(what, mostBytes));
        }
        return texts;
    }

    /** Refuses whatever is left. */
    public void end() throws BadMessageException {
        if (values.hasRemaining()) {
            throw new BadMessageException(values.remaining() + " bytes too many");
        }
    }

    private void need(int bytes) throws BadMessageException {
        if (values.remaining() < bytes) {
            throw new BadMessageException("it ends too early");
        }
    }
}
