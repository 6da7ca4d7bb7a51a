// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.render;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * A scale from {@code low} to {@code high} over a whole width or height. Places on it are percentages, so that a plot is as
 * wide as the page, while its text stays as large as all other text.
 */
record Axis(double low, double high) {
    private static final double MARGIN = 0.12;

    /** A scale with all of {@code values} on it, and some room on both sides. */
    static Axis around(Collection<Double> values) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
        if (!Double.isFinite(low) || !Double.isFinite(high)) {
            return new Axis(0, 1);
        }
        // Halves, since a difference of two finite numbers may be infinite.
        double half = (high / 2 - low / 2) * (1 + 2 * MARGIN);
        if (half == 0 || !Double.isFinite(2 * half)) {
            half = Math.min(Math.max(Math.abs(low) * MARGIN, 1e-9), Double.MAX_VALUE / 4);
        }
        double middle = low / 2 + high / 2;
        return new Axis(middle - half, middle + half);
    }

    /** The place of {@code value}, from 0 to 1; what lies outside stands at the edge. */
    double share(double value) {
        double share = (value / 2 - low / 2) / (high / 2 - low / 2);
        return Double.isNaN(share) ? 0 : Math.min(Math.max(share, 0), 1);
    }

    /** The place of {@code value} from the low end, such as {@code 12.5%}. */
    String at(double value) {
        return percent(share(value));
    }

    /** A share of the whole, such as {@code 12.5%}. */
    static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f%%", share * 100);
    }

    /** Round numbers on the scale, about {@code wanted} of them. */
    List<Double> ticks(int wanted) {
        double raw = (high / 2 - low / 2) / wanted * 2;
        double power = StrictMath.pow(10, Math.floor(StrictMath.log10(raw)));
        double step = power;
        for (double factor : new double[] {1, 2, 2.5, 5, 10}) {
            step = power * factor;
            if (step >= raw) {
                break;
            }
        }
        List<Double> ticks = new ArrayList<>();
        if (step > 0 && Double.isFinite(step)) {
            for (double at = Math.ceil(low / step) * step; at <= high && ticks.size() <= 2 * wanted; at += step) {
                // Twelve digits: what lies beyond is the rounding of the steps themselves.
                ticks.add(Math.abs(at) < step / 1e6 ? 0 : Double.parseDouble(String.format(Locale.ROOT, "%.12g", at)));
            }
        }
        return ticks;
    }
}
