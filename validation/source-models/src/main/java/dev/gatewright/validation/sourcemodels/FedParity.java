// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.sourcemodels;

import dev.gatewright.validation.data.DataFile;
import dev.gatewright.validation.data.Selection;
import dev.gatewright.validation.data.rows.BadDataException;
import dev.gatewright.validation.data.rows.Column;
import dev.gatewright.validation.data.rows.ElementType;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.data.rows.RowBlock;
import dev.gatewright.validation.data.rows.RowReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far the tensors that the user's own preprocessing makes are from those that are fed here, row by row.
 *
 * @param difference the greatest of all elements; NaN where they could not be compared
 * @param defect why they could not be compared; none where they were
 * @param cause what explains the difference; none where nothing known does
 */
public record FedParity(
        double difference,
        @Nullable String defect,
        @Nullable String cause) {
    private static final int ROWS = 256;
    private static final double CLOSE = 1e-5;

    /** Compares inputs of numbers; those of texts are equal where their texts are, which is not looked at. */
    public static FedParity of(List<FedTensor> ours, List<RecordedTensor> theirs) {
        double greatest = 0;
        String cause = null;
        for (FedTensor own : ours) {
            if (own.type() == ElementType.STRING) {
                continue;
            }
            Optional<RecordedTensor> other = theirs.stream()
                    .filter(tensor -> tensor.name().equals(own.name()))
                    .findFirst();
            if (other.isEmpty()) {
                return defective("the preprocessing made no input '" + own.name() + "', but "
                        + theirs.stream().map(RecordedTensor::name).toList());
            }
            try (Rows mine = new Rows(own.file());
                    Rows its = new Rows(other.get().file())) {
                if (mine.width != its.width) {
                    return defective("the preprocessing made rows of " + its.width + " elements of input '" + own.name()
                            + "', and " + mine.width + " are fed");
                }
                Compared compared = compare(mine, its);
                if (compared.defect != null) {
                    return defective("input '" + own.name() + "': " + compared.defect);
                }
                if (compared.difference > greatest) {
                    greatest = compared.difference;
                    cause = compared.cause(own.name());
                }
            } catch (BadDataException e) {
                return defective("what the preprocessing made cannot be read: " + e.getMessage());
            }
        }
        return new FedParity(greatest, null, cause);
    }

    private static FedParity defective(String why) {
        return new FedParity(Double.NaN, why, null);
    }

    /** Sums for the line through the pairs (theirs, ours), which tells another scale or offset from another order. */
    private static final class Compared {
        private double difference;
        private double n;
        private double meanX;
        private double meanY;
        private double xx;
        private double xy;
        private double yy;
        private @Nullable String defect;

        void add(double ours, double theirs) {
            double apart = Math.abs(ours - theirs);
            difference =
                    Math.max(difference, Double.isNaN(apart) && Double.isNaN(ours) == Double.isNaN(theirs) ? 0 : apart);
            if (Double.isNaN(apart)) {
                return;
            }
            n++;
            double dx = theirs - meanX;
            double dy = ours - meanY;
            meanX += dx / n;
            meanY += dy / n;
            xx += dx * (theirs - meanX);
            xy += dx * (ours - meanY);
            yy += dy * (ours - meanY);
        }

        @Nullable
        String cause(String input) {
            if (xx <= 0 || yy <= 0) {
                return null;
            }
            double slope = xy / xx;
            boolean isLine = yy - slope * xy <= CLOSE * yy;
            double offset = meanY - slope * meanX;
            if (!isLine) {
                return "what is fed to input '" + input
                        + "' is no multiple of what the training fed: other columns, another order of axes, or other rows";
            }
            String times = Math.abs(slope - 1) < CLOSE ? "" : shown(slope) + " times ";
            String plus = Math.abs(offset) < CLOSE * Math.max(1, Math.abs(meanY)) ? "" : ", plus " + shown(offset);
            return "what is fed to input '" + input + "' is " + times + "what the training fed" + plus
                    + ": it is normalised in another way";
        }

        private static String shown(double value) {
            return new java.math.BigDecimal(value)
                    .round(new java.math.MathContext(4))
                    .stripTrailingZeros()
                    .toPlainString();
        }
    }

    private static Compared compare(Rows ours, Rows theirs) {
        Compared compared = new Compared();
        long rows = 0;
        while (true) {
            int count = ours.read();
            int other = theirs.read();
            if (count != other) {
                compared.defect = "the preprocessing made " + (count > other ? "fewer" : "more")
                        + " rows than the data file has (" + (rows + Math.min(count, other)) + " alike)";
                return compared;
            }
            if (count == 0) {
                return compared;
            }
            for (int i = 0; i < count * ours.width; i++) {
                compared.add(ours.numbers.get(i), theirs.numbers.get(i));
            }
            rows += count;
        }
    }

    /** The rows of an array, as doubles. */
    private static final class Rows implements AutoCloseable {
        private final DataFile file;
        private final RowReader reader;
        private final RowBlock block;
        private final DoubleBuffer numbers;
        private final int width;

        Rows(Path path) {
            this.file = DataFile.open(path);
            Column column = file.columns().get(0);
            Field.Matrix matrix = new Field.Matrix(
                    column.name(),
                    ElementType.FLOAT64,
                    List.of(column.name()),
                    Field.Missing.NAN,
                    Field.Matrix.ANY_WIDTH);
            if (!(file.select(List.of(matrix)) instanceof Selection selection)) {
                file.close();
                throw new IllegalStateException(path + " holds no numbers");
            }
            this.block = selection.newBlock(
                    ROWS, (field, bytes) -> ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder()));
            this.width = block.width(matrix);
            this.numbers = block.memory(matrix).asDoubleBuffer();
            this.reader = selection.open();
        }

        int read() {
            return reader.read(block);
        }

        @Override
        public void close() {
            reader.close();
            file.close();
        }
    }
}
