// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.images;

import java.util.Arrays;
import java.util.List;

/** Decodes the blocks of a baseline scan, each of which is whole, straight to samples. */
final class JpegSequential implements JpegScan.BlockDecoder {
    private final JpegBits bits;
    private final List<JpegComponent> components;
    private final JpegScanTables tables;
    private final short[] block = new short[64];
    private final JpegTransform transform = new JpegTransform();

    JpegSequential(JpegBits bits, List<JpegComponent> components, JpegScanTables tables) {
        this.bits = bits;
        this.components = components;
        this.tables = tables;
    }

    @Override
    public void decode(JpegComponent component, int blockX, int blockY) {
        Arrays.fill(block, (short) 0);
        int length = tables.direct(component).next(bits);
        if (length > 15) {
            throw bits.damaged();
        }
        component.predictor += bits.takeSigned(length);
        block[0] = (short) component.predictor;
        JpegHuffman alternating = tables.alternating(component);
        for (int k = 1; k < 64; k++) {
            int symbol = alternating.next(bits);
            int run = symbol >> 4;
            int size = symbol & 15;
            if (size == 0) {
                if (run != 15) {
                    break;
                }
                k += 15;
                continue;
            }
            k += run;
            if (k > 63) {
                throw bits.damaged();
            }
            block[JpegTransform.natural(k)] = (short) bits.takeSigned(size);
        }
        transform.inverse(block, 0, component, blockX, blockY);
    }

    @Override
    public void restart() {
        components.forEach(component -> component.predictor = 0);
    }
}
