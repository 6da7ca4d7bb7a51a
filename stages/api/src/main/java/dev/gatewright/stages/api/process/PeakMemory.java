// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The most resident memory that a running process has held: {@code VmHWM} of proc(5), which Linux alone keeps. */
public final class PeakMemory {
    private PeakMemory() {}

    /** Of the process {@code pid}, in bytes; empty where the system does not tell. */
    public static OptionalLong of(long pid) {
        try (Stream<String> lines =
                Files.lines(Path.of("/proc", Long.toString(pid), "status"), StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst();
        } catch (IOException | UncheckedIOException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
