// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gatewright.validation.data.rows.ElementType;
import dev.gatewright.validation.data.rows.Field;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ColumnScalesTest {
    private static final Field.Matrix INPUT = new Field.Matrix("x", ElementType.FLOAT32, List.of("x*"));

    @TempDir
    private Path folder;

    private EvaluationRequest.Training training;

    /** Means 3 and 1000002, deviations 2 and 0: the second column never changes. */
    @BeforeEach
    void writeRows() throws IOException {
        Path file = Files.writeString(
                folder.resolve("train.csv"), "x0,x1,y\n1,1000002,a\n5,1000002,b\n1,1000002,a\n5,1000002,a\n");
        training = new EvaluationRequest.Training(file, Map.of("x", List.of("x*")), Field.Missing.REFUSE, null);
    }

    @Test
    void areThoseOfTheTrainingRows() {
        ColumnScales scales = ColumnScales.of(training, INPUT, 2);

        assertThat(scales).isNotNull();
        assertThat(scales.standardised(7, 0)).isEqualTo(2);
        assertThat(scales.ranged(2, 0)).isEqualTo(0.25);
        // A column that never changes is shifted, and not stretched.
        assertThat(scales.standardised(1000003, 1)).isEqualTo(1);
        assertThat(scales.ranged(1000003, 1)).isEqualTo(1);
    }

    @Test
    void areUndoneByTheirOpposites() {
        ColumnScales scales = ColumnScales.of(training, INPUT, 2);

        assertThat(scales).isNotNull();
        for (double value : new double[] {-3, 0, 0.1, 1e6}) {
            assertThat(scales.raw(scales.standardised(value, 0), 0)).isCloseTo(value, within(1e-9));
            assertThat(scales.unranged(scales.ranged(value, 0), 0)).isCloseTo(value, within(1e-9));
        }
    }

    @Test
    void rowsOfAnotherWidthHaveNone() {
        assertThat(ColumnScales.of(training, INPUT, 3)).isNull();
    }
}
