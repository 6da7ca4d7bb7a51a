// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.tally;

import dev.gatewright.validation.metrics.Direction;
import dev.gatewright.validation.metrics.gate.Sample;
import dev.gatewright.validation.metrics.statistics.Bootstrap;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** One number a row from each of two models on the same rows. */
public final class PairedRowValues {
    private final RowValues candidate = new RowValues();
    private final RowValues reference = new RowValues();

    /** Adds a row's two numbers. */
    public void add(double ofCandidate, double ofReference) {
        candidate.add(ofCandidate);
        reference.add(ofReference);
    }

    /** Adds all that {@code other} holds. */
    public void merge(PairedRowValues other) {
        candidate.merge(other.candidate);
        reference.merge(other.reference);
    }

    /** The canonical form: the pairs in ascending order, 16 bytes each. */
    public byte[] toBytes() {
        double[] first = candidate.toArray();
        double[] second = reference.toArray();
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(first.length, 2 * Double.BYTES));
        IntStream.range(0, first.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> first[i]).thenComparingDouble(i -> second[i]))
                .forEach(i -> bytes.putDouble(first[i]).putDouble(second[i]));
        return bytes.array();
    }

    /** What {@link #toBytes} wrote. */
    public static PairedRowValues fromBytes(byte[] bytes) {
        if (bytes.length % (2 * Double.BYTES) != 0) {
            throw new IllegalArgumentException(bytes.length + " bytes are no list of pairs");
        }
        PairedRowValues values = new PairedRowValues();
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            values.add(buffer.getDouble(), buffer.getDouble());
        }
        return values;
    }

    /** The candidate's side alone. */
    public RowValues candidate() {
        return candidate;
    }

    /** The reference's side alone. */
    public RowValues reference() {
        return reference;
    }

    /** The means of both sides, as a gate is judged on them; {@code name} is what the reference is. */
    public Sample sample(Direction direction, String name, double confidence, Bootstrap bootstrap) {
        Comparing comparing =
                new Comparing(direction, candidate.reading(bootstrap), reference.reading(bootstrap), name);
        double ofReference = reference.mean();
        double degradation = direction.degradation(candidate.mean(), ofReference);
        return comparing.sample(
                () -> new LazyEstimate(degradation, () -> bootstrap.ofMean(differences(direction))),
                () -> new LazyEstimate(
                        Comparing.percent(degradation, ofReference),
                        () -> bootstrap.ofMeans(
                                means -> Comparing.percent(direction.degradation(means[0], means[1]), means[1]),
                                candidate.toArray(),
                                reference.toArray())),
                confidence,
                List.of());
    }

    private double[] differences(Direction direction) {
        double[] first = candidate.toArray();
        double[] second = reference.toArray();
        double[] differences = new double[first.length];
        Arrays.setAll(differences, i -> direction.degradation(first[i], second[i]));
        return differences;
    }
}
