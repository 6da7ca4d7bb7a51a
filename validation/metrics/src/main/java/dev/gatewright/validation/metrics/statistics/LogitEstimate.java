// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.statistics;

import java.util.Optional;

/**
 * A value between 0 and 1 whose log odds are normally distributed: its intervals stay inside and are the longer towards the
 * middle, as the errors of an area under a curve are (Pepe, "The statistical evaluation of medical tests for classification
 * and prediction", 2003, section 5.2; Boyd, Eng and Page, "Area under the precision-recall curve: point estimates and
 * confidence intervals", 2013). A standard error of 0 or none gives no interval.
 *
 * @param value the estimate
 * @param standardError of the value itself, from which that of its log odds follows by the delta method
 * @param method where the standard error is from, as reports spell it
 */
public record LogitEstimate(double value, double standardError, String method) implements Estimate {

    @Override
    public Optional<Interval> interval(double confidence) {
        double reach = NormalDistribution.criticalValue(confidence) * errorOfLogit();
        if (saysNothing() || !Double.isFinite(reach)) {
            return Optional.empty();
        }
        double low = Math.min(value, fromLogit(logit(value) - reach));
        double high = Math.max(value, fromLogit(logit(value) + reach));
        return Optional.of(new Interval(low, high, confidence, method));
    }

    @Override
    public double pValue(double bound, Side side) {
        Require.bound(bound);
        if (saysNothing() || !side.holds(value, bound)) {
            return 1;
        }
        if (bound <= 0 || bound >= 1) {
            return 0;
        }
        return NormalDistribution.twoSidedPValue((logit(value) - logit(bound)) / errorOfLogit());
    }

    private boolean saysNothing() {
        return !(value > 0 && value < 1) || !Double.isFinite(standardError) || standardError <= 0;
    }

    private double errorOfLogit() {
        return standardError / (value * (1 - value));
    }

    private static double logit(double share) {
        return StrictMath.log(share / (1 - share));
    }

    private static double fromLogit(double logit) {
        return 1 / (1 + StrictMath.exp(-logit));
    }
}
