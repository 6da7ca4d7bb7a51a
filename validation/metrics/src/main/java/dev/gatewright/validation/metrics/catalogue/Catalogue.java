// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.catalogue;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All the metrics there are. */
public final class Catalogue {
    /** All of them, in the order in which they are shown. */
    public static final List<Metric> ALL = Stream.of(
                    CountMetrics.ALL,
                    ScoreMetrics.ALL,
                    NumberMetrics.ALL,
                    RunMetrics.ALL,
                    PairMetrics.ALL,
                    DataMetrics.ALL)
            .flatMap(List::stream)
            .toList();

    private Catalogue() {}

    /** The metric of that name. */
    public static Optional<Metric> find(String name) {
        return ALL.stream().filter(metric -> metric.name().equals(name)).findFirst();
    }
}
