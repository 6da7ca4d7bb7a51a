// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

import dev.gatewright.validation.testkit.onnx.Onnx;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Files of external data that are something else than their name says: links, devices, pipes, folders. */
final class ExternalFileHazards {
    private ExternalFileHazards() {}

    static List<Hazard> all() {
        List<Hazard> all = new ArrayList<>();
        links(all);
        add(all, "file that is not there", Refusal.EXTERNAL_MISSING, "weights", file -> {});
        add(all, "file in a folder that is not there", Refusal.EXTERNAL_MISSING, "sub/weights", file -> {});
        add(all, "folder", Refusal.NOT_A_FILE, "weights", Files::createDirectory);
        add(all, "pipe", Refusal.NOT_A_FILE, "weights", FileHazards::pipe);
        add(all, "socket", Refusal.NOT_A_FILE, "weights", FileHazards::socket);
        add(all, "file where a folder should be", Refusal.NOT_A_FILE, "sub/weights", file -> {
            Files.delete(file.getParent());
            Files.write(file.getParent(), new byte[16]);
        });
        add(all, "pipe where a folder should be", Refusal.NOT_A_FILE, "sub/weights", file -> {
            Files.delete(file.getParent());
            FileHazards.pipe(file.getParent());
        });
        add(all, "model itself", Refusal.EXTERNAL_LOCATION, "model.onnx", file -> {});
        all.add(Hazard.files(
                "external data of 16 bytes in a hole of a terabyte",
                Refusal.TOO_LARGE,
                folder -> holed(folder, 16),
                folder -> holed(folder, 1L << 40)));
        all.add(Hazard.files(
                        "more external files than the limit",
                        Refusal.TOO_MANY,
                        folder -> many(folder, 3),
                        folder -> many(folder, 4))
                .within(new SafetyLimits(1 << 20, 64, 1000, 1000, 1000, 10_000, 3, Set.of())));
        return all;
    }

    private static void links(List<Hazard> all) {
        add(
                all,
                "link to a file outside",
                Refusal.EXTERNAL_LINK,
                "weights",
                file -> Files.createSymbolicLink(file, outside(file)));
        add(
                all,
                "link to a system file",
                Refusal.EXTERNAL_LINK,
                "weights",
                file -> Files.createSymbolicLink(file, Path.of("/etc/passwd")));
        add(
                all,
                "link to the process's environment",
                Refusal.EXTERNAL_LINK,
                "weights",
                file -> Files.createSymbolicLink(file, Path.of("/proc/self/environ")));
        add(
                all,
                "link to a device",
                Refusal.EXTERNAL_LINK,
                "weights",
                file -> Files.createSymbolicLink(file, Path.of("/dev/zero")));
        add(
                all,
                "link to nothing",
                Refusal.EXTERNAL_LINK,
                "weights",
                file -> Files.createSymbolicLink(file, Path.of("nothing")));
        add(
                all,
                "link to itself",
                Refusal.EXTERNAL_LINK,
                "weights",
                file -> Files.createSymbolicLink(file, Path.of("weights")));
        add(all, "link to a file in the same folder", Refusal.EXTERNAL_LINK, "weights", file -> {
            Files.write(file.resolveSibling("others"), new byte[16]);
            Files.createSymbolicLink(file, Path.of("others"));
        });
        add(
                all,
                "link to the model itself",
                Refusal.EXTERNAL_LINK,
                "weights",
                file -> Files.createSymbolicLink(file, Path.of("model.onnx")));
        add(all, "folder that is a link outside", Refusal.EXTERNAL_LINK, "sub/weights", file -> {
            Files.delete(file.getParent());
            Files.createSymbolicLink(file.getParent(), outside(file).getParent());
        });
        add(all, "folder that is a link to its own folder", Refusal.EXTERNAL_LINK, "sub/weights", file -> {
            Files.delete(file.getParent());
            Files.write(file.getParent().resolveSibling("weights"), new byte[16]);
            Files.createSymbolicLink(file.getParent(), Path.of("."));
        });
        add(all, "folder deep down that is a link outside", Refusal.EXTERNAL_LINK, "sub/a/b/weights", file -> {
            Files.delete(file.getParent());
            Files.createSymbolicLink(file.getParent(), outside(file).getParent());
        });
        add(
                all,
                "hard link to a file outside",
                Refusal.EXTERNAL_LINK,
                "weights",
                file -> Files.createLink(file, outside(file)));
        add(all, "hard link to a file in the same folder", Refusal.EXTERNAL_LINK, "weights", file -> {
            Files.write(file.resolveSibling("others"), new byte[16]);
            Files.createLink(file, file.resolveSibling("others"));
        });
        add(
                all,
                "hard link to the model itself",
                Refusal.EXTERNAL_LINK,
                "weights",
                file -> Files.createLink(file, file.resolveSibling("model.onnx")));
    }

    private static Path holed(Path folder, long bytes) throws IOException {
        try (RandomAccessFile file =
                new RandomAccessFile(folder.resolve("weights").toFile(), "rw")) {
            file.setLength(bytes);
        }
        return Models.withInitializer(RangeHazards.external("w", "4", "weights", "0", "16"))
                .writeTo(folder.resolve("model.onnx"));
    }

    private interface Trap {
        void set(Path file) throws IOException;
    }

    private static void add(List<Hazard> all, String name, Refusal reason, String location, Trap trap) {
        Onnx model = Models.withInitializer(RangeHazards.external("w", "4", location, "0", "16"));
        Onnx plain = Models.withInitializer(
                RangeHazards.external("w", "4", location.equals("model.onnx") ? "weights" : location, "0", "16"));
        all.add(Hazard.files(
                "external data in a " + name,
                reason,
                folder -> {
                    Path file = folder.resolve(location.equals("model.onnx") ? "weights" : location);
                    Files.createDirectories(file.getParent());
                    Files.write(file, new byte[16]);
                    return plain.writeTo(folder.resolve("model.onnx"));
                },
                folder -> {
                    Path file = folder.resolve(location);
                    Files.createDirectories(file.getParent());
                    Path written = model.writeTo(folder.resolve("model.onnx"));
                    trap.set(file);
                    return written;
                }));
    }

    /** A file of the right size and name, beside the model's folder. */
    private static Path outside(Path file) throws IOException {
        Path folder = Files.createTempDirectory(root(file), "outside");
        return Files.write(folder.resolve("weights"), new byte[16]);
    }

    private static Path root(Path file) {
        Path folder = file.getParent();
        while (!Files.exists(folder.resolve("model.onnx"))) {
            folder = folder.getParent();
        }
        return folder.getParent();
    }

    private static Path many(Path folder, int files) throws IOException {
        Onnx model = Models.relu();
        for (int i = 0; i < files; i++) {
            Files.write(folder.resolve("weights" + i), new byte[16]);
            model.initializer(RangeHazards.external("w" + i, "4", "weights" + i, "0", "16"));
        }
        return model.writeTo(folder.resolve("model.onnx"));
    }
}
