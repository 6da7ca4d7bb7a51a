// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.fuzz;

import static dev.gatewright.validation.testkit.parquet.ParquetBytes.BYTE_ARRAY;
import static dev.gatewright.validation.testkit.parquet.ParquetBytes.DICTIONARY;
import static dev.gatewright.validation.testkit.parquet.ParquetBytes.FLOAT;
import static dev.gatewright.validation.testkit.parquet.ParquetBytes.INT32;
import static dev.gatewright.validation.testkit.parquet.ParquetBytes.OPTIONAL;
import static dev.gatewright.validation.testkit.parquet.ParquetBytes.PLAIN;
import static dev.gatewright.validation.testkit.parquet.ParquetBytes.REQUIRED;
import static dev.gatewright.validation.testkit.parquet.ParquetBytes.RLE_DICTIONARY;
import static dev.gatewright.validation.testkit.parquet.ParquetBytes.UNCOMPRESSED;
import static dev.gatewright.validation.testkit.parquet.ParquetBytes.UTF8;
import static dev.gatewright.validation.testkit.parquet.ParquetBytes.bytes;
import static dev.gatewright.validation.testkit.parquet.ParquetBytes.floats;
import static dev.gatewright.validation.testkit.parquet.ParquetBytes.ints;
import static dev.gatewright.validation.testkit.parquet.ParquetBytes.joined;
import static dev.gatewright.validation.testkit.parquet.ParquetBytes.leaf;
import static dev.gatewright.validation.testkit.parquet.ParquetBytes.page;
import static dev.gatewright.validation.testkit.parquet.ParquetBytes.texts;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.gatewright.validation.testkit.parquet.ParquetBytes;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("slow")
class ParquetFuzz {
    private static final Scratch FILE = new Scratch("rows.parquet");
    private static final int ROWS = 4;

    static Stream<byte[]> seeds() {
        byte[] plain = new ParquetBytes(ROWS)
                .floats("x0", 1, 2, 3, 4)
                .column("y", INT32, UNCOMPRESSED, page(PLAIN, ROWS, ints(0, 1, 1, 0)))
                .column(
                        leaf("w", BYTE_ARRAY, REQUIRED, UTF8),
                        BYTE_ARRAY,
                        UNCOMPRESSED,
                        ROWS,
                        page(DICTIONARY, 10, 2, PLAIN, texts("a", "b")),
                        page(RLE_DICTIONARY, ROWS, bytes(1, 3, 0x05)))
                .file();
        byte[] missing = new ParquetBytes(ROWS)
                .column(
                        leaf("x0", FLOAT, OPTIONAL),
                        FLOAT,
                        UNCOMPRESSED,
                        ROWS,
                        page(PLAIN, ROWS, joined(ints(2), bytes(3, 0x07), floats(1, 2, 3))))
                .file();
        return Stream.of(plain, missing, new ParquetBytes(ROWS).zeros("x0", 2).file());
    }

    @MethodSource("seeds")
    @FuzzTest(maxExecutions = 40_000)
    void isReadOrRefused(byte[] bytes) {
        Rows.readOrRefuse(FILE.with(bytes));
    }
}
