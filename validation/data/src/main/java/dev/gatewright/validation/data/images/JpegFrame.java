// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.images;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The frame of a JPEG image: its size and its components.
 *
 * @param mostHorizontal the largest sampling factor across
 * @param mostVertical the largest one down
 */
record JpegFrame(
        int width,
        int height,
        boolean progressive,
        List<JpegComponent> components,
        int mostHorizontal,
        int mostVertical) {

    /**
     * Reads the segment whose contents begin at {@code at}.
     *
     * @param marker its second byte, one of C0 to CF
     */
    static JpegFrame read(ImageBytes file, int marker, int at, int end) {
        String process = refusedProcess(marker);
        if (process != null) {
            throw file.unsupported(
                    process, "a baseline or progressive JPEG image with Huffman coding", "save it as one of these");
        }
        if (file.at(at) != 8) {
            throw file.unsupported("samples of " + file.at(at) + " bits", "8 bits a sample", "save it with 8 bits");
        }
        int height = file.twoAt(at + 1);
        int width = file.twoAt(at + 3);
        file.checkSize(width, height);
        int count = file.at(at + 5);
        if (count == 4) {
            throw file.unsupported(
                    "an image of 4 components (CMYK)",
                    "gray or RGB",
                    "convert it with its own profile, which says what colours are meant");
        }
        if ((count != 1 && count != 3) || end != at + 6 + 3 * count) {
            throw file.refused("an image of " + count + " components", "1 (gray) or 3");
        }
        List<JpegComponent> components = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            components.add(component(file, at + 6 + 3 * i));
        }
        int mostHorizontal = 1;
        int mostVertical = 1;
        for (JpegComponent component : components) {
            mostHorizontal = Math.max(mostHorizontal, component.horizontal);
            mostVertical = Math.max(mostVertical, component.vertical);
        }
        for (JpegComponent component : components) {
            if (mostHorizontal % component.horizontal != 0 || mostVertical % component.vertical != 0) {
                throw file.unsupported(
                        "components whose sizes do not divide each other",
                        "those that encoders write",
                        "save it again");
            }
        }
        JpegFrame frame = new JpegFrame(
                width, height, marker == JpegDecoder.SOF_PROGRESSIVE, components, mostHorizontal, mostVertical);
        components.forEach(frame::measure);
        return frame;
    }

    private static @Nullable String refusedProcess(int marker) {
        return switch (marker) {
            case 0xC0, 0xC1, JpegDecoder.SOF_PROGRESSIVE -> null;
            case 0xC3 -> "a lossless JPEG image";
            case 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF -> "a JPEG image with arithmetic coding";
            default -> "a hierarchical JPEG image";
        };
    }

    private static JpegComponent component(ImageBytes file, int at) {
        int horizontal = file.at(at + 1) >> 4;
        int vertical = file.at(at + 1) & 15;
        int table = file.at(at + 2);
        if (horizontal < 1 || horizontal > 4 || vertical < 1 || vertical > 4 || table > 3) {
            throw file.refused(
                    "a component with the factors " + horizontal + " x " + vertical + " and table " + table,
                    "factors from 1 to 4 and a table from 0 to 3");
        }
        return new JpegComponent(file.at(at), horizontal, vertical, table);
    }

    private void measure(JpegComponent component) {
        component.width = ceil(width * component.horizontal, mostHorizontal);
        component.height = ceil(height * component.vertical, mostVertical);
        component.blocksWide = ceil(component.width, 8);
        component.blocksHigh = ceil(component.height, 8);
        component.paddedWide = unitsWide() * component.horizontal;
        component.paddedHigh = unitsHigh() * component.vertical;
    }

    /** The units side by side of a scan of all components. */
    int unitsWide() {
        return ceil(width, 8 * mostHorizontal);
    }

    /** The units on top of each other. */
    int unitsHigh() {
        return ceil(height, 8 * mostVertical);
    }

    private static int ceil(int number, int divisor) {
        return (number + divisor - 1) / divisor;
    }
}
