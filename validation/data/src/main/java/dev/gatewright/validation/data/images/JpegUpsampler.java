// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.images;

/**
 * The rows of a component in the image's size. Where it has half as many samples, those between are weighted three to one as
 * libjpeg-turbo does ("fancy upsampling"); else each is repeated.
 */
final class JpegUpsampler {
    private final JpegComponent component;
    private final int across;
    private final int down;
    private final boolean smoothAcross;
    private final boolean smoothDown;
    private final int[] sums;
    private final byte[] row;

    JpegUpsampler(JpegFrame frame, JpegComponent component) {
        this.component = component;
        this.across = frame.mostHorizontal() / component.horizontal;
        this.down = frame.mostVertical() / component.vertical;
        boolean wide = component.width > 2;
        this.smoothAcross = across == 2 && down <= 2 && wide;
        this.smoothDown = down == 2 && (across == 1 || smoothAcross);
        this.sums = new int[component.width];
        this.row = new byte[component.width * across];
    }

    /** Row {@code y} of the image; overwritten by the next. */
    byte[] row(int y) {
        byte[] samples = component.samples;
        int from = y / down * component.stride();
        if (!smoothDown) {
            if (smoothAcross) {
                for (int x = 0; x < sums.length; x++) {
                    sums[x] = samples[from + x] & 0xFF;
                }
                between(2, 1, 2);
            } else {
                for (int x = 0; x < row.length; x++) {
                    row[x] = samples[from + x / across];
                }
            }
            return row;
        }
        boolean upper = y % 2 == 0;
        int neighbour = Math.max(0, Math.min(component.height - 1, y / 2 + (upper ? -1 : 1))) * component.stride();
        for (int x = 0; x < sums.length; x++) {
            sums[x] = 3 * (samples[from + x] & 0xFF) + (samples[neighbour + x] & 0xFF);
        }
        if (smoothAcross) {
            between(4, 8, 7);
        } else {
            for (int x = 0; x < row.length; x++) {
                row[x] = (byte) ((sums[x] + (upper ? 1 : 2)) >> 2);
            }
        }
        return row;
    }

    /** Puts two samples for each sum, a quarter of the way to the neighbours; {@code shift} is the logarithm of all weights. */
    private void between(int shift, int left, int right) {
        int last = sums.length - 1;
        for (int x = 0; x <= last; x++) {
            int before = x == 0 ? sums[x] : sums[x - 1];
            int after = x == last ? sums[x] : sums[x + 1];
            row[2 * x] = (byte) ((3 * sums[x] + before + left) >> shift);
            row[2 * x + 1] = (byte) ((3 * sums[x] + after + right) >> shift);
        }
    }
}
