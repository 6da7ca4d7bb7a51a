// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What this machine computes with, as Linux tells it; elsewhere nothing is known. */
final class Hardware {
    /** Those that the kernels of ONNX Runtime choose by. */
    private static final Set<String> INSTRUCTIONS = Set.of(
            "sse4_1",
            "sse4_2",
            "avx",
            "avx2",
            "fma",
            "f16c",
            "avx_vnni",
            "avx512f",
            "avx512bw",
            "avx512dq",
            "avx512vl",
            "avx512_vnni",
            "avx512_bf16",
            "avx512_fp16",
            "amx_tile",
            "amx_int8",
            "amx_bf16",
            "asimd",
            "asimdhp",
            "asimddp",
            "i8mm",
            "bf16",
            "sve",
            "sve2",
            "sme");

    /** The first processor's part of the list. */
    private static final int HEAD = 8192;

    private static final Path DRIVER = Path.of("/proc/driver/nvidia/version");
    private static final Path GPUS = Path.of("/proc/driver/nvidia/gpus");

    private final String processors;

    private Hardware(String processors) {
        this.processors = processors;
    }

    static Hardware ofThisMachine() {
        return new Hardware(head(Path.of("/proc/cpuinfo")));
    }

    /** Hardware that Linux describes like this. */
    static Hardware described(String processors) {
        return new Hardware(processors);
    }

    List<String> instructions() {
        TreeSet<String> found = new TreeSet<>();
        String flags = field(processors, "(?:flags|Features)");
        if (flags != null) {
            for (String flag : flags.split(" ", -1)) {
                if (INSTRUCTIONS.contains(flag)) {
                    found.add(flag);
                }
            }
        }
        return List.copyOf(found);
    }

    @Nullable
    String processor() {
        return field(processors, "model name");
    }

    /** The name of the first NVIDIA GPU. */
    static @Nullable String gpu() {
        if (!Files.isDirectory(GPUS)) {
            return null;
        }
        try (DirectoryStream<Path> gpus = Files.newDirectoryStream(GPUS)) {
            for (Path gpu : gpus) {
                return field(head(gpu.resolve("information")), "Model");
            }
        } catch (IOException e) {
            return null;
        }
        return null;
    }

    /** The version of the NVIDIA driver. */
    static @Nullable String driver() {
        Matcher matcher = Pattern.compile("Kernel Module.*?\\s(\\d+\\.\\d+(?:\\.\\d+)?)\\s")
                .matcher(head(DRIVER));
        return matcher.find() ? matcher.group(1) : null;
    }

    private static @Nullable String field(String text, String name) {
        Matcher matcher = Pattern.compile("^" + name + "\\s*:\\s*(.*)$", Pattern.MULTILINE)
                .matcher(text);
        return matcher.find() ? matcher.group(1).strip() : null;
    }

    private static String head(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(HEAD), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
