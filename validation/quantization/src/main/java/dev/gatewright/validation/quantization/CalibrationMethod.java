// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.quantization;

/** How the range of a value is taken from the numbers that were seen. */
public enum CalibrationMethod {
    /** From the least to the largest. */
    MINMAX("minmax"),
    /** A share of the numbers, half of the rest cut off at each end. */
    PERCENTILE("percentile"),
    /** The same on both sides of zero: as far as a share of the absolute values reaches. */
    ABSOLUTE_PERCENTILE("absolute-percentile"),
    /** The range whose 128 steps lose the least information (Kullback-Leibler divergence). */
    ENTROPY("entropy"),
    /** The range that leaves the least mean squared error. */
    MSE("mse");

    private final String spelling;

    CalibrationMethod(String spelling) {
        this.spelling = spelling;
    }

    /** As a spec writes it. */
    public String spelling() {
        return spelling;
    }

    /** Whether a share of the numbers is what it keeps. */
    public boolean takesPercentile() {
        return this == PERCENTILE || this == ABSOLUTE_PERCENTILE;
    }

    /** Whether a first pass over the rows may find where bins have to lie, so that none are added later. */
    public boolean takesEnds() {
        return this != MINMAX && this != ABSOLUTE_PERCENTILE;
    }

    /** The bins of a new histogram: those of ONNX Runtime's calibrators. */
    int bins() {
        return this == ENTROPY ? 128 : 2048;
    }
}
