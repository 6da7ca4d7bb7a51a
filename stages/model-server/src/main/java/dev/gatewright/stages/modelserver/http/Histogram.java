// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.modelserver.http;

import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/** How often values were seen up to each bound. */
final class Histogram {
    private final double[] bounds;
    private final LongAdder[] counts;
    private final DoubleAdder sum = new DoubleAdder();

    Histogram(double... bounds) {
        this.bounds = bounds;
        this.counts = new LongAdder[bounds.length + 1];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = new LongAdder();
        }
    }

    void add(double value) {
        int bucket = 0;
        while (bucket < bounds.length && value > bounds[bucket]) {
            bucket++;
        }
        counts[bucket].increment();
        sum.add(value);
    }

    /** Writes it as Prometheus reads it. */
    void writeTo(StringBuilder out, String name, String labels) {
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i].sum();
            String bound = i < bounds.length ? Double.toString(bounds[i]) : "+Inf";
            out.append(name).append("_bucket{").append(labels);
            out.append(labels.isEmpty() ? "" : ",")
                    .append("le=\"")
                    .append(bound)
                    .append("\"} ");
            out.append(seen).append('\n');
        }
        String braces = labels.isEmpty() ? "" : "{" + labels + "}";
        out.append(name)
                .append("_sum")
                .append(braces)
                .append(' ')
                .append(sum.sum())
                .append('\n');
        out.append(name)
                .append("_count")
                .append(braces)
                .append(' ')
                .append(seen)
                .append('\n');
    }
}
