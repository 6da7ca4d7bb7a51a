// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.catalogue;

import dev.gatewright.validation.metrics.Direction;
import dev.gatewright.validation.metrics.Measure;
import dev.gatewright.validation.metrics.Numbers;
import dev.gatewright.validation.metrics.Unit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A metric of the catalogue with all that is needed to compute it.
 *
 * @param average none where the metric takes none or one class is chosen
 * @param onlyClass the index of the one class it is about; with {@link Average#BINARY} the positive class; else -1
 * @param threshold the probability of class {@code positive} from which on it is predicted; where rows have any number of
 *     classes, that of each class; none: what the model predicts itself
 * @param positive the index of the positive class; -1 where none is named
 * @param parameter the value of the metric's {@link Metric#parameter parameter}; NaN where it has none
 * @param classes the names of the classes
 */
public record MetricChoice(
        Metric metric,
        @Nullable Average average,
        int onlyClass,
        @Nullable Double threshold,
        int positive,
        double parameter,
        ZeroDivision zeroDivision,
        List<String> classes)
        implements Measure {

    /** Keeps its own copy. */
    public MetricChoice {
        classes = List.copyOf(classes);
    }

    /** The metric without options. */
    public static MetricChoice of(Metric metric, List<String> classes) {
        return new MetricChoice(metric, null, -1, null, -1, Double.NaN, ZeroDivision.UNDEFINED, classes);
    }

    /** A metric over all classes. */
    public static MetricChoice averaged(
            Metric metric, Average average, ZeroDivision zeroDivision, List<String> classes) {
        return new MetricChoice(metric, average, -1, null, -1, Double.NaN, zeroDivision, classes);
    }

    /** A metric of one class. */
    public static MetricChoice ofClass(Metric metric, int onlyClass, ZeroDivision zeroDivision, List<String> classes) {
        return new MetricChoice(metric, null, onlyClass, null, -1, Double.NaN, zeroDivision, classes);
    }

    /** The same with another average. */
    public MetricChoice averaged(Average other) {
        return new MetricChoice(metric, other, onlyClass, threshold, positive, parameter, zeroDivision, classes);
    }

    /** The same with a value of the metric's parameter. */
    public MetricChoice with(double value) {
        return new MetricChoice(metric, average, onlyClass, threshold, positive, value, zeroDivision, classes);
    }

    @Override
    public String spelling() {
        List<String> options = new ArrayList<>();
        if (average == Average.BINARY) {
            options.add("positive=" + classes.get(onlyClass));
        } else if (average != null) {
            options.add(average.spelling());
        } else if (onlyClass >= 0) {
            options.add("class=" + classes.get(onlyClass));
        }
        metric.parameter().ifPresent(option -> options.add(option.spelling() + "=" + Numbers.exact(parameter)));
        if (threshold != null) {
            boolean isNamed = average == Average.BINARY || positive < 0;
            options.add((isNamed ? "" : "positive=" + classes.get(positive) + ", ") + "threshold="
                    + Numbers.exact(threshold));
        }
        if (zeroDivision != ZeroDivision.UNDEFINED) {
            options.add("zero-division=" + zeroDivision.spelling());
        }
        return options.isEmpty() ? metric.name() : metric.name() + "[" + String.join(", ", options) + "]";
    }

    @Override
    public Unit unit() {
        return metric.unit();
    }

    @Override
    public Direction direction() {
        return metric.direction();
    }

    @Override
    public boolean isRunTime() {
        return metric.isRunTime();
    }

    @Override
    public boolean isOfTwoModels() {
        return metric.isOfTwoModels();
    }
}
