// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.oci;

import dev.gatewright.stages.api.json.CanonicalJson;
import dev.gatewright.stages.api.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** What a layer holds: files by their paths in the image, in the order of those paths, and the folders above them. */
public final class LayerPlan {
    private static final int MODE = 0644;
    private static final int EXECUTABLE = 0755;
    private static final int LONGEST_PATH = 4096;

    private final String name;
    private final SortedMap<String, Source> files = new TreeMap<>();

    private sealed interface Source {
        record Bytes(ByteBuffer content, int mode) implements Source {
            byte[] bytes() {
                byte[] bytes = new byte[content.remaining()];
                content.duplicate().get(bytes);
                return bytes;
            }
        }

        record OnDisk(Path file) implements Source {}

        record InZip(Path zip, String entry) implements Source {}
    }

    /** A layer; {@code name} says what it is for: {@code model}. */
    public LayerPlan(String name) {
        this.name = name;
    }

    /** What it is for. */
    public String name() {
        return name;
    }

    /** Whether it holds nothing. */
    public boolean isEmpty() {
        return files.isEmpty();
    }

    /** Puts {@code bytes} at {@code path}, which is relative to the image's root. */
    public LayerPlan add(String path, byte[] bytes) {
        return add(path, new Source.Bytes(ByteBuffer.wrap(bytes.clone()).asReadOnlyBuffer(), MODE));
    }

    /** Puts {@code bytes}, which can be started, at {@code path}. */
    public LayerPlan addExecutable(String path, byte[] bytes) {
        return add(path, new Source.Bytes(ByteBuffer.wrap(bytes.clone()).asReadOnlyBuffer(), EXECUTABLE));
    }

    /** Puts the content of {@code file} at {@code path}. */
    public LayerPlan add(String path, Path file) {
        return add(path, new Source.OnDisk(file));
    }

    /** Puts the content of the file {@code entry} of {@code zip} at {@code path}. */
    public LayerPlan add(String path, Path zip, String entry) {
        return add(path, new Source.InZip(zip, entry));
    }

    /** Puts all files below {@code folder} below {@code path}; links are followed, and no file may be left out. */
    public LayerPlan addFolder(String path, Path folder) throws IOException {
        try (Stream<Path> below = Files.walk(folder)) {
            for (Path each : (Iterable<Path>) below.filter(Files::isRegularFile)::iterator) {
                add(path + "/" + folder.relativize(each).toString().replace('\\', '/'), each);
            }
        }
        return this;
    }

    private LayerPlan add(String path, Source source) {
        boolean isBelow = !path.isEmpty() && path.length() <= LONGEST_PATH && path.indexOf('\0') < 0;
        for (String part : path.split("/", -1)) {
            isBelow &= !part.isEmpty() && !part.equals(".") && !part.equals("..");
        }
        if (!isBelow) {
            throw new IllegalArgumentException("'" + path + "' is no path below an image's root");
        }
        if (files.put(path, source) != null) {
            throw new IllegalArgumentException("a layer holds one file at '" + path + "'");
        }
        return this;
    }

    /** The stamps of all files on the disk. */
    Map<Path, FileStamp> stamps() throws IOException {
        Map<Path, FileStamp> stamps = new LinkedHashMap<>();
        for (Source source : files.values()) {
            Path file = fileOf(source);
            if (file != null && !stamps.containsKey(file)) {
                stamps.put(file, FileStamp.of(file));
            }
        }
        return stamps;
    }

    private static @Nullable Path fileOf(Source source) {
        return source instanceof Source.OnDisk onDisk
                ? onDisk.file()
                : source instanceof Source.InZip inZip ? inZip.zip() : null;
    }

    /** The same for the same paths with the same contents, as far as {@code stamps} tell them. */
    String fingerprint(Map<Path, FileStamp> stamps) {
        List<Json> entries = new ArrayList<>();
        files.forEach((path, source) -> {
            Json.Builder entry = Json.object().put("path", path);
            if (source instanceof Source.Bytes bytes) {
                entry.put("sha256", Digest.of(bytes.bytes()).hex()).put("mode", bytes.mode());
            }
            if (source instanceof Source.InZip inZip) {
                entry.put("entry", inZip.entry());
            }
            Path file = fileOf(source);
            if (file != null) {
                FileStamp stamp = Objects.requireNonNull(stamps.get(file));
                entry.put("file", file.toString()).put("stamp", stamp.toJson());
            }
            entries.add(entry.build());
        });
        return CanonicalJson.sha256(new Json.Arr(entries));
    }

    /** Writes the layer. */
    void writeTo(TarWriter tar, byte[] buffer) throws IOException {
        TreeSet<String> folders = new TreeSet<>();
        for (Map.Entry<String, Source> entry : files.entrySet()) {
            String path = entry.getKey();
            for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
                if (folders.add(path.substring(0, slash))) {
                    tar.folder(path.substring(0, slash));
                }
            }
            if (entry.getValue() instanceof Source.Bytes held) {
                byte[] bytes = held.bytes();
                tar.file(path, held.mode(), bytes.length);
                tar.write(bytes, bytes.length);
                tar.endFile();
            } else if (entry.getValue() instanceof Source.OnDisk onDisk) {
                try (InputStream in = Files.newInputStream(onDisk.file())) {
                    copy(path, in, Files.size(onDisk.file()), tar, buffer);
                }
            } else if (entry.getValue() instanceof Source.InZip inZip) {
                unpack(path, inZip, tar, buffer);
            }
        }
        tar.end();
    }

    private static void unpack(String path, Source.InZip source, TarWriter tar, byte[] buffer) throws IOException {
        try (ZipFile zip = new ZipFile(source.zip().toFile())) {
            ZipEntry entry = zip.getEntry(source.entry());
            if (entry == null) {
                throw new IOException(source.zip() + " has no " + source.entry());
            }
            try (InputStream in = zip.getInputStream(entry)) {
                copy(path, in, entry.getSize(), tar, buffer);
            }
        }
    }

    private static void copy(String path, InputStream in, long size, TarWriter tar, byte[] buffer) throws IOException {
        tar.file(path, MODE, size);
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            tar.write(buffer, read);
        }
        tar.endFile();
    }
}
