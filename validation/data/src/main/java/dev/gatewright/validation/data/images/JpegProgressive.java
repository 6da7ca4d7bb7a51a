// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.images;

import java.util.List;

/** Decodes the blocks of a progressive scan: some of the coefficients, or another bit of them. */
final class JpegProgressive implements JpegScan.BlockDecoder {
    private final JpegBits bits;
    private final List<JpegComponent> components;
    private final JpegScanTables tables;
    private final int from;
    private final int to;
    private final boolean refines;
    private final int low;
    private int blocksToSkip;

    /** A scan of the coefficients {@code from} to {@code to} down to bit {@code low}; it adds one bit if it {@code refines}. */
    JpegProgressive(
            JpegBits bits,
            List<JpegComponent> components,
            JpegScanTables tables,
            int from,
            int to,
            boolean refines,
            int low) {
        this.bits = bits;
        this.components = components;
        this.tables = tables;
        this.from = from;
        this.to = to;
        this.refines = refines;
        this.low = low;
    }

    @Override
    public void restart() {
        components.forEach(component -> component.predictor = 0);
        blocksToSkip = 0;
    }

    @Override
    public void decode(JpegComponent component, int blockX, int blockY) {
        short[] all = component.coefficients;
        int block = component.coefficientsOf(blockX, blockY);
        if (from == 0) {
            if (refines) {
                all[block] |= (short) (bits.take(1) << low);
            } else {
                direct(component, all, block);
            }
        } else if (refines) {
            refine(tables.alternating(component), all, block);
        } else {
            first(tables.alternating(component), all, block);
        }
    }

    private void direct(JpegComponent component, short[] all, int block) {
        int length = tables.direct(component).next(bits);
        if (length > 15) {
            throw bits.damaged();
        }
        component.predictor += bits.takeSigned(length);
        all[block] = (short) (component.predictor << low);
    }

    private void first(JpegHuffman table, short[] all, int block) {
        if (blocksToSkip > 0) {
            blocksToSkip--;
            return;
        }
        for (int k = from; k <= to; k++) {
            int symbol = table.next(bits);
            int run = symbol >> 4;
            int size = symbol & 15;
            if (size == 0) {
                if (run != 15) {
                    blocksToSkip = (1 << run) - 1 + bits.take(run);
                    return;
                }
                k += 15;
                continue;
            }
            k += run;
            if (k > to) {
                throw bits.damaged();
            }
            all[block + JpegTransform.natural(k)] = (short) (bits.takeSigned(size) << low);
        }
    }

    private void refine(JpegHuffman table, short[] all, int block) {
        int k = from;
        if (blocksToSkip == 0) {
            while (k <= to) {
                int symbol = table.next(bits);
                int run = symbol >> 4;
                int size = symbol & 15;
                int value = 0;
                if (size == 1) {
                    value = bits.take(1) == 1 ? 1 << low : -(1 << low);
                } else if (size != 0) {
                    throw bits.damaged();
                } else if (run != 15) {
                    blocksToSkip = (1 << run) + bits.take(run);
                    break;
                }
                k = refineUntil(all, block, k, run);
                if (value != 0) {
                    if (k > to) {
                        throw bits.damaged();
                    }
                    all[block + JpegTransform.natural(k)] = (short) value;
                }
                k++;
            }
        }
        if (blocksToSkip > 0) {
            refineUntil(all, block, k, 64);
            blocksToSkip--;
        }
    }

    /** Adds a bit to each coefficient that is not zero, from {@code k} on and past {@code zeros} zeros; where that ends. */
    private int refineUntil(short[] all, int block, int k, int zeros) {
        int left = zeros;
        int position = k;
        for (; position <= to; position++) {
            int at = block + JpegTransform.natural(position);
            if (all[at] == 0) {
                if (left-- == 0) {
                    break;
                }
            } else if (bits.take(1) == 1 && ((Math.abs(all[at]) >> low) & 1) == 0) {
                all[at] += (short) (all[at] > 0 ? 1 << low : -(1 << low));
            }
        }
        return position;
    }
}
