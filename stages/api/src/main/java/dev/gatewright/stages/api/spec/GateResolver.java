// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.spec;

import dev.gatewright.validation.metrics.Direction;
import dev.gatewright.validation.metrics.Numbers;
import dev.gatewright.validation.metrics.Range;
import dev.gatewright.validation.metrics.Unit;
import dev.gatewright.validation.metrics.catalogue.Catalogue;
import dev.gatewright.validation.metrics.catalogue.Metric;
import dev.gatewright.validation.metrics.catalogue.MetricChoice;
import dev.gatewright.validation.metrics.gate.Bound;
import dev.gatewright.validation.metrics.gate.Correction;
import dev.gatewright.validation.metrics.gate.Gate;
import dev.gatewright.validation.metrics.gate.SliceRule;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns gates as they were written into gates that can be judged, or says what is wrong with them.
 *
 * <p>Nothing is guessed: a metric that has several readings must say which one is meant, and a bound that no value of the
 * metric could break or hold is refused.
 */
public final class GateResolver {
    private final ModelSection model;
    private final List<String> slices;
    private final List<String> comparisons;
    private final Problems problems;

    /**
     * For the gates of one stage.
     *
     * @param slices the slices that the stage's data set has
     * @param comparisons what the stage can compare with, the default first; none where it cannot compare
     */
    public GateResolver(ModelSection model, List<String> slices, List<String> comparisons, Problems problems) {
        this.model = model;
        this.slices = List.copyOf(slices);
        this.comparisons = List.copyOf(comparisons);
        this.problems = problems;
    }

    /** The gate that {@code request} asks for; empty where it cannot be judged, and then the problems say why. */
    public Optional<Gate> resolve(GateRequest request) {
        Placed<String> name = request.metric();
        List<String> known = Catalogue.ALL.stream().map(Metric::name).toList();
        Optional<Metric> metric = Catalogue.find(name.value());
        if (metric.isEmpty()) {
            String write = DidYouMean.nearest(name.value(), known)
                    .map(near -> "metric: " + near)
                    .orElse(null);
            problems.add(
                    name.place(),
                    "there is no metric '" + name.value() + "'" + DidYouMean.hint(name.value(), known),
                    write);
            return Optional.empty();
        }
        Optional<MetricChoice> choice = new MetricResolver(model, problems).resolve(metric.get(), request);
        boolean fits = checkBounds(metric.get(), request);
        fits &= checkSampling(metric.get(), request);
        String against = against(metric.get(), request);
        boolean compares =
                request.bounds().stream().anyMatch(bound -> bound.kind().compares());
        SliceRule slice = slice(metric.get(), request);
        if (choice.isEmpty()
                || !fits
                || request.bounds().isEmpty()
                || (against == null && (compares || metric.get().isOfTwoModels() || request.against() != null))
                || (slice == null && request.isAboutSlices())) {
            return Optional.empty();
        }
        return Optional.of(new Gate(
                choice.get(),
                request.bounds(),
                request.confidence(),
                against,
                slice,
                request.minSamples(),
                request.onFailure()));
    }

    private boolean checkBounds(Metric metric, GateRequest request) {
        boolean fits = true;
        for (Bound bound : request.bounds()) {
            String wrong = wrong(metric, bound);
            if (wrong != null) {
                boolean percent = metric.unit() == Unit.FRACTION
                        && !bound.kind().quantity().isPercent()
                        && bound.limit() > 1
                        && bound.limit() <= 100;
                String meant = BigDecimal.valueOf(bound.limit())
                        .movePointLeft(2)
                        .stripTrailingZeros()
                        .toPlainString();
                problems.add(
                        request.place(bound),
                        wrong + (percent ? "; did you mean " + meant + "?" : ""),
                        percent ? bound.kind().spelling() + ": " + meant : null);
                fits = false;
            }
        }
        return fits;
    }

    private static @Nullable String wrong(Metric metric, Bound bound) {
        boolean compares = bound.kind().compares();
        if (compares && bound.limit() < 0) {
            return bound + ": a difference is written without a sign; for the other way write "
                    + (bound.kind().spelling().startsWith("max") ? "min-improvement" : "max-degradation")
                    + (bound.kind().quantity().isPercent() ? "-percent" : "");
        }
        Range range = metric.range();
        boolean percent = bound.kind().quantity().isPercent();
        if (compares ? !percent && bound.limit() > range.width() : !isInside(range, bound.limit())) {
            return bound + ": " + metric.name() + " " + range.sentence()
                    + (compares ? ", and no difference is larger than " + Numbers.exact(range.width()) : "");
        }
        // A value that is never negative loses all of itself at most.
        boolean losesAtMostAll = metric.direction() == Direction.HIGHER_IS_BETTER && range.lowest() >= 0;
        boolean alwaysHolds = switch (bound.kind()) {
            case MIN, SUSPICIOUS_BELOW -> bound.limit() == range.lowest();
            case MAX, SUSPICIOUS_ABOVE -> bound.limit() == range.highest();
            case MAX_DEGRADATION -> bound.limit() == range.width();
            case MAX_DEGRADATION_PERCENT -> losesAtMostAll && bound.limit() >= 100;
            case MIN_IMPROVEMENT, MIN_IMPROVEMENT_PERCENT -> false;
        };
        if (alwaysHolds) {
            return bound + ": no " + metric.name() + " breaks it, so it decides nothing";
        }
        boolean gainsAtMostAll = metric.direction() == Direction.LOWER_IS_BETTER && range.lowest() >= 0;
        return bound.kind() == Bound.Kind.MIN_IMPROVEMENT_PERCENT && gainsAtMostAll && bound.limit() > 100
                ? bound + ": no " + metric.name() + " holds it, since none is negative"
                : null;
    }

