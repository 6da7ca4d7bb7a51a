// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.benchmarks;

import dev.gatewright.validation.metrics.statistics.Bootstrap;
import dev.gatewright.validation.metrics.statistics.BootstrapEstimate;
import dev.gatewright.validation.metrics.statistics.Interval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/** The interval of the difference of two models' accuracies, by drawing how many rows are in each cell that it can tell apart. */
final class PairedBootstrap implements Callable<Figures> {
    private final byte[] first;
    private final byte[] second;

    /** Takes which rows each model has right, 1 or 0 a row, from the files of that folder. */
    PairedBootstrap(Path work) throws IOException {
        first = Files.readAllBytes(work.resolve("first-right.u8"));
        second = Files.readAllBytes(work.resolve("second-right.u8"));
    }

    @Override
    public Figures call() {
        long[] cells = new long[4];
        for (int row = 0; row < first.length; row++) {
            cells[2 * first[row] + second[row]]++;
        }
        double rows = first.length;
        BootstrapEstimate estimate =
                new Bootstrap(1, "accuracy").ofCounts(cells, counts -> (counts[2] - counts[1]) / rows);
        Interval interval = estimate.interval(0.95).orElseThrow();
        return new Figures(
                first.length,
                "",
                List.of(new Figures.Found("accuracy", estimate.value(), interval.low(), interval.high(), true)));
    }
}
