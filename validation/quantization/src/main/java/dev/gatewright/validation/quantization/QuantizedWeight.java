// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.quantization;

import dev.gatewright.validation.onnx.graph.Bytes;
import dev.gatewright.validation.onnx.graph.Content;
import dev.gatewright.validation.onnx.graph.Sink;
import dev.gatewright.validation.onnx.graph.Tensor;
import dev.gatewright.validation.onnx.model.ElementType;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A weight as integers, made when it is written: its extremes are looked for on the first demand, and kept. */
final class QuantizedWeight {
    private final Bytes weights;
    private final Layout layout;
    private final IntegerRange range;
    private final boolean symmetric;
    private final String what;
    private Step @Nullable [] steps;
    private @Nullable Correction correction;

    /**
     * Of a float tensor.
     *
     * @param what what a sentence calls it, such as {@code weights 'w' of MatMul 'fc'}
     */
    QuantizedWeight(Tensor tensor, Layout layout, IntegerRange range, boolean symmetric, String what) {
        this.weights = (Bytes) tensor.values();
        this.layout = layout;
        this.range = range;
        this.symmetric = symmetric;
        this.what = what;
    }

    /** The step of each channel. */
    Step[] steps() throws IOException {
        Step[] known = steps;
        if (known == null) {
            Extremes extremes = Extremes.of(weights, layout, what);
            known = new Step[layout.channels()];
            for (int channel = 0; channel < known.length; channel++) {
                known[channel] = Step.of(extremes.min(channel), extremes.max(channel), range, symmetric);
            }
            if (correction != null) {
                correction.correct(known);
            }
            steps = known;
        }
        return known;
    }

    ElementType type() {
        return range.type();
    }

    int channels() {
        return layout.channels();
    }

    /** Changes the steps that the weight has by its own extremes. */
    interface Correction {
        void correct(Step[] steps) throws IOException;
    }

    /** Corrects the steps before they are used. */
    void correct(Correction wanted) {
        Correction before = correction;
        correction = before == null
                ? wanted
                : found -> {
                    before.correct(found);
                    wanted.correct(found);
                };
    }

    /** The scales, as floats. */
    Content scales() {
        return new FewBytes((long) layout.channels() * Float.BYTES, into -> {
            for (Step step : steps()) {
                into.putFloat(step.scale());
            }
        });
    }

    /** The zero points, as bytes. */
    Content zeros() {
        return new FewBytes(layout.channels(), into -> {
            for (Step step : steps()) {
                into.put((byte) step.zero());
            }
        });
    }

    /** The integers, in the order of the weights. */
    Content values() {
        return new Content() {
            @Override
            public long size() {
                return layout.elements();
            }

            @Override
            public void writeTo(Sink out) throws IOException {
                Rounding rounding = new Rounding(steps(), layout, range);
                float[] tile = new float[(int) Math.min(Floats.TILE, layout.elements())];
                byte[] integers = new byte[tile.length];
                Floats floats = new Floats(weights, tile.length);
                for (long position = 0; position < layout.elements(); position += tile.length) {
                    int count = (int) Math.min(tile.length, layout.elements() - position);
                    floats.read(position, count, tile);
                    rounding.round(tile, count, position, integers);
                    out.write(ByteBuffer.wrap(integers, 0, count));
                }
            }
        };
    }

    /**
     * The integers of {@code matrices} matrices of {@code rows} × {@code columns}, each turned to columns × rows. Bands of
     * columns are read from all rows, as many as fit into one tile.
     */
    Content transposed(int matrices, int rows, int columns) {
        return new Content() {
            @Override
            public long size() {
                return layout.elements();
            }

            @Override
            public void writeTo(Sink out) throws IOException {
                Rounding rounding = new Rounding(steps(), layout, range);
                int band = Math.max(1, Math.min(columns, TRANSPOSED_TILE / rows));
                float[] tile = new float[band];
                byte[] integers = new byte[band];
                byte[] turned = new byte[Math.multiplyExact(band, rows)];
                Floats floats = new Floats(weights, band);
                for (long matrix = 0; matrix < matrices; matrix++) {
                    for (int column = 0; column < columns; column += band) {
                        int width = Math.min(band, columns - column);
                        for (int row = 0; row < rows; row++) {
                            long position = (matrix * rows + row) * columns + column;
                            floats.read(position, width, tile);
                            rounding.round(tile, width, position, integers);
                            for (int i = 0; i < width; i++) {
                                turned[i * rows + row] = integers[i];
                            }
                        }
                        out.write(ByteBuffer.wrap(turned, 0, width * rows));
                    }
                }
            }
        };
    }

    private static final int TRANSPOSED_TILE = 1 << 23;
}
