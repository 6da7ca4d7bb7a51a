// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.gatewright.validation.testkit.numpy.Npz;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("slow")
class NpzFuzz {
    private static final Scratch FILE = new Scratch("rows.npz");

    static Stream<byte[]> seeds() {
        Map<String, byte[]> arrays = Map.of(
                "x.npy", Npz.npy("<f4", "(2, 2)", Npz.floats(1, 2, 3, 4)),
                "y.npy", Npz.npy("<i8", "(2,)", Npz.longs(0, 1)),
                "w.npy", Npz.npy("|S1", "(2,)", new byte[] {'a', 'b'}));
        return Stream.of(Npz.stored(arrays), Npz.deflated(arrays));
    }

    @MethodSource("seeds")
    @FuzzTest(maxExecutions = 40_000)
    void isReadOrRefused(byte[] bytes) {
        Rows.readOrRefuse(FILE.with(bytes));
    }
}
