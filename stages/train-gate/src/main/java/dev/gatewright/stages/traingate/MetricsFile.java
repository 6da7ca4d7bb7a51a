// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.traingate;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.json.JsonReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the numbers that a training writes: for each name the values over the epochs, in order.
 *
 * <p>JSON: an object of numbers (one value each), an object of arrays (a value an epoch, as Keras' history), or an array of
 * objects (an object an epoch); objects in objects give names with dots. CSV: a header and a line an epoch; an empty cell
 * says nothing about that epoch.
 */
final class MetricsFile {
    private static final int LARGEST = 64 << 20;

    private MetricsFile() {}

    /** How the numbers are written. */
    enum Format {
        JSON(".json"),
        CSV(".csv");

        private final String suffix;

        Format(String suffix) {
            this.suffix = suffix;
        }

        static Optional<Format> of(Path file) {
            for (Format format : values()) {
                if (file.toString().endsWith(format.suffix)) {
                    return Optional.of(format);
                }
            }
            return Optional.empty();
        }
    }

    /**
     * All that the file says.
     *
     * @param stillWritten the training runs: a last line without its end is not looked at
     * @throws IOException if the file cannot be read, or does not say numbers; the message says where
     */
    static Map<String, List<Double>> read(Path file, boolean stillWritten) throws IOException {
        if (Files.size(file) > LARGEST) {
            throw new IOException("it has more than " + LARGEST + " bytes");
        }
        byte[] bytes = Files.readAllBytes(file);
        Format format = Format.of(file).orElseThrow();
        return format == Format.JSON
                ? json(bytes)
                : new CsvLog(new String(bytes, StandardCharsets.UTF_8), stillWritten).read();
    }

    private static Map<String, List<Double>> json(byte[] bytes) throws IOException {
        Json document = JsonReader.readWithNaN(bytes);
        Map<String, List<Double>> series = new LinkedHashMap<>();
        if (document instanceof Json.Obj object) {
            collect("", object, series);
        } else if (document instanceof Json.Arr epochs) {
            for (Json epoch : epochs.items()) {
                if (!(epoch instanceof Json.Obj object)) {
                    throw new IOException("an array of epochs holds objects, and here stands something else");
                }
                collect("", object, series);
            }
        } else {
            throw new IOException("it is neither an object nor an array");
        }
        return series;
    }

    private static void collect(String prefix, Json.Obj object, Map<String, List<Double>> series) {
        object.members().forEach((name, value) -> {
            if (value instanceof Json.Num number) {
                series.computeIfAbsent(prefix + name, key -> new ArrayList<>()).add(number.value());
            } else if (value instanceof Json.Obj nested) {
                collect(prefix + name + ".", nested, series);
            } else if (value instanceof Json.Arr array
                    && !array.items().isEmpty()
                    && array.items().stream().allMatch(Json.Num.class::isInstance)) {
                List<Double> values = series.computeIfAbsent(prefix + name, key -> new ArrayList<>());
                array.items().forEach(item -> values.add(((Json.Num) item).value()));
            }
            // Texts and the like are the training's own notes: a gate on one finds no number of that name.
        });
    }
}
