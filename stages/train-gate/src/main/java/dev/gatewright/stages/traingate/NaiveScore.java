// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.traingate;

import dev.gatewright.validation.metrics.Task;

/** A metric of the best answer that looks at no feature, as scikit-learn's DummyClassifier and DummyRegressor give it. */
enum NaiveScore {
    /** Always the most frequent class. */
    ACCURACY("accuracy", true),
    /** Each class's frequency as its probability; in nats. */
    LOG_LOSS("log_loss", true),
    /** Always the mean. */
    MSE("mse", false),
    /** Always the mean. */
    RMSE("rmse", false),
    /** Always the mean. */
    MAE("mae", false);

    private final String spelling;
    private final boolean ofClasses;

    NaiveScore(String spelling, boolean ofClasses) {
        this.spelling = spelling;
        this.ofClasses = ofClasses;
    }

    /** As a spec writes it. */
    String spelling() {
        return spelling;
    }

    /** Whether it scores the answers to such a task. */
    boolean fits(Task task) {
        return ofClasses ? task.isOfOneClass() : task == Task.REGRESSION;
    }

    /** Whether it scores predicted classes, not numbers. */
    boolean isOfClasses() {
        return ofClasses;
    }
}
