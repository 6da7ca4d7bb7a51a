// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Reads, by position, the few values of a model that decide how much memory it needs: shapes and sparse indices. */
final class TensorValues {
    private static final int CHUNK = 1 << 16;

    private final Reading reading;
    private final FileChannel main;
    private final FileState mainFile;
    private final Path folder;

    TensorValues(Reading reading, FileChannel main, FileState mainFile, Path folder) {
        this.reading = reading;
        this.main = main;
        this.mainFile = mainFile;
        this.folder = folder;
    }

    /** The values of a small numeric tensor; null if it is not one. */
    double @Nullable [] few(StoredTensor tensor) throws IOException {
        int width = width(tensor.type());
        if (width == 0 || tensor.elements() > NumberList.FEW) {
            return null;
        }
        NumberList numbers = new NumberList(NumberList.FEW);
        if (tensor.data() instanceof TensorData.InFile stored) {
            forEachChunk(stored, width, chunk -> {
                while (chunk.hasRemaining()) {
                    numbers.add(next(chunk, tensor.type()));
                }
            });
        } else if (tensor.data() instanceof TensorData.InMessage message) {
            typed(message, tensor.type(), numbers);
        }
        return numbers.kept();
    }

    /** Hands the values of an int64 tensor of any size on, one after the other. */
    void forEachLong(StoredTensor tensor, LongConsumer into) throws IOException {
        if (tensor.data() instanceof TensorData.InFile stored) {
            forEachChunk(stored, Long.BYTES, chunk -> {
                while (chunk.hasRemaining()) {
                    into.accept(chunk.getLong());
                }
            });
        } else if (tensor.data() instanceof TensorData.InMessage message) {
            MessageReader in = open(message);
            while (in.next()) {
                if (in.number() == TensorMessage.INT64_DATA) {
                    NumberFields.integers(in, into);
                } else {
                    in.skip();
                }
            }
        }
    }

    private void typed(TensorData.InMessage message, ElementType type, NumberList into) throws IOException {
        MessageReader in = open(message);
        while (in.next()) {
            if (in.number() != type.typedField()) {
                in.skip();
            } else if (type == ElementType.FLOAT) {
                NumberFields.floats(in, into);
            } else if (type == ElementType.DOUBLE) {
                NumberFields.doubles(in, into);
            } else {
                NumberFields.integers(in, into);
            }
        }
    }

    private MessageReader open(TensorData.InMessage message) throws IOException {
        return Wire.open(reading, main, message.offset(), message.bytes(), "TensorProto");
    }

    private interface ChunkReader {
        void read(ByteBuffer chunk);
    }

    private void forEachChunk(TensorData.InFile stored, int width, ChunkReader into) throws IOException {
        if (stored.path().equals(mainFile.path())) {
            forEachChunk(main, stored, width, into);
            return;
        }
        Path file = folder.resolve(stored.path());
        try (FileChannel external = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            forEachChunk(external, stored, width, into);
        }
    }

    private void forEachChunk(FileChannel file, TensorData.InFile stored, int width, ChunkReader into)
            throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(stored.bytes(), CHUNK - CHUNK % width))
                .order(ByteOrder.LITTLE_ENDIAN);
        long end = stored.offset() + stored.bytes();
        for (long position = stored.offset(); position < end; position += chunk.limit()) {
            chunk.clear().limit((int) Math.min(chunk.capacity(), end - position));
            while (chunk.hasRemaining()) {
                if (file.read(chunk, position + chunk.position()) < 0) {
                    throw reading.refused(
                            Refusal.CHANGING, Place.FILE, "ended at byte " + position + " of " + stored.path());
                }
            }
            into.read(chunk.flip());
        }
    }

    private static int width(ElementType type) {
        return switch (type) {
            case FLOAT, INT32, DOUBLE, INT64, INT16 -> type.bits() / Byte.SIZE;
            default -> 0;
        };
    }

    private static double next(ByteBuffer chunk, ElementType type) {
        return switch (type) {
            case FLOAT -> chunk.getFloat();
            case DOUBLE -> chunk.getDouble();
            case INT16 -> chunk.getShort();
            case INT32 -> chunk.getInt();
            default -> chunk.getLong();
        };
    }
}
