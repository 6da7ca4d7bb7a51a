// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import dev.gatewright.validation.metrics.catalogue.Kernel;
import dev.gatewright.validation.metrics.catalogue.MetricChoice;
import dev.gatewright.validation.metrics.gate.Reading;
import dev.gatewright.validation.metrics.gate.Sample;
import dev.gatewright.validation.metrics.ranking.ScoreMemory;
import dev.gatewright.validation.metrics.statistics.Bootstrap;
import dev.gatewright.validation.metrics.tally.ClassTally;
import dev.gatewright.validation.metrics.tally.NumberTally;
import dev.gatewright.validation.metrics.tally.PairedClassTally;
import dev.gatewright.validation.metrics.tally.PairedRowValues;
import dev.gatewright.validation.metrics.tally.RowValues;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The counts of one group of rows: all of them, or those of one value of a slice. */
final class GroupTally {
    private final Counted counted;
    /** One a decision, in the order of the decisions; the next ones one a metric of rows, in their order. */
    private final List<ClassTally> classes = new ArrayList<>();

    private final List<PairedClassTally> pairedClasses = new ArrayList<>();
    private final List<RowValues> values = new ArrayList<>();
    private final List<PairedRowValues> pairedValues = new ArrayList<>();
    private final @Nullable NumberTally numbers;
    private final Ranked ranked;
    private long rows;

    GroupTally(Counted counted, ScoreMemory memory) {
        this.counted = counted;
        this.numbers = counted.ofNumbers() ? new NumberTally(counted.paired()) : null;
        this.ranked = new Ranked(counted, memory);
        counted.decisions().forEach(decision -> classes.add(new ClassTally(counted.sets())));
        counted.rowMetrics().forEach(metric -> values.add(new RowValues()));
        if (counted.paired()) {
            counted.decisions().forEach(decision -> pairedClasses.add(new PairedClassTally(counted.sets())));
            counted.rowMetrics().forEach(metric -> pairedValues.add(new PairedRowValues()));
        }
    }

    long rows() {
        return rows;
    }

    /** How often each label met each prediction of the candidate itself. */
    ClassTally classes() {
        return classes.get(index(Decision.OF_MODEL));
    }

    /** Adds a row as it was judged. */
    void add(RowOutcome row) {
        rows++;
        // Every row comes here: iterators would be made for each.
        for (int i = 0; i < classes.size(); i++) {
            classes.get(i).add(row.label(), row.predicted(i), 1);
        }
        for (int i = 0; i < pairedClasses.size(); i++) {
            pairedClasses.get(i).add(row.label(), row.predicted(i), row.predictedByReference(i), 1);
        }
        for (int i = 0; i < values.size(); i++) {
            values.get(i).add(row.value(i));
        }
        for (int i = 0; i < pairedValues.size(); i++) {
            pairedValues.get(i).add(row.value(i), row.valueOfReference(i));
        }
        if (numbers != null) {
            numbers.add(row.target(), row.number(), row.numberOfReference());
        }
        ranked.add(row);
    }

    /** Adds all rows of another group. */
    void merge(GroupTally other) {
        rows += other.rows;
        for (int i = 0; i < classes.size(); i++) {
            classes.get(i).merge(other.classes.get(i));
        }
        for (int i = 0; i < pairedClasses.size(); i++) {
            pairedClasses.get(i).merge(other.pairedClasses.get(i));
        }
        for (int i = 0; i < values.size(); i++) {
            values.get(i).merge(other.values.get(i));
        }
        for (int i = 0; i < pairedValues.size(); i++) {
            pairedValues.get(i).merge(other.pairedValues.get(i));
        }
        if (numbers != null) {
            numbers.merge(found(other.numbers));
        }
        ranked.merge(other.ranked);
    }

    /** The metric on these rows. */
    Sample sample(MetricChoice choice, Bootstrap bootstrap) {
        if (choice.metric().kernel() instanceof Kernel.Counts) {
            return classes.get(index(Decision.of(choice))).sample(choice, bootstrap);
        }
        if (choice.metric().kernel() instanceof Kernel.AreaUnder) {
            return ranked.sample(choice, bootstrap);
        }
        if (choice.metric().isOfNumbers()) {
            return found(numbers).sample(choice, bootstrap);
        }
        return values.get(counted.rowMetrics().indexOf(choice.metric())).sample(choice, bootstrap);
    }

    /** The metric on these rows, compared with the reference's. */
    Sample compared(MetricChoice choice, String reference, double confidence, Bootstrap bootstrap) {
        if (!counted.paired()) {
            throw new IllegalStateException("no reference was counted");
        }
        if (choice.metric().kernel() instanceof Kernel.Counts) {
            return pairedClasses.get(index(Decision.of(choice))).sample(choice, reference, confidence, bootstrap);
        }
        if (choice.metric().kernel() instanceof Kernel.AreaUnder) {
            return ranked.compared(choice, reference, confidence, bootstrap);
        }
        if (choice.metric().isOfNumbers()) {
            return found(numbers).sample(choice, reference, confidence, bootstrap);
        }
        return pairedValues
                .get(counted.rowMetrics().indexOf(choice.metric()))
                .sample(choice, reference, confidence, bootstrap);
    }

    /** The share of these rows that candidate and reference answer alike, each by its own decision. */
    Reading agreement() {
        if (!counted.paired()) {
            throw new IllegalStateException("no reference was counted");
        }
        return pairedClasses.get(index(Decision.OF_MODEL)).agreement();
    }

    private int index(Decision decision) {
        return counted.decisions().indexOf(decision);
    }

    private static <T> T found(@Nullable T tally) {
        if (tally == null) {
            throw new IllegalStateException("this is not counted");
        }
        return tally;
    }
}
