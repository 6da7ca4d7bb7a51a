// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.catalogue;

import dev.gatewright.validation.metrics.Direction;
import dev.gatewright.validation.metrics.Range;
import dev.gatewright.validation.metrics.Unit;
import dev.gatewright.validation.metrics.catalogue.Metric.Option;
import dev.gatewright.validation.metrics.catalogue.Metric.WorkedExample;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;

/** The metrics of predicted numbers. */
public final class NumberMetrics {
    private static final Set<Option> NONE = EnumSet.noneOf(Option.class);
    private static final DoubleUnaryOperator AS_IT_IS = DoubleUnaryOperator.identity();
    private static final String HASTIE =
            "Hastie, Tibshirani and Friedman, The Elements of Statistical Learning, 2009, section 2.4";
    private static final String HYNDMAN = "Hyndman and Koehler, Another look at measures of forecast accuracy, 2006";

    /** The root of the mean squared error. */
    public static final Metric RMSE = error(
            "rmse",
            "root mean squared error",
            Unit.TARGET,
            new Kernel.RowNumbers((target, prediction, none) -> squaredError(target, prediction), StrictMath::sqrt),
            "√ of the mean over the rows of (target − prediction)²",
            WorkedExample.of("3 5", "2 8", "√((1² + 3²) / 2)", StrictMath.sqrt(5)),
            HASTIE);

    /** The mean distance from the target. */
    public static final Metric MAE = error(
            "mae",
            "mean absolute error",
            Unit.TARGET,
            new Kernel.RowNumbers((target, prediction, none) -> Math.abs(target - prediction), AS_IT_IS),
            "mean over the rows of |target − prediction|",
            WorkedExample.of("3 5", "2.5 7", "(0.5 + 2) / 2", 1.25),
            HYNDMAN);

    /** The mean squared difference from the target. */
    public static final Metric MSE = error(
            "mse",
            "mean squared error",
            Unit.TARGET_SQUARED,
            new Kernel.RowNumbers((target, prediction, none) -> squaredError(target, prediction), AS_IT_IS),
            "mean over the rows of (target − prediction)²",
            WorkedExample.of("3 5", "2.5 7", "(0.5² + 2²) / 2", 2.125),
            HASTIE);

    /** The share of the targets' variance that is predicted. */
    public static final Metric R2 = share(
            "r2",
            "coefficient of determination (R²)",
            new Kernel.ExplainedShare(false),
            "1 − Σ (target − prediction)² / Σ (target − mean target)²",
            WorkedExample.of("1 3 5", "2 3 6", "1 − (1 + 0 + 1) / (4 + 0 + 4)", 0.75),
            HASTIE);

    /** The same, where a constant error costs nothing. */
    public static final Metric EXPLAINED_VARIANCE = share(
            "explained_variance",
            "explained variance",
            new Kernel.ExplainedShare(true),
            "1 − variance of (target − prediction) / variance of the target",
            WorkedExample.of("1 3 5", "2 3 6", "errors −1, 0, −1: 1 − (2/9) / (8/3)", 11.0 / 12),
            "Kent, Information gain and a general measure of correlation, 1983");

    /** The middle of the distances from the target. */
    public static final Metric MEDIAN_ABSOLUTE_ERROR = error(
            "median_absolute_error",
            "median absolute error",
            Unit.TARGET,
            new Kernel.MedianError(),
            "median over the rows of |target − prediction|; of an even number of rows the mean of the two in the middle",
            WorkedExample.of("3 5 9 4", "2.5 7 9 1", "of 0, 0.5, 2 and 3: (0.5 + 2) / 2", 1.25),
            HYNDMAN);

    /** The largest distance from the target. */
    public static final Metric MAX_ERROR = error(
            "max_error",
            "largest absolute error",
            Unit.TARGET,
            new Kernel.LargestError(),
            "the largest |target − prediction| of all rows",
            WorkedExample.of("3 5", "2.5 7", "of 0.5 and 2 the larger", 2),
            "the maximum norm of the errors");

    /** The mean distance from the target in parts of it. */
    public static final Metric MAPE = error(
            "mape",
            "mean absolute percentage error",
            Unit.NUMBER,
            new Kernel.RowNumbers(
                    (target, prediction, none) -> Math.abs(target - prediction) / Math.abs(target), AS_IT_IS),
            "mean over the rows of |target − prediction| / |target|; 0.1 is 10 percent, and a target of 0 leaves it undefined",
            WorkedExample.of("4 5", "3 7", "(1/4 + 2/5) / 2", 0.325),
            HYNDMAN);

    /** The mean distance from the target in parts of the mean of both. */
    public static final Metric SMAPE = new Metric(
            "smape",
            "symmetric mean absolute percentage error",
            Unit.NUMBER,
            Range.FROM_0_TO_2,
            Direction.LOWER_IS_BETTER,
            new Kernel.RowNumbers((target, prediction, none) -> symmetricError(target, prediction), AS_IT_IS),
            NONE,
            "mean over the rows of 2·|target − prediction| / (|target| + |prediction|), 0 where both are 0; 0.1 is 10 percent",
            WorkedExample.of("3 6", "1 6", "(2·2/4 + 0) / 2", 0.5),
            "Makridakis and Hibon, The M3-Competition, 2000");

    /** The mean loss of a predicted quantile. */
    public static final Metric PINBALL_LOSS = new Metric(
            "pinball_loss",
            "pinball loss (quantile loss)",
            Unit.TARGET,
            Range.FROM_0,
            Direction.LOWER_IS_BETTER,
            new Kernel.RowNumbers(
                    (target, prediction, quantile) -> target >= prediction
                            ? quantile * (target - prediction)
                            : (1 - quantile) * (prediction - target),
                    AS_IT_IS),
            EnumSet.of(Option.QUANTILE),
            "mean over the rows of q·(target − prediction), or of (1 − q)·(prediction − target) where that was higher; q the quantile",
            WorkedExample.of("3 5", "1 6", 0.9, "(0.9·2 + 0.1·1) / 2", 0.95),
            "Koenker and Bassett, Regression quantiles, 1978");

    /** All of them, in the order in which they are shown. */
    static final List<Metric> ALL = List.of(
            RMSE, MAE, MSE, R2, EXPLAINED_VARIANCE, MEDIAN_ABSOLUTE_ERROR, MAX_ERROR, MAPE, SMAPE, PINBALL_LOSS);

    private NumberMetrics() {}

    private static double squaredError(double target, double prediction) {
        return (target - prediction) * (target - prediction);
    }

    private static double symmetricError(double target, double prediction) {
        return target == prediction ? 0 : 2 * Math.abs(target - prediction) / (Math.abs(target) + Math.abs(prediction));
    }

    private static Metric error(
            String name, String title, Unit unit, Kernel kernel, String formula, WorkedExample example, String source) {
        return new Metric(
                name, title, unit, Range.FROM_0, Direction.LOWER_IS_BETTER, kernel, NONE, formula, example, source);
    }

    private static Metric share(
            String name, String title, Kernel kernel, String formula, WorkedExample example, String source) {
        return new Metric(
                name,
                title,
                Unit.NUMBER,
                Range.UP_TO_1,
                Direction.HIGHER_IS_BETTER,
                kernel,
                NONE,
                formula,
                example,
                source);
    }
}
