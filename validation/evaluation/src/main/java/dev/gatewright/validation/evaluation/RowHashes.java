// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import dev.gatewright.validation.data.Selection;
import dev.gatewright.validation.data.rows.ElementType;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.data.rows.RowBlock;
import dev.gatewright.validation.data.rows.RowReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/** The hashes of the inputs of rows: the first 64 bits of the SHA-256 of their bytes, as a model gets them. */
final class RowHashes {
    private static final int BLOCK = 256;
    private static final int BLOCK_BYTES = 1 << 22;

    private final List<Field.Matrix> features;
    private final Selection selection;
    private final MessageDigest digest = newSha256();
    private final ByteBuffer result = ByteBuffer.allocate(32);
    private byte[] copy = {}; // of a row: a digest of direct memory makes an array for each call

    RowHashes(List<Field.Matrix> features, Selection selection) {
        this.features = features;
        this.selection = selection;
    }

    /** Takes a row's number, from 1, and the hash of its inputs. */
    interface Taker {
        void take(long row, long hash);
    }

    /** Reads all rows from the first one on. */
    void forEach(Taker taker) {
        int rowBytes = 1;
        for (Field.Matrix matrix : features) {
            int width = selection.shape(matrix).stream().reduce(1, Math::multiplyExact);
            rowBytes = Math.addExact(
                    rowBytes, Math.multiplyExact(width, matrix.type().bytes()));
        }
        RowBlock block = selection.newBlock(
                Math.max(1, Math.min(BLOCK, BLOCK_BYTES / rowBytes)),
                (matrix, bytes) -> ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder()));
        try (RowReader reader = selection.open()) {
            while (reader.read(block) > 0) {
                for (int row = 0; row < block.rows(); row++) {
                    taker.take(block.firstRow() + row, hash(block, row));
                }
            }
        }
    }

    private long hash(RowBlock block, int row) {
        for (Field.Matrix matrix : features) {
            int width = block.width(matrix);
            if (matrix.type() == ElementType.STRING) {
                for (int i = 0; i < width; i++) {
                    byte[] text = block.texts(matrix)[row * width + i].getBytes(StandardCharsets.UTF_8);
                    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, text.length));
                    digest.update(text);
                }
            } else {
                int bytes = width * matrix.type().bytes();
                if (copy.length < bytes) {
                    copy = new byte[bytes];
                }
                block.memory(matrix).get(row * bytes, copy, 0, bytes);
                digest.update(copy, 0, bytes);
            }
        }
        try {
            digest.digest(result.array(), 0, result.capacity());
        } catch (DigestException e) {
            throw new IllegalStateException("a SHA-256 has 32 bytes", e);
        }
        return result.getLong(0);
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
