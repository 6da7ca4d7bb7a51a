// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.images;

import dev.gatewright.validation.data.rows.BadDataException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decodes baseline and progressive JPEG images (ITU-T T.81) to the very samples that libjpeg-turbo gives with its usual
 * settings, and so Pillow. What that repairs with a warning, such as an image that was cut off, is refused here. EXIF's
 * orientation and colour profiles are not applied, as Pillow applies neither.
 */
final class JpegDecoder {
    static final int SOF_PROGRESSIVE = 0xC2;

    private static final int SOI = 0xD8;
    private static final int EOI = 0xD9;
    private static final int SOS = 0xDA;
    private static final int DQT = 0xDB;
    private static final int DHT = 0xC4;
    private static final int DAC = 0xCC;
    private static final int DRI = 0xDD;
    private static final int APP0 = 0xE0;
    private static final int APP14 = 0xEE;

    /** Encoders write about ten; each can cost the time of a whole image for a few bytes. */
    private static final int MOST_SCANS = 100;

    private final ImageBytes file;
    private final int[] @Nullable [] quantization = new int[4][];
    private final @Nullable JpegHuffman[] huffman = new JpegHuffman[8];
    private @Nullable JpegFrame frame;
    private int at = 2;
    private int restartInterval;
    private int scans;
    private boolean isJfif;
    private int adobeTransform = JpegColors.NO_ADOBE;

    private JpegDecoder(ImageBytes file) {
        this.file = file;
    }

    /** Whether {@code bytes} begin as a JPEG file. */
    static boolean isJpeg(byte[] bytes) {
        return bytes.length > 2 && (bytes[0] & 0xFF) == 0xFF && (bytes[1] & 0xFF) == SOI && (bytes[2] & 0xFF) == 0xFF;
    }

    /** The size that the image says it has. */
    static JpegFrame frame(ImageBytes file) {
        JpegDecoder decoder = new JpegDecoder(file);
        JpegFrame frame = decoder.frame;
        while (frame == null) {
            decoder.segment();
            frame = decoder.frame;
        }
        return frame;
    }

    static Pixels decode(ImageBytes file) {
        JpegDecoder decoder = new JpegDecoder(file);
        boolean more = true;
        while (more && !decoder.isComplete()) {
            more = decoder.segment();
        }
        JpegFrame frame = decoder.needFrame();
        if (!decoder.isComplete()) {
            if (frame.progressive() && frame.components().stream().allMatch(component -> component.decoded)) {
                throw file.refused("a progressive image whose last scans are missing", "all of its scans");
            }
            throw file.refused("an image without all of its components", "a scan of each");
        }
        if (frame.progressive()) {
            decoder.transform(frame);
        }
        return JpegColors.of(frame, decoder.isJfif, decoder.adobeTransform);
    }

