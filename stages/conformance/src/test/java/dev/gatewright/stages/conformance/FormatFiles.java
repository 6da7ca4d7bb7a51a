// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.conformance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/** The sound rows in other formats. */
final class FormatFiles {
    private static final int PARTS = 4;

    private FormatFiles() {}

    /** The predictions as an object a line. */
    static String jsonLines() {
        List<String> lines = Rows.predictions().lines().toList();
        String[] names = lines.get(0).split(",", -1);
        StringBuilder json = new StringBuilder();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            for (int i = 0; i < names.length; i++) {
                boolean isNumber = Character.isDigit(cells[i].charAt(0));
                json.append(i == 0 ? "{" : ", ").append('"').append(names[i]).append("\": ");
                json.append(isNumber ? cells[i] : '"' + cells[i] + '"');
            }
            json.append("}\n");
        }
        return json.toString();
    }

    /** A gzip file of one member. */
    static byte[] gzip(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The predictions as pyarrow writes them: snappy, three row groups. */
    static byte[] parquet() {
        try (InputStream in = FormatFiles.class.getResourceAsStream("predictions.parquet")) {
            return Objects.requireNonNull(in).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The rows of {@code csv} in four files of {@code data/parts}, by their names. */
    static Map<String, String> parts(String csv) {
        List<String> lines = csv.lines().toList();
        List<String> rows = lines.subList(1, lines.size());
        Map<String, String> parts = new TreeMap<>();
        for (int part = 0; part < PARTS; part++) {
            List<String> some = rows.subList(part * rows.size() / PARTS, (part + 1) * rows.size() / PARTS);
            String text = some.stream().collect(Collectors.joining("\n", lines.get(0) + "\n", "\n"));
            parts.put("data/parts/part-" + part + ".csv", text);
        }
        return parts;
    }
}
