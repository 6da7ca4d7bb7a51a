// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics;

/** What a model is asked to do. */
public enum Task {
    /** One of two classes. */
    BINARY_CLASSIFICATION("binary-classification"),
    /** One of several classes. */
    MULTICLASS_CLASSIFICATION("multiclass-classification"),
    /** Any number of several classes. */
    MULTILABEL_CLASSIFICATION("multilabel-classification"),
    /** A number. */
    REGRESSION("regression");

    private final String spelling;

    Task(String spelling) {
        this.spelling = spelling;
    }

    /** As a spec writes it. */
    public String spelling() {
        return spelling;
    }

    /** Whether its answers are classes. */
    public boolean isClassification() {
        return this != REGRESSION;
    }

    /** Whether its answer is exactly one class. */
    public boolean isOfOneClass() {
        return this == BINARY_CLASSIFICATION || this == MULTICLASS_CLASSIFICATION;
    }
}
