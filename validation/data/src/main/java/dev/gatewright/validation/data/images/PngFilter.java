// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.images;

/** The filters by which PNG makes a row easier to compress. */
final class PngFilter {
    private PngFilter() {}

    /**
     * Undoes the filter that the first byte of {@code row} names.
     *
     * @param above the row above, as it is without its filter; zeros for the first one
     * @param left the distance in bytes at which the pixel to the left is found
     */
    static void undo(ImageBytes file, byte[] row, byte[] above, int left) {
        switch (row[0]) {
            case 0 -> {}
            case 1 -> {
                for (int i = 1 + left; i < row.length; i++) {
                    row[i] += row[i - left];
                }
            }
            case 2 -> {
                for (int i = 1; i < row.length; i++) {
                    row[i] += above[i];
                }
            }
            case 3 -> {
                for (int i = 1; i < row.length; i++) {
                    int before = i > left ? row[i - left] & 0xFF : 0;
                    row[i] += (byte) ((before + (above[i] & 0xFF)) >> 1);
                }
            }
            case 4 -> {
                for (int i = 1; i < row.length; i++) {
                    boolean first = i <= left;
                    row[i] += (byte) paeth(
                            first ? 0 : row[i - left] & 0xFF, above[i] & 0xFF, first ? 0 : above[i - left] & 0xFF);
                }
            }
            default -> throw file.refused("a row with filter " + row[0], "one of the five filters that PNG has");
        }
    }

    private static int paeth(int left, int above, int aboveLeft) {
        int estimate = left + above - aboveLeft;
        int toLeft = Math.abs(estimate - left);
        int toAbove = Math.abs(estimate - above);
        int toAboveLeft = Math.abs(estimate - aboveLeft);
        if (toLeft <= toAbove && toLeft <= toAboveLeft) {
            return left;
        }
        return toAbove <= toAboveLeft ? above : aboveLeft;
    }
}
