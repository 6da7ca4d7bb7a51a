// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.benchmarks;

import java.nio.file.Path;

/**
 * What {@code validation/benchmarks/run} hands to the measurements.
 *
 * @param program the program that is measured
 * @param python the Python that it is measured beside
 * @param scripts the folder of the scripts that do the same
 * @param work the folder of what is measured on
 * @param repetitions how often each side runs
 */
record Setup(Path program, Path python, Path scripts, Path work, int repetitions) {
    /** Takes the arguments in the order above; {@code option} is what the script is started with. */
    static Setup of(String[] arguments, String option) {
        if (arguments.length != 5) {
            throw new IllegalArgumentException("these are started by validation/benchmarks/run" + option);
        }
        return new Setup(
                Path.of(arguments[0]),
                Path.of(arguments[1]),
                Path.of(arguments[2]),
                Path.of(arguments[3]),
                Integer.parseInt(arguments[4]));
    }
}
