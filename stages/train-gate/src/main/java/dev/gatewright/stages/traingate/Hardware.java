// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.traingate;

import dev.gatewright.stages.api.json.Json;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The machine on which a training ran, as the system itself tells it: no program is asked. */
final class Hardware {
    private final Path processes;

    /** Reads {@code processes}, the system's {@code /proc}; what is not there is left out. */
    Hardware(Path processes) {
        this.processes = processes;
    }

    Json.Obj describe() {
        Json.Builder json = Json.object()
                .put("system", property("os.name") + " " + property("os.version"))
                .put("architecture", property("os.arch"));
        value("cpuinfo", "model name").ifPresent(name -> json.put("processor", name));
        json.put("processors", (long) Runtime.getRuntime().availableProcessors());
        value("meminfo", "MemTotal")
                .map(text -> text.replace("kB", "").strip())
                .filter(text -> text.matches("[0-9]{1,12}"))
                .ifPresent(kilobytes -> json.put("memoryBytes", Long.parseLong(kilobytes) * 1024));
        json.put("gpus", Json.texts(gpus()));
        return json.build();
    }

    /** NVIDIA's driver lists its devices there. */
    private List<String> gpus() {
        List<String> gpus = new ArrayList<>();
        Path folder = processes.resolve("driver").resolve("nvidia").resolve("gpus");
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> devices = Files.newDirectoryStream(folder)) {
                for (Path device : devices) {
                    value(device.resolve("information"), "Model").ifPresent(gpus::add);
                }
            } catch (IOException e) {
                return gpus;
            }
        }
        return gpus;
    }

    private Optional<String> value(String file, String key) {
        return value(processes.resolve(file), key);
    }

    /** The value of the first line {@code key: value}. */
    private static Optional<String> value(Path file, String key) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(key))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .filter(value -> !value.isEmpty())
                    .findFirst();
        } catch (IOException | java.io.UncheckedIOException e) {
            return Optional.empty();
        }
    }

    private static String property(String name) {
        return System.getProperty(name, "unknown");
    }
}