    /** Whether nothing more is needed; a progressive image may refine what is whole, so that it goes on to its end. */
    private boolean isComplete() {
        if (frame == null) {
            return false;
        }
        for (JpegComponent component : frame.components()) {
            if (!component.decoded) {
                return false;
            }
            for (int k = 0; frame.progressive() && k < 64; k++) {
                if (component.bitsToCome[k] != 0) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Reads the next marker and its segment; false at the end of the image. */
    private boolean segment() {
        while (file.at(at) != 0xFF) {
            at++; // libjpeg passes over bytes between segments, too
        }
        while (file.at(at) == 0xFF) {
            at++;
        }
        int marker = file.at(at++);
        if (marker == EOI) {
            return false;
        }
        if (marker <= 0x01 || (marker >= 0xD0 && marker <= SOI)) {
            return true; // markers without a segment
        }
        int begin = at + 2;
        int end = at + file.twoAt(at);
        if (end < begin) {
            throw damaged();
        }
        if (end > file.size()) {
            throw file.truncated();
        }
        at = end;
        segment(marker, begin, end);
        return true;
    }

    private void segment(int marker, int begin, int end) {
        switch (marker) {
            case DQT -> quantizationTables(begin, end);
            case DHT -> huffmanTables(begin, end);
            case DRI -> restartInterval = file.twoAt(begin);
            case APP0 -> isJfif |= startsWith(begin, end, "JFIF\0");
            case APP14 -> {
                if (startsWith(begin, end, "Adobe") && end - begin >= 12) {
                    adobeTransform = file.at(begin + 11);
                }
            }
            case SOS -> scan(begin, end);
            default -> {
                if (marker >= 0xC0 && marker <= 0xCF && marker != DAC) {
                    if (frame != null) {
                        throw file.refused("a second image in the file", "one");
                    }
                    frame = JpegFrame.read(file, marker, begin, end);
                }
            }
        }
    }

    private void quantizationTables(int begin, int end) {
        int position = begin;
        while (position < end) {
            boolean twoBytes = file.at(position) >> 4 != 0;
            int number = file.at(position++) & 15;
            if (number > 3 || position + (twoBytes ? 128 : 64) > end) {
                throw damaged();
            }
            int[] table = new int[64];
            for (int k = 0; k < 64; k++) {
                table[JpegTransform.natural(k)] = twoBytes ? file.twoAt(position + 2 * k) : file.at(position + k);
            }
            quantization[number] = table;
            position += twoBytes ? 128 : 64;
        }
    }

    private void huffmanTables(int begin, int end) {
        int position = begin;
        while (position < end) {
            int number = file.at(position++);
            if ((number & 0xEC) != 0) {
                throw damaged();
            }
            JpegHuffman table = new JpegHuffman(file, position);
            position += table.bytes();
            if (position > end) {
                throw damaged();
            }
            huffman[(number >> 4) * 4 + (number & 3)] = table;
        }
    }

    private void scan(int begin, int end) {
        if (++scans > MOST_SCANS) {
            throw file.refused("more than " + MOST_SCANS + " scans", "an image as encoders write it");
        }
        JpegFrame image = needFrame();
        int count = file.at(begin);
        if (count < 1 || count > image.components().size() || end != begin + 4 + 2 * count) {
            throw damaged();
        }
        List<JpegComponent> components = new ArrayList<>();
        JpegScanTables tables = new JpegScanTables(file, huffman);
        for (int i = 0; i < count; i++) {
            JpegComponent component = component(image, file.at(begin + 1 + 2 * i));
            if (components.contains(component)) {
                throw damaged();
            }
            components.add(component);
            tables.select(component, file.at(begin + 2 + 2 * i));
            prepare(component, image.progressive());
        }
        JpegBits bits = new JpegBits(file, end);
        JpegScan.BlockDecoder decoder = image.progressive()
                ? progressive(bits, components, tables, begin + 1 + 2 * count)
                : sequential(bits, components, tables);
        JpegScan.run(image, components, restartInterval, bits, decoder);
        at = bits.marker();
    }

    private JpegScan.BlockDecoder sequential(JpegBits bits, List<JpegComponent> components, JpegScanTables tables) {
        for (JpegComponent component : components) {
            if (component.decoded) {
                throw file.refused("a component that comes twice", "each once");
            }
            component.decoded = true;
        }
        return new JpegSequential(bits, components, tables);
    }

    private JpegScan.BlockDecoder progressive(
            JpegBits bits, List<JpegComponent> components, JpegScanTables tables, int parameters) {
        int from = file.at(parameters);
        int to = file.at(parameters + 1);
        int high = file.at(parameters + 2) >> 4;
        int low = file.at(parameters + 2) & 15;
        boolean orderly = from == 0 ? to == 0 : from <= to && to < 64 && components.size() == 1;
        if (!orderly || low > 13 || (high != 0 && high != low + 1)) {
            throw damaged();
        }
        for (JpegComponent component : components) {
            component.decoded = true;
            for (int k = from; k <= to; k++) {
                if (component.bitsToCome[k] != (high == 0 ? JpegComponent.NOT_SEEN : high)) {
                    throw file.refused("scans in another order than progressive images have them", "each bit once");
                }
                component.bitsToCome[k] = low;
            }
        }
        return new JpegProgressive(bits, components, tables, from, to, high != 0, low);
    }

    private JpegComponent component(JpegFrame image, int id) {
        for (JpegComponent component : image.components()) {
            if (component.id == id) {
                return component;
            }
        }
        throw damaged();
    }

    /** Makes room for a component when its first scan comes; its quantization table is the one of that time. */
    private void prepare(JpegComponent component, boolean progressive) {
        int[] table = quantization[component.table];
        if (component.quantization.length == 0) {
            if (table == null) {
                throw file.refused("a scan whose quantization table is missing", "a table before the scan");
            }
            component.quantization = table;
            int samples = component.paddedWide * component.paddedHigh * 64;
            if (progressive) {
                component.coefficients = new short[samples];
            } else {
                component.samples = new byte[samples];
            }
        }
    }

    private void transform(JpegFrame image) {
        JpegTransform transform = new JpegTransform();
        for (JpegComponent component : image.components()) {
            component.samples = new byte[component.coefficients.length];
            for (int y = 0; y < component.blocksHigh; y++) {
                for (int x = 0; x < component.blocksWide; x++) {
                    transform.inverse(component.coefficients, component.coefficientsOf(x, y), component, x, y);
                }
            }
            component.coefficients = new short[0];
        }
    }

    private JpegFrame needFrame() {
        if (frame == null) {
            throw file.refused("no size before the pixels", "a frame header (SOF)");
        }
        return frame;
    }

    private boolean startsWith(int begin, int end, String word) {
        for (int i = 0; i < word.length(); i++) {
            if (begin + i >= end || file.at(begin + i) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private BadDataException damaged() {
        return file.refused("a segment that is damaged before byte " + at, "an undamaged JPEG image");
    }
}
