// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.validation.onnx.run.ElementType;
import dev.gatewright.validation.onnx.run.TensorSpec;
import dev.gatewright.validation.onnx.run.TensorView;
import dev.gatewright.validation.testkit.Gen;
import dev.gatewright.validation.testkit.Seeded;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutputDifferenceTest {
    private static final TensorSpec SPEC = new TensorSpec("p", ElementType.DOUBLE, 2, List.of());

    @Test
    void distancesAreThoseOfTheirDefinitions() {
        OutputParity parity = compare(new double[] {1, -4, 0, 100}, new double[] {1.5, -4, 1e-7, 101});

        assertThat(parity.maxAbsolute()).isEqualTo(1);
        assertThat(parity.maxRelative()).isEqualTo(0.5);
        assertThat(parity.tolerance()).isEqualTo(0.25);
        assertThat(parity.unequal()).isEqualTo(3);
        assertThat(parity.elements()).isEqualTo(4);
        assertThat(parity.worst().get(0)).isEqualTo(new OutputParity.Element(2, 1, "100", "101"));
        assertThat(parity.sample()).hasSize(4);
        assertThat(parity.defect()).isNull();
    }

    @Test
    void aNumberThatIsNoneOnOneSideIsADefect() {
        assertThat(compare(new double[] {1, 2}, new double[] {1, Double.NaN}).defect())
                .isEqualTo("output 'p' is NaN in row 1, and the source's is 2.0");
        assertThat(compare(new double[] {Double.NaN, 2}, new double[] {Double.NaN, 2})
                        .defect())
                .isNull();
    }

    @Seeded
    void theToleranceIsTheLeastWithWhichAllElementsAreClose(Gen gen) {
        double[] source = new double[8];
        double[] exported = new double[8];
        for (int i = 0; i < source.length; i++) {
            source[i] = gen.real(-1, 1) * gen.oneOf(1e-9, 1e-3, 1.0, 300.0, 1e12);
            exported[i] = source[i] + gen.real(-1, 1) * gen.oneOf(0.0, 1e-12, 1e-6, 1.0);
        }

        double tolerance = compare(source, exported).tolerance();

        assertThat(areClose(source, exported, tolerance)).isTrue();
        assertThat(tolerance == 0 || !areClose(source, exported, Math.nextDown(tolerance)))
                .isTrue();
    }

    /** As numpy's allclose has it, with one number as both its tolerances. */
    private static boolean areClose(double[] source, double[] exported, double tolerance) {
        for (int i = 0; i < source.length; i++) {
            if (!(Math.abs(exported[i] - source[i]) <= tolerance + tolerance * Math.abs(source[i]))) {
                return false;
            }
        }
        return true;
    }

    @Seeded(cases = 50)
    void whatIsNoNumberOnOneSideIsNeverEqual(Gen gen) {
        double[] source = {1, 2, 3, 4};
        double[] exported = source.clone();
        double[] broken = gen.chance(0.5) ? source : exported;
        broken[gen.integer(0, 3)] = gen.oneOf(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);

        OutputParity parity = compare(source, exported);

        assertThat(parity.unequal()).isEqualTo(1);
        assertThat(parity.defect()).isNotNull();
        assertThat(List.of(parity.maxAbsolute(), parity.maxRelative(), parity.tolerance()))
                .containsOnly(Double.POSITIVE_INFINITY);
    }

    private static OutputParity compare(double[] source, double[] exported) {
        OutputDifference difference = new OutputDifference("p", true);
        difference.add(view(source), view(exported), 1, source.length / 2);
        return difference.parity();
    }

    private static TensorView view(double... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Double.BYTES).order(ByteOrder.nativeOrder());
        bytes.asDoubleBuffer().put(values);
        return TensorView.ofNumbers(SPEC, values.length / 2, bytes);
    }
}
