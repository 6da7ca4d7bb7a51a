// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics;

/** What a gate is about: a metric with everything needed to compute it, or a number that a training wrote. */
public interface Measure {
    /** The metric with its options, as sentences and reports spell it: {@code f1[macro]}. */
    String spelling();

    /** The unit of its values. */
    Unit unit();

    /** Which way it gets better. */
    Direction direction();

    /** Whether its values come from the time or memory of one run, so that another run of the same model gives others. */
    boolean isRunTime();

    /** Whether it is itself a comparison of two models, so that its gates name the other one. */
    default boolean isOfTwoModels() {
        return false;
    }
}
