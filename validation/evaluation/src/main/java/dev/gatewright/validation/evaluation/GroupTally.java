// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import dev.gatewright.validation.metrics.catalogue.Kernel;
import dev.gatewright.validation.metrics.catalogue.Metric;
import dev.gatewright.validation.metrics.catalogue.MetricChoice;
import dev.gatewright.validation.metrics.gate.Sample;
import dev.gatewright.validation.metrics.ranking.ScoreMemory;
import dev.gatewright.validation.metrics.statistics.Bootstrap;
import dev.gatewright.validation.metrics.tally.ClassTally;
import dev.gatewright.validation.metrics.tally.NumberTally;
import dev.gatewright.validation.metrics.tally.PairedClassTally;
import dev.gatewright.validation.metrics.tally.PairedRowValues;
import dev.gatewright.validation.metrics.tally.RowValues;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The counts of one group of rows: all of them, or those of one value of a slice. */
final class GroupTally {
    private final Counted counted;
    private final Map<Decision, ClassTally> classes = new LinkedHashMap<>();
    private final Map<Decision, PairedClassTally> pairedClasses = new LinkedHashMap<>();
    private final Map<Metric, RowValues> values = new LinkedHashMap<>();
    private final Map<Metric, PairedRowValues> pairedValues = new LinkedHashMap<>();
    private final @Nullable NumberTally numbers;
    private final Ranked ranked;
    private long rows;

    GroupTally(Counted counted, ScoreMemory memory) {
        this.counted = counted;
        this.numbers = counted.ofNumbers() ? new NumberTally(counted.paired()) : null;
        this.ranked = new Ranked(counted, memory);
        for (Decision decision : counted.decisions()) {
            classes.put(decision, new ClassTally(counted.sets()));
            if (counted.paired()) {
                pairedClasses.put(decision, new PairedClassTally(counted.sets()));
            }
        }
        for (Metric metric : counted.rowMetrics()) {
            values.put(metric, new RowValues());
            if (counted.paired()) {
                pairedValues.put(metric, new PairedRowValues());
            }
        }
    }

    long rows() {
        return rows;
    }

    /** How often each label met each prediction of the candidate itself. */
    ClassTally classes() {
        ClassTally tally = classes.get(Decision.OF_MODEL);
        if (tally == null) {
            throw new IllegalStateException("no classes are counted");
        }
        return tally;
    }

    /** Adds a row as it was judged. */
    void add(RowOutcome row) {
        rows++;
        int index = 0;
        for (ClassTally tally : classes.values()) {
            tally.add(row.label(), row.predicted(index++), 1);
        }
        index = 0;
        for (PairedClassTally tally : pairedClasses.values()) {
            tally.add(row.label(), row.predicted(index), row.predictedByReference(index), 1);
            index++;
        }
        index = 0;
        for (RowValues tally : values.values()) {
            tally.add(row.value(index++));
        }
        index = 0;
        for (PairedRowValues tally : pairedValues.values()) {
            tally.add(row.value(index), row.valueOfReference(index));
            index++;
        }
        if (numbers != null) {
            numbers.add(row.target(), row.number(), row.numberOfReference());
        }
        ranked.add(row);
    }

    /** Adds all rows of another group. */
    void merge(GroupTally other) {
        rows += other.rows;
        classes.forEach((decision, tally) -> tally.merge(found(other.classes.get(decision))));
        pairedClasses.forEach((decision, tally) -> tally.merge(found(other.pairedClasses.get(decision))));
        values.forEach((metric, tally) -> tally.merge(found(other.values.get(metric))));
        pairedValues.forEach((metric, tally) -> tally.merge(found(other.pairedValues.get(metric))));
        if (numbers != null) {
            numbers.merge(found(other.numbers));
        }
        ranked.merge(other.ranked);
    }

    /** The metric on these rows. */
    Sample sample(MetricChoice choice, Bootstrap bootstrap) {
        if (choice.metric().kernel() instanceof Kernel.Counts) {
            return found(classes.get(Decision.of(choice))).sample(choice, bootstrap);
        }
        if (choice.metric().kernel() instanceof Kernel.AreaUnder) {
            return ranked.sample(choice, bootstrap);
        }
        if (choice.metric().isOfNumbers()) {
            return found(numbers).sample(choice, bootstrap);
        }
        return found(values.get(choice.metric())).sample(choice, bootstrap);
    }

    /** The metric on these rows, compared with the reference's. */
    Sample compared(MetricChoice choice, String reference, double confidence, Bootstrap bootstrap) {
        if (!counted.paired()) {
            throw new IllegalStateException("no reference was counted");
        }
        if (choice.metric().kernel() instanceof Kernel.Counts) {
            return found(pairedClasses.get(Decision.of(choice))).sample(choice, reference, confidence, bootstrap);
        }
        if (choice.metric().kernel() instanceof Kernel.AreaUnder) {
            return ranked.compared(choice, reference, confidence, bootstrap);
        }
        if (choice.metric().isOfNumbers()) {
            return found(numbers).sample(choice, reference, confidence, bootstrap);
        }
        return found(pairedValues.get(choice.metric())).sample(choice, reference, confidence, bootstrap);
    }

    private static <T> T found(@Nullable T tally) {
        if (tally == null) {
            throw new IllegalStateException("this is not counted");
        }
        return tally;
    }
}
