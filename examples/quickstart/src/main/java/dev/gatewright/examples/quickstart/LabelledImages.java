// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.examples.quickstart;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Images with the digit that each shows.
 *
 * @param features names of the pixels, in the order of the columns
 * @param digits the digit of each image
 * @param pixels the pixels of each image, from 0 (white) to 16 (black)
 */
record LabelledImages(List<String> features, List<String> digits, List<double[]> pixels) {
    private static final String LABEL = "digit";
    private static final String PIXEL = "pixel_";

    /** The images of a CSV file with a column {@code digit} and a column {@code pixel_<n>} for each pixel. */
    static LabelledImages read(Path csv) throws IOException {
        List<String> lines = Files.readAllLines(csv, StandardCharsets.US_ASCII);
        List<String> header = lines.isEmpty() ? List.of() : List.of(lines.get(0).split(","));
        int label = header.indexOf(LABEL);
        int[] columns = IntStream.range(0, header.size())
                .filter(column -> header.get(column).startsWith(PIXEL))
                .toArray();
        if (label < 0 || columns.length == 0) {
            throw new IOException(csv + " has no column " + LABEL + " or none that starts with " + PIXEL);
        }
        List<String> digits = new ArrayList<>();
        List<double[]> pixels = new ArrayList<>();
        for (int row = 1; row < lines.size(); row++) {
            String[] cells = lines.get(row).split(",", -1);
            if (cells.length != header.size()) {
                throw new IOException(csv + " line " + (row + 1) + " has " + cells.length + " cells, not "
                        + header.size() + " as its header");
            }
            digits.add(cells[label]);
            pixels.add(Arrays.stream(columns)
                    .mapToDouble(column -> Double.parseDouble(cells[column]))
                    .toArray());
        }
        return new LabelledImages(
                Arrays.stream(columns).mapToObj(header::get).toList(), List.copyOf(digits), List.copyOf(pixels));
    }

    /** The images whose position is {@code chosen}. */
    LabelledImages where(IntPredicate chosen) {
        List<Integer> rows = IntStream.range(0, size()).filter(chosen).boxed().toList();
        return new LabelledImages(
                features,
                rows.stream().map(digits::get).toList(),
                rows.stream().map(pixels::get).toList());
    }

    int size() {
        return digits.size();
    }
}
