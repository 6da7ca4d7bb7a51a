// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.conformance;

import dev.gatewright.validation.testkit.numpy.Npz;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;

/** The sound predictions as NumPy writes them. */
final class NpzFile {
    private NpzFile() {}

    /** An archive with {@code truth}, the class's index, and {@code scores}, a probability a class. */
    static byte[] npz() {
        return npz(
                Npz.npy("<i8", "(" + Rows.COUNT + ",)", truth()), Npz.npy("<f4", "(" + Rows.COUNT + ", 3)", scores()));
    }

    /** An archive of these two arrays. */
    static byte[] npz(byte[] truth, byte[] scores) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("truth.npy", truth);
        entries.put("scores.npy", scores);
        return Npz.deflated(entries);
    }

    static byte[] truth() {
        ByteBuffer bytes = ByteBuffer.allocate(8 * Rows.COUNT).order(ByteOrder.LITTLE_ENDIAN);
        for (int row = 0; row < Rows.COUNT; row++) {
            bytes.putLong(Rows.truth(row));
        }
        return bytes.array();
    }

    static byte[] scores() {
        ByteBuffer bytes = ByteBuffer.allocate(12 * Rows.COUNT).order(ByteOrder.LITTLE_ENDIAN);
        for (int row = 0; row < Rows.COUNT; row++) {
            for (int k = 0; k < 3; k++) {
                bytes.putFloat(k == Rows.answer(row) ? 0.8f : 0.1f);
            }
        }
        return bytes.array();
    }
}
