// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.spec;

import dev.gatewright.validation.metrics.Numbers;
import dev.gatewright.validation.metrics.Task;
import dev.gatewright.validation.metrics.catalogue.Average;
import dev.gatewright.validation.metrics.catalogue.Catalogue;
import dev.gatewright.validation.metrics.catalogue.Kernel;
import dev.gatewright.validation.metrics.catalogue.Metric;
import dev.gatewright.validation.metrics.catalogue.MetricChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the one reading of a metric that a gate asks for: average, class, positive class, threshold. */
final class MetricResolver {
    private static final int NONE = -1;
    private static final int WRONG = -2;

    private final ModelSection model;
    private final Problems problems;

    MetricResolver(ModelSection model, Problems problems) {
        this.model = model;
        this.problems = problems;
    }

    /** The metric with its options; empty where it has no one reading, and then the problems say why. */
    Optional<MetricChoice> resolve(Metric metric, GateRequest request) {
        boolean fits = true;
        for (Metric.Option option : Metric.Option.values()) {
            if (request.has(option) && !metric.options().contains(option)) {
                problems.add(request.place(option), metric.name() + " takes no " + option.spelling() + "; remove it");
                fits = false;
            }
        }
        fits &= checkParameter(metric, request);
        if (!metric.fits(model.task())) {
            problems.add(
                    request.metric().place(),
                    metric.name() + " does not fit a " + model.task().spelling() + "; metrics that do: "
                            + String.join(", ", fitting()));
            fits = false;
        }
        if (!fits) {
            return Optional.empty();
        }
        boolean averages = metric.options().contains(Metric.Option.AVERAGE);
        int positive = positive(request);
        if (positive == WRONG) {
            return Optional.empty();
        }
        if (request.threshold() != null && positive < 0 && model.task().isOfOneClass()) {
            boolean binary = model.task() == Task.BINARY_CLASSIFICATION;
            problems.add(
                    request.place(Metric.Option.THRESHOLD),
                    "a threshold is about the positive class, and "
                            + (binary ? "none is named" : "only a binary-classification has one; remove threshold"),
                    binary ? "positive: \"" + model.classes().get(1) + "\"" : null);
            return Optional.empty();
        }
        Placed<String> onlyClass = request.onlyClass();
        Average average = request.average();
        if (onlyClass != null) {
            int index = model.classes().indexOf(onlyClass.value());
            if (index < 0) {
                problems.add(
                        onlyClass.place(),
                        "'" + onlyClass.value() + "' is not one of the classes"
                                + DidYouMean.hint(onlyClass.value(), model.classes()));
                return Optional.empty();
            }
            if (average != null) {
                problems.add(request.place(Metric.Option.AVERAGE), "one class has no average; remove average or class");
                return Optional.empty();
            }
            return Optional.of(choice(metric, null, index, positive, request));
        }
        if (average != null && !fits(metric, average, request)) {
            return Optional.empty();
        }
        if (averages && average == null) {
            if (model.task() == Task.BINARY_CLASSIFICATION && positive >= 0) {
                return Optional.of(choice(metric, Average.BINARY, positive, positive, request));
            }
            boolean binary = model.task() == Task.BINARY_CLASSIFICATION;
            problems.add(
                    request.place(),
                    metric.name() + " of " + model.classes().size() + " classes is several numbers; say which one: "
                            + (binary ? "name the positive class, or an average" : "an average, or one class"),
                    binary ? "positive: \"" + model.classes().get(1) + "\"" : "average: macro");
            return Optional.empty();
        }
        if (average == Average.BINARY && (model.task() != Task.BINARY_CLASSIFICATION || positive < 0)) {
            problems.add(
                    request.place(Metric.Option.AVERAGE),
                    "average binary is the value of the positive class of a binary-classification, and none is named",
                    "average: macro");
            return Optional.empty();
        }
        return Optional.of(choice(metric, average, average == Average.BINARY ? positive : -1, positive, request));
    }

    /** Whether the metric has such an average in the model's task. */
    private boolean fits(Metric metric, Average average, GateRequest request) {
        boolean mixesClasses = average == Average.MICRO || average == Average.SAMPLES;
        if (mixesClasses && metric.kernel() instanceof Kernel.AreaUnder) {
            problems.add(
                    request.place(Metric.Option.AVERAGE),
                    metric.name() + " ranks each class by itself and has no " + average.spelling() + " average",
                    "average: macro");
            return false;
        }
        if (average == Average.SAMPLES && model.task().isOfOneClass()) {
            problems.add(
                    request.place(Metric.Option.AVERAGE),
                    "average samples is of the classes that each row has, and in a "
                            + model.task().spelling() + " it has one",
                    "average: macro");
            return false;
        }
        return true;
    }

    private MetricChoice choice(
            Metric metric, @Nullable Average average, int onlyClass, int positive, GateRequest request) {
        Double threshold = request.threshold();
        return new MetricChoice(
                metric,
                average,
                onlyClass,
                threshold,
                threshold == null ? -1 : positive,
                metric.parameter().map(request::parameter).orElse(Double.NaN),
                request.zeroDivision(),
                model.classes());
    }

    /** The index of the positive class that the gate or the model names. */
    private int positive(GateRequest request) {
        Placed<String> named = request.positive();
        if (named == null) {
            Placed<String> ofModel = model.positive();
            return ofModel == null ? NONE : model.classes().indexOf(ofModel.value());
        }
        if (model.task() != Task.BINARY_CLASSIFICATION) {
            problems.add(
                    named.place(),
                    "only a binary-classification has a positive class; for one class of several write class",
                    "class: \"" + named.value() + "\"");
            return WRONG;
        }
        int index = model.classes().indexOf(named.value());
        if (index < 0) {
            problems.add(
                    named.place(),
                    "'" + named.value() + "' is not one of the classes"
                            + DidYouMean.hint(named.value(), model.classes()));
            return WRONG;
        }
        return index;
    }

    /** Sees that the number without which the metric is not defined is there. */
    private boolean checkParameter(Metric metric, GateRequest request) {
        Metric.Option option = metric.parameter().orElse(null);
        if (option == null) {
            return true;
        }
        if (!request.has(option)) {
            problems.add(
                    request.metric().place(),
                    metric.name() + " needs a " + option.spelling() + "; write it",
                    GateRequest.key(option).example());
            return false;
        }
        if (option == Metric.Option.K
                && request.parameter(option) >= model.classes().size()) {
            problems.add(
                    request.place(option),
                    "the label is always among " + Numbers.exact(request.parameter(option)) + " of "
                            + model.classes().size() + " classes, so it decides nothing; write less");
            return false;
        }
        return true;
    }

    private List<String> fitting() {
        List<String> names = new ArrayList<>();
        for (Metric metric : Catalogue.ALL) {
            if (metric.fits(model.task())) {
                names.add(metric.name());
            }
        }
        return names;
    }
}
