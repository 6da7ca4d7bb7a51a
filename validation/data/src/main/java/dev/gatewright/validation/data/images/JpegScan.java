// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.images;

import java.util.List;

/** One scan of a JPEG image: the order in which the blocks of its components come. */
final class JpegScan {
    /** Decodes one block of the scan. */
    interface BlockDecoder {
        void decode(JpegComponent component, int blockX, int blockY);

        /** Forgets what was carried over from earlier blocks. */
        void restart();
    }

    private JpegScan() {}

    /** Decodes all blocks of {@code components}; a restart marker is due after every {@code interval} units, 0 for never. */
    static void run(
            JpegFrame frame, List<JpegComponent> components, int interval, JpegBits bits, BlockDecoder decoder) {
        boolean alone = components.size() == 1;
        JpegComponent first = components.get(0);
        int wide = alone ? first.blocksWide : frame.unitsWide();
        int high = alone ? first.blocksHigh : frame.unitsHigh();
        int restarts = 0;
        int left = interval;
        decoder.restart();
        for (int y = 0; y < high; y++) {
            for (int x = 0; x < wide; x++) {
                if (interval > 0 && left-- == 0) {
                    bits.restart(restarts++ & 7);
                    decoder.restart();
                    left = interval - 1;
                }
                if (alone) {
                    decoder.decode(first, x, y);
                } else {
                    unit(components, x, y, decoder);
                }
            }
        }
    }

    private static void unit(List<JpegComponent> components, int x, int y, BlockDecoder decoder) {
        for (JpegComponent component : components) {
            for (int v = 0; v < component.vertical; v++) {
                for (int h = 0; h < component.horizontal; h++) {
                    decoder.decode(component, x * component.horizontal + h, y * component.vertical + v);
                }
            }
        }
    }
}
