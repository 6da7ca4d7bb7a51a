// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The bytes of one protobuf file, read once from front to back, and the counts that bound what is kept of them. */
final class Wire {
    /** Small, so that little is read in vain before each jump over weights. */
    private static final int BUFFER = 8192;

    final Reading reading;
    final CodedInputStream in;
    private final Map<String, String> names = new HashMap<>();
    private @Nullable CharsetDecoder decoder;
    private int messageCount;
    private int partCount;
    private int nameCount;
    private long textBytes;

    private Wire(Reading reading, CodedInputStream in) {
        this.reading = reading;
        this.in = in;
    }

    /** The message that fills {@code bytes} bytes of {@code file} from {@code offset} on. */
    static MessageReader open(Reading reading, FileChannel file, long offset, long bytes, String message)
            throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(new Section(file, offset, bytes), BUFFER);
        return MessageReader.whole(new Wire(reading, in), Math.toIntExact(bytes), message);
    }

    void countMessage(MessageReader at) {
        if (++messageCount > reading.limits().messages()) {
            throw at.refused(
                    Refusal.TOO_MANY,
                    "is the message after the limit of " + reading.limits().messages());
        }
    }

    /** Counts a node, tensor, graph or function: what weighs more than its bytes. */
    void countPart(MessageReader at) {
        if (++partCount > reading.limits().parts()) {
            throw at.refused(
                    Refusal.TOO_MANY,
                    "is the node, tensor, graph or function after the limit of "
                            + reading.limits().parts());
        }
    }

    /** The next {@code length} bytes as text. */
    String text(int length, MessageReader at) throws IOException {
        textBytes += length;
        if (textBytes > reading.limits().textBytes()) {
            throw at.refused(
                    Refusal.TOO_MANY,
                    "brings the text to " + textBytes + " bytes, above the limit of "
                            + reading.limits().textBytes());
        }
        byte[] bytes = in.readRawBytes(length);
        for (byte one : bytes) {
            if (one < 0) {
                return decoded(bytes, at);
            }
        }
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    /** The next {@code length} bytes as a name; the same name is the same object. */
    String name(int length, MessageReader at) throws IOException {
        if (++nameCount > reading.limits().names()) {
            throw at.refused(
                    Refusal.TOO_MANY,
                    "is the name after the limit of " + reading.limits().names());
        }
        String name = text(length, at);
        if (name.indexOf('\0') >= 0) {
            throw at.refused(Refusal.NOT_TEXT, "is the name " + Quoted.of(name) + " with a NUL in it");
        }
        String known = names.putIfAbsent(name, name);
        return known == null ? name : known;
    }

    private String decoded(byte[] bytes, MessageReader at) {
        if (decoder == null) {
            decoder = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT);
        }
        try {
            CharBuffer text = decoder.decode(ByteBuffer.wrap(bytes));
            return text.toString();
        } catch (CharacterCodingException e) {
            throw at.refused(Refusal.NOT_TEXT, "is text that is not UTF-8");
        }
    }

    /** A part of a file as a stream that steps over bytes without reading them. */
    private static final class Section extends InputStream {
        private final FileChannel file;
        private long position;
        private final long end;

        Section(FileChannel file, long offset, long bytes) {
            this.file = file;
            this.position = offset;
            this.end = offset + bytes;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int from, int count) throws IOException {
            int wanted = (int) Math.min(count, end - position);
            if (wanted == 0) {
                return count == 0 ? 0 : -1;
            }
            int read = file.read(ByteBuffer.wrap(into, from, wanted), position);
            position += Math.max(read, 0);
            return read;
        }

        @Override
        public long skip(long count) {
            long skipped = Math.max(0, Math.min(count, end - position));
            position += skipped;
            return skipped;
        }

        @Override
        public int available() {
            return (int) Math.min(Integer.MAX_VALUE, end - position);
        }
    }
}
