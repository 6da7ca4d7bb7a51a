// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.images;

/**
 * The header of a PNG image.
 *
 * @param depth bits a sample
 * @param color the colour type
 * @param interlaced whether its rows come in the seven passes of Adam7
 */
record PngHeader(int width, int height, int depth, int color, boolean interlaced) {
    static final int GRAY = 0;
    static final int RGB = 2;
    static final int PALETTE = 3;
    static final int GRAY_ALPHA = 4;
    static final int RGB_ALPHA = 6;

    /** Where the header's contents begin: after the signature, a length and a type. */
    private static final int AT = 16;

    private static final String SIGNATURE = "\u0089PNG\r\n\u001a\n";

    /** Whether {@code bytes} begin as a PNG file. */
    static boolean isPng(byte[] bytes) {
        if (bytes.length < SIGNATURE.length()) {
            return false;
        }
        for (int i = 0; i < SIGNATURE.length(); i++) {
            if ((bytes[i] & 0xFF) != SIGNATURE.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The bytes of the signature. */
    static int signatureBytes() {
        return SIGNATURE.length();
    }

    /** Reads the header; its check sum is the decoder's to check. */
    static PngHeader read(ImageBytes file) {
        if (file.fourAt(8) != 13 || file.fourAt(12) != PngDecoder.type("IHDR")) {
            throw file.refused("no header at its begin", "a PNG header (IHDR)");
        }
        file.checkSize(file.fourAt(AT), file.fourAt(AT + 4));
        PngHeader header = new PngHeader(
                (int) file.fourAt(AT),
                (int) file.fourAt(AT + 4),
                file.at(AT + 8),
                file.at(AT + 9),
                file.at(AT + 12) == 1);
        boolean known = file.at(AT + 10) == 0 && file.at(AT + 11) == 0 && file.at(AT + 12) <= 1;
        if (!known || !header.isAllowed()) {
            throw file.refused(
                    "a PNG header with depth " + header.depth + ", colour type " + header.color + " and methods "
                            + file.at(AT + 10) + ", " + file.at(AT + 11) + ", " + file.at(AT + 12),
                    "a combination that PNG has");
        }
        if (header.color == GRAY && header.depth == 16) {
            throw file.unsupported(
                    "a gray image of 16 bits", "8 bits a sample", "scale it to 8 bits as the training did");
        }
        return header;
    }

    private boolean isAllowed() {
        return switch (color) {
            case GRAY -> depth == 1 || depth == 2 || depth == 4 || depth == 8 || depth == 16;
            case PALETTE -> depth == 1 || depth == 2 || depth == 4 || depth == 8;
            case RGB, GRAY_ALPHA, RGB_ALPHA -> depth == 8 || depth == 16;
            default -> false;
        };
    }

    /** The samples that a pixel has in the file. */
    int samples() {
        return switch (color) {
            case RGB -> 3;
            case GRAY_ALPHA -> 2;
            case RGB_ALPHA -> 4;
            default -> 1;
        };
    }

    /** The bytes of a row of {@code pixels} pixels, without its filter. */
    int rowBytes(int pixels) {
        return (int) (((long) pixels * samples() * depth + 7) / 8);
    }

    /** The distance in bytes at which a filter finds the pixel to the left. */
    int filterBytes() {
        return Math.max(1, samples() * depth / 8);
    }

    /** The channels of the decoded image: without alpha, and the palette's colours for their numbers. */
    int channels() {
        return color == GRAY || color == GRAY_ALPHA ? 1 : 3;
    }
}
