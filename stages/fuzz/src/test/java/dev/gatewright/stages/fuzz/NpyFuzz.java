// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.gatewright.validation.testkit.numpy.Npz;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/** The archive around the array is sound, so that checksums do not stop what the header has to. */
@Tag("slow")
class NpyFuzz {
    private static final Scratch FILE = new Scratch("rows.npz");

    static Stream<byte[]> seeds() {
        return Stream.of(
                Npz.npy("<f4", "(2, 2)", Npz.floats(1, 2, 3, 4)),
                Npz.npy(">u2", "(2,)", new byte[] {0, 1, 2, 3}),
                Npz.npy("<U2", "(1,)", "a\0\0\0b\0\0\0".getBytes(StandardCharsets.ISO_8859_1)),
                Npz.npy("{'descr': [('a', '<f4')], 'fortran_order': True, 'shape': (), }", new byte[4]));
    }

    @MethodSource("seeds")
    @FuzzTest(maxExecutions = 40_000)
    void isReadOrRefused(byte[] bytes) {
        Rows.readOrRefuse(FILE.with(Npz.stored(Map.of("x.npy", bytes))));
    }
}
