// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.sourcemodels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.validation.data.DataFile;
import dev.gatewright.validation.data.Selection;
import dev.gatewright.validation.data.rows.ElementType;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.data.rows.RowBlock;
import dev.gatewright.validation.data.rows.RowReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RowTensorsTest {
    @TempDir
    Path folder;

    /** The product's own reader of {@code .npy}, which is held against numpy elsewhere, reads them back. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "STRING")
    void everyTypeOfNumberComesBackAsItWasRead(ElementType type) throws Exception {
        Files.writeString(folder.resolve("rows.csv"), "a,b\n1,0\n0,1\n1,1\n");

        FedTensor tensor = Children.tensors(folder, Map.of("x", List.of("a", "b")), Map.of("x", type))
                .get(0);

        assertThat(tensor.columns()).containsExactly("a", "b");
        assertThat(tensor.rowShape()).containsExactly(2);
        Field.Matrix matrix = new Field.Matrix("i0", ElementType.FLOAT64, List.of("i0"));
        try (DataFile file = DataFile.open(tensor.file())) {
            Selection selection = (Selection) file.select(List.of(matrix));
            assertThat(selection.rowCount()).hasValue(3);
            RowBlock block = selection.newBlock(
                    4, (field, bytes) -> ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder()));
            try (RowReader reader = selection.open()) {
                assertThat(reader.read(block)).isEqualTo(3);
            }
            double[] values = new double[6];
            block.memory(matrix).asDoubleBuffer().get(values);
            assertThat(values).containsExactly(1, 0, 0, 1, 1, 1);
        }
    }

    @Test
    void textsAreLinesOfJson() throws Exception {
        Files.writeString(folder.resolve("rows.csv"), "a,b\n\"x \"\"y\"\"\",é\nw,z\n");

        FedTensor tensor = Children.tensors(folder, Map.of("x", List.of("a", "b")), Map.of("x", ElementType.STRING))
                .get(0);

        assertThat(Files.readAllLines(tensor.file())).containsExactly("[\"x \\\"y\\\"\",\"é\"]", "[\"w\",\"z\"]");
    }

    @Test
    void aColumnThatIsNotThereIsNamed() throws Exception {
        Files.writeString(folder.resolve("rows.csv"), "a,b\n1,2\n");

        assertThatThrownBy(() -> Children.tensors(folder, Map.of("x", List.of("c")), Map.of()))
                .isInstanceOf(SourceFailedException.class)
                .hasMessageContaining("'c'");
    }
}
