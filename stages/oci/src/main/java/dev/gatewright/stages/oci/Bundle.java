// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.oci;

import dev.gatewright.stages.api.run.AtomicFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * An artifact whose blobs are files that lie somewhere: its manifest, and one file a digest. The same files give the same bytes,
 * in an archive, a folder or a registry.
 */
public final class Bundle {
    private static final int MODE = 0644;
    private static final int BUFFER = 1 << 18;
    private static final String LAYOUT = "{\"imageLayoutVersion\":\"1.0.0\"}";

    private final Descriptor manifest;
    private final byte[] document;
    private final Map<Descriptor, Path> blobs;

    private Bundle(Descriptor manifest, byte[] document, Map<Descriptor, Path> blobs) {
        this.manifest = manifest;
        this.document = document;
        this.blobs = blobs;
    }

    /**
     * An artifact of that type.
     *
     * @param config one of the layers, which tells what the artifact is
     * @param files where the blob of each digest lies
     */
    public static Bundle of(
            String artifactType,
            Descriptor config,
            List<Descriptor> layers,
            Map<String, String> annotations,
            Map<Digest, Path> files) {
        byte[] document = ImageWriter.manifest(config, layers, artifactType, null, annotations);
        Map<Digest, Descriptor> once = new LinkedHashMap<>();
        layers.forEach(layer -> once.putIfAbsent(layer.digest(), layer));
        Map<Descriptor, Path> blobs = new LinkedHashMap<>();
        once.forEach((digest, blob) -> blobs.put(blob, Objects.requireNonNull(files.get(digest), digest::toString)));
        Descriptor written = Descriptor.of(MediaType.MANIFEST, document);
        return new Bundle(
                new Descriptor(written.mediaType(), written.digest(), written.size(), Map.of(), artifactType),
                document,
                blobs);
    }

    /** What stands for it. */
    public Descriptor manifest() {
        return manifest;
    }

    byte[] document() {
        return document.clone();
    }

    /** Each blob once, in the order of the manifest. */
    Map<Descriptor, Path> blobs() {
        return blobs;
    }

    private byte[] index(String name) {
        return ImageLayout.indexOf(List.of(manifest.with(Map.of(ImageLayout.REF_NAME, name))));
    }

    /**
     * Writes it as one file, a layout in a tar, in which {@code name} is its name. Whatever is there is replaced once all is
     * written.
     *
     * @throws IOException if it cannot be written, or a file has changed since its digest was taken
     */
    public void writeArchive(String name, Path file) throws IOException {
        Path folder = Files.createDirectories(file.toAbsolutePath().resolveSibling("."));
        Path temporary = NewFile.in(folder);
        try {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE);
                    OutputStream out = Channels.newOutputStream(channel)) {
                TarWriter tar = new TarWriter(out);
                entry(tar, ImageLayout.MARK, LAYOUT.getBytes(StandardCharsets.UTF_8));
                entry(tar, ImageLayout.INDEX, index(name));
                entry(tar, ImageWriter.pathOf(manifest.digest()), document);
                for (Map.Entry<Descriptor, Path> blob : blobs.entrySet()) {
                    tar.file(
                            ImageWriter.pathOf(blob.getKey().digest()),
                            MODE,
                            blob.getKey().size());
                    copy(blob.getKey(), blob.getValue(), tar::write);
                    tar.endFile();
                }
                tar.end();
                channel.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            AtomicFile.syncFolder(folder);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static void entry(TarWriter tar, String path, byte[] bytes) throws IOException {
        tar.file(path, MODE, bytes.length);
        tar.write(bytes, bytes.length);
        tar.endFile();
    }

    /**
     * Writes it as a layout in {@code folder}, which is not there or empty, in which {@code name} is its name.
     *
     * @throws IOException if it cannot be written, or a file has changed since its digest was taken
     */
    public void writeFolder(String name, Path folder) throws IOException {
        ImageLayout layout = ImageLayout.create(folder);
        for (Map.Entry<Descriptor, Path> blob : blobs.entrySet()) {
            try (FileChannel channel = FileChannel.open(
                            layout.blob(blob.getKey().digest()),
                            StandardOpenOption.WRITE,
                            StandardOpenOption.CREATE_NEW);
                    OutputStream out = Channels.newOutputStream(channel)) {
                copy(blob.getKey(), blob.getValue(), (bytes, count) -> out.write(bytes, 0, count));
                channel.force(true);
            }
        }
        layout.put(MediaType.MANIFEST, document);
        layout.writeIndex(List.of(manifest.with(Map.of(ImageLayout.REF_NAME, name))));
    }

    /** Where the bytes of a blob go. */
    @FunctionalInterface
    private interface Sink {
        void write(byte[] bytes, int count) throws IOException;
    }

    private static void copy(Descriptor blob, Path file, Sink sink) throws IOException {
        MessageDigest sha256 = Digest.sha256();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                sha256.update(buffer, 0, read);
                sink.write(buffer, read);
            }
        }
        if (!Digest.of(sha256).equals(blob.digest())) {
            throw new IOException(file + " changed while it was read");
        }
    }
}