    private static boolean isInside(Range range, double limit) {
        return limit >= range.lowest() && limit <= range.highest();
    }

    private boolean checkSampling(Metric metric, GateRequest request) {
        boolean fits = true;
        if (request.confidence() != null && !metric.hasInterval()) {
            problems.add(
                    request.confidencePlace(),
                    metric.name()
                            + (metric.isSampled()
                                    ? " is the extreme of its sample, which does not tell how much larger others are; remove confidence"
                                    : " is no sample statistic and has no interval; remove confidence"));
            fits = false;
        }
        if (request.minSamples() > 0 && !metric.isSampled()) {
            problems.add(
                    request.minSamplesPlace(),
                    metric.name() + " is no sample statistic and rests on no rows; remove min-samples");
            fits = false;
        }
        return fits;
    }

    private @Nullable String against(Metric metric, GateRequest request) {
        List<Bound> comparing = request.bounds().stream()
                .filter(bound -> bound.kind().compares())
                .toList();
        Placed<String> against = request.against();
        if (metric.isOfTwoModels()) {
            if (!comparing.isEmpty()) {
                problems.add(
                        request.place(comparing.get(0)),
                        metric.name() + " is itself a comparison of two models; write "
                                + (metric.direction() == Direction.HIGHER_IS_BETTER ? "min" : "max"));
                return null;
            }
            return otherModel(metric.name(), request.metric().place(), against);
        }
        if (comparing.isEmpty()) {
            if (against != null) {
                problems.add(
                        against.place(), "no bound of this gate compares; remove against", "max-degradation: 0.005");
            }
            return null;
        }
        if (metric.isOfData()) {
            problems.add(
                    request.place(comparing.get(0)),
                    metric.name() + " is of the rows, the same for every model; write max");
            return null;
        }
        if (metric.isRunTime()) {
            problems.add(
                    request.place(comparing.get(0)),
                    metric.name() + " is of one run on this machine, and cannot be compared on the same rows; write "
                            + (metric.direction() == Direction.HIGHER_IS_BETTER ? "min" : "max"));
            return null;
        }
        return otherModel(comparing.get(0).toString(), request.place(comparing.get(0)), against);
    }

    /** What is compared with: what the gate names, else what the stage compares with where nothing else is said. */
    private @Nullable String otherModel(String comparing, Place place, @Nullable Placed<String> against) {
        if (comparisons.isEmpty()) {
            problems.add(
                    place,
                    comparing + " compares, but there is nothing to compare with",
                    "baseline: {policy: pinned, path: champion/model.onnx, digest: …}");
            return null;
        }
        if (against == null) {
            return comparisons.get(0);
        }
        if (!comparisons.contains(against.value())) {
            problems.add(
                    against.place(),
                    "this stage cannot compare with '" + against.value() + "'"
                            + DidYouMean.hint(against.value(), comparisons),
                    "against: " + comparisons.get(0));
            return null;
        }
        return against.value();
    }

    private @Nullable SliceRule slice(Metric metric, GateRequest request) {
        Placed<String> slice = request.slice();
        Correction correction = request.correction();
        if (slice == null) {
            if (correction != null) {
                problems.add(request.correctionPlace(), "a correction is for the values of a slice; remove it");
            }
            if (request.smallSlices() != null) {
                problems.add(request.smallSlicesPlace(), "small-slices is for the values of a slice; remove it");
            }
            return null;
        }
        if (metric.isRunTime() || !metric.isSampled()) {
            problems.add(slice.place(), metric.name() + " is not measured by rows; remove slice");
            return null;
        }
        if (!slices.contains(slice.value())) {
            problems.add(
                    slice.place(),
                    "the data set has no slice '" + slice.value() + "'" + DidYouMean.hint(slice.value(), slices),
                    DidYouMean.nearest(slice.value(), slices)
                            .map(near -> "slice: " + near)
                            .orElse("slices: [" + slice.value() + "]"));
            return null;
        }
        if (correction != null && correction != Correction.NONE && request.confidence() == null) {
            problems.add(
                    request.correctionPlace(),
                    "a correction corrects a level; write the confidence",
                    "confidence: 0.95");
            return null;
        }
        if (request.smallSlices() != null && request.minSamples() == 0) {
            problems.add(request.smallSlicesPlace(), "min-samples says which slices are small", "min-samples: 50");
            return null;
        }
        Correction safe = request.confidence() == null ? Correction.NONE : Correction.HOLM;
        SliceRule.SmallSlices small = request.smallSlices();
        return new SliceRule(
                slice.value(),
                correction == null ? safe : correction,
                small == null ? SliceRule.SmallSlices.INCONCLUSIVE : small);
    }
}
