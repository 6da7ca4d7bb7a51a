// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** The most resident memory that a running process has held: {@code VmHWM} of proc(5), which Linux alone keeps. */
final class PeakMemory {
    private static final String KEY = "VmHWM:";
    private static final int KIBIBYTE = 1024;

    private PeakMemory() {}

    /** In bytes; empty where the system does not tell. */
    static OptionalLong ofProcess(long pid) {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        try {
            for (String line : Files.readAllLines(status, StandardCharsets.ISO_8859_1)) {
                if (line.startsWith(KEY)) {
                    String kibibytes =
                            line.substring(KEY.length()).replace("kB", "").strip();
                    return OptionalLong.of(Math.multiplyExact(Long.parseLong(kibibytes), KIBIBYTE));
                }
            }
            return OptionalLong.empty();
        } catch (IOException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
