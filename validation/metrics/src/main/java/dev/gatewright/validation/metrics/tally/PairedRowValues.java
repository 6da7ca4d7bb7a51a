// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.tally;

import dev.gatewright.validation.metrics.catalogue.MetricChoice;
import dev.gatewright.validation.metrics.gate.Sample;
import dev.gatewright.validation.metrics.statistics.Bootstrap;
import java.nio.ByteBuffer;
import java.util.Comparator;
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

    /** A metric of both sides, as a gate is judged on it; {@code name} is what the reference is. */
    public Sample sample(MetricChoice choice, String name, double confidence, Bootstrap bootstrap) {
        return candidate
                .means(choice)
                .compared(choice.direction(), reference.means(choice), name, confidence, bootstrap);
    }
}
