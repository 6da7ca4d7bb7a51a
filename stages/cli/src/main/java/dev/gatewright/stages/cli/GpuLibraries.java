// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli;

import dev.gatewright.stages.api.StageFailedException;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A folder with ONNX Runtime's libraries for GPUs, which take the place of the program's own. Who runs the program names it in
 * the environment; a spec cannot, since what lies there is run.
 */
public final class GpuLibraries {
    /** The environment variable that names the folder. */
    public static final String VARIABLE = "GATEWRIGHT_ONNXRUNTIME_LIBRARIES";

    private static final String RUNTIME = "onnxruntime";
    private static final List<String> NEEDED =
            List.of(RUNTIME, "onnxruntime4j_jni", "onnxruntime_providers_shared", "onnxruntime_providers_cuda");

    /** They are linked to none of the others, but loaded when a model needs them. */
    private static final List<String> LOADED_LATE = List.of("libcudnn.so.9", "libcufft.so.11");

    private static final int BLOCK = 1 << 20;

    private final Path folder;
    private final String version;
    private final List<Path> searched;

    private GpuLibraries(Path folder, String version, List<Path> searched) {
        this.folder = folder;
        this.version = version;
        this.searched = searched;
    }

    /**
     * Those that the environment names, if it does.
     *
     * @param classPath the worker's, which tells the version that they need: with another one, native code is called wrongly
     * @throws StageFailedException if they are not there, or of another version
     */
    static Optional<GpuLibraries> named(Surroundings surroundings, List<Path> classPath) {
        if (!surroundings.isSet(VARIABLE)) {
            return Optional.empty();
        }
        Path folder = Path.of(String.valueOf(surroundings.environment().apply(VARIABLE)))
                .toAbsolutePath();
        String searched = surroundings.isSet("LD_LIBRARY_PATH")
                ? surroundings.environment().apply("LD_LIBRARY_PATH")
                : "";
        GpuLibraries libraries = new GpuLibraries(
                folder,
                version(classPath),
                Stream.of(String.valueOf(searched).split(File.pathSeparator, -1))
                        .filter(place -> !place.isEmpty())
                        .map(Path::of)
                        .toList());
        libraries.check();
        return Optional.of(libraries);
    }

    /** Where they lie. */
    Path folder() {
        return folder;
    }

    private void check() {
        List<String> missing = NEEDED.stream()
                .map(System::mapLibraryName)
                .filter(name -> !Files.isRegularFile(folder.resolve(name)))
                .toList();
        if (!missing.isEmpty()) {
            throw new StageFailedException(
                    VARIABLE + " names " + folder + ", which lacks " + String.join(", ", missing), next(), null);
        }
        Path runtime = folder.resolve(System.mapLibraryName(RUNTIME));
        try {
            // The linker's name for all that this version has; the library says it nowhere else without being run.
            if (!holds(runtime, "\0VERS_" + version + "\0")) {
                throw new StageFailedException(runtime + " is not of ONNX Runtime " + version, next(), null);
            }
        } catch (IOException e) {
            throw new StageFailedException(runtime + " cannot be read: " + e.getMessage(), next(), e);
        }
    }

    private String next() {
        return "unpack the libraries of com.microsoft.onnxruntime:onnxruntime_gpu:" + version
                + " there, as docs/gpu.md says";
    }

    /** The libraries of CUDA and cuDNN that they need and that are not found; of those that the system cannot be asked for, none. */
    public List<String> missing() throws IOException, InterruptedException {
        TreeSet<String> missing = new TreeSet<>();
        Path cuda = folder.resolve(System.mapLibraryName("onnxruntime_providers_cuda"));
        for (String line : lines("ldd", cuda.toString())) {
            if (line.contains("=> not found")) {
                missing.add(line.strip().split(" ", 2)[0]);
            }
        }
        List<String> known = lines("/sbin/ldconfig", "-p");
        for (String name : LOADED_LATE) {
            boolean isFound = known.stream().anyMatch(line -> line.strip().startsWith(name + " "))
                    || searched.stream().anyMatch(place -> Files.exists(place.resolve(name)));
            if (!known.isEmpty() && !isFound) {
                missing.add(name);
            }
        }
        return List.copyOf(missing);
    }

    /** What a command prints; nothing where there is no such command. */
    private static List<String> lines(String... command) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            return List.of();
        }
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    private static boolean holds(Path file, String text) throws IOException {
        byte[] block = new byte[BLOCK];
        int kept = 0;
        try (InputStream in = Files.newInputStream(file)) {
            int read = in.readNBytes(block, 0, BLOCK);
            while (read > 0) {
                String part = new String(block, 0, kept + read, StandardCharsets.ISO_8859_1);
                if (part.contains(text)) {
                    return true;
                }
                int end = kept + read;
                kept = Math.min(text.length(), end);
                System.arraycopy(block, end - kept, block, 0, kept);
                read = in.readNBytes(block, kept, BLOCK - kept);
            }
        }
        return false;
    }

    private static String version(List<Path> classPath) {
        return classPath.stream()
                .map(jar -> String.valueOf(jar.getFileName()))
                .filter(name -> name.matches("onnxruntime-[0-9][^/]*\\.jar"))
                .map(name -> name.substring("onnxruntime-".length(), name.length() - ".jar".length()))
                .findFirst()
                .orElseThrow(() -> new IncompleteException("the program lacks its onnxruntime jar"));
    }
}
