// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.oci;

import dev.gatewright.stages.api.json.CanonicalJson;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.json.JsonReader;
import dev.gatewright.stages.api.run.AtomicFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder of images: {@code blobs/sha256/<digest>} each once, and {@code index.json} that names the images. A reader takes
 * nothing in it for what it says it is: sizes and digests are held against the bytes.
 */
public final class ImageLayout {
    /** Larger than any manifest, index or config that is not made to fill the memory. */
    static final int LARGEST_DOCUMENT = 8 << 20;

    /** By which an index calls an image. */
    public static final String REF_NAME = "org.opencontainers.image.ref.name";

    static final String MARK = "oci-layout";
    static final String INDEX = "index.json";

    private final Path folder;

    private ImageLayout(Path folder) {
        this.folder = folder;
    }

    /** A layout in {@code folder}, made if it is not there; what an older one left in it is taken over blob by blob. */
    public static ImageLayout create(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("blobs").resolve("sha256"));
        AtomicFile.write(folder.resolve(MARK), "{\"imageLayoutVersion\":\"1.0.0\"}");
        return new ImageLayout(folder);
    }

    /** The layout that lies in {@code folder}. */
    public static ImageLayout open(Path folder) throws IOException {
        if (!Files.isRegularFile(folder.resolve(MARK)) || !Files.isRegularFile(folder.resolve(INDEX))) {
            throw new IOException(folder + " is no OCI layout: it needs the files " + MARK + " and " + INDEX);
        }
        return new ImageLayout(folder);
    }

    /** Where it lies. */
    public Path folder() {
        return folder;
    }

    /** Where a blob lies, or would. */
    public Path blob(Digest digest) {
        return folder.resolve("blobs").resolve("sha256").resolve(digest.hex());
    }

    /** Puts {@code bytes} into it. */
    public Descriptor put(String mediaType, byte[] bytes) throws IOException {
        Descriptor descriptor = Descriptor.of(mediaType, bytes);
        Path blob = blob(descriptor.digest());
        Path temporary = NewFile.in(blob.resolveSibling("."));
        try {
            Files.write(temporary, bytes);
            Files.move(temporary, blob, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
        return descriptor;
    }

    /** Takes over a file that has that digest: as a second name of it where the file system has such, else as a copy. */
    public void take(Descriptor descriptor, Path file) throws IOException {
        Path blob = blob(descriptor.digest());
        if (Files.exists(blob) && Files.isSameFile(blob, file)) {
            return;
        }
        Files.deleteIfExists(blob);
        try {
            Files.createLink(blob, file);
        } catch (UnsupportedOperationException | IOException e) {
            Files.copy(file, blob, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /**
     * A document of it.
     *
     * @throws IOException if it is not there, or is not what {@code descriptor} says
     */
    public Json.Obj document(Descriptor descriptor) throws IOException {
        return parse(read(descriptor), descriptor.digest() + " in " + folder);
    }

    byte[] read(Descriptor descriptor) throws IOException {
        Path blob = blob(descriptor.digest());
        if (!Files.isRegularFile(blob)) {
            throw new IOException(folder + " lacks the blob " + descriptor.digest());
        }
        if (Files.size(blob) > LARGEST_DOCUMENT) {
            throw new IOException(descriptor.digest() + " in " + folder + " is too large for a document");
        }
        byte[] bytes = Files.readAllBytes(blob);
        if (bytes.length != descriptor.size() || !Digest.of(bytes).equals(descriptor.digest())) {
            throw new IOException("the blob " + descriptor.digest() + " in " + folder + " has other bytes: "
                    + bytes.length + " with the digest " + Digest.of(bytes));
        }
        return bytes;
    }

    /** What {@code index.json} names, in its order. */
    public List<Descriptor> index() throws IOException {
        Path index = folder.resolve(INDEX);
        if (Files.size(index) > LARGEST_DOCUMENT) {
            throw new IOException(index + " is too large for an index");
        }
        List<Descriptor> named = new ArrayList<>();
        for (Json.Obj manifest :
                parse(Files.readAllBytes(index), index.toString()).objects("manifests")) {
            named.add(Descriptor.of(manifest));
        }
        return named;
    }

    /**
     * The image that its index names so ({@code org.opencontainers.image.ref.name}), or the only one there.
     *
     * @param name null: the only one
     */
    public ImageSource image(@Nullable String name) {
        return new ImageSource() {
            @Override
            public Found find() throws IOException {
                List<Descriptor> named = new ArrayList<>();
                for (Descriptor each : index()) {
                    boolean isAbout = each.artifactType() != null; // another one
                    if (!isAbout
                            && (name == null || name.equals(each.annotations().get(REF_NAME)))) {
                        named.add(each);
                    }
                }
                if (named.size() != 1) {
                    throw new IOException(folder + " has " + named.size() + " images"
                            + (name == null ? "" : " called '" + name + "'") + "; one is needed");
                }
                return new Found(named.get(0), document(named.get(0)));
            }

            @Override
            public Found find(Digest digest) throws IOException {
                Path blob = blob(digest);
                long size = Files.isRegularFile(blob) ? Files.size(blob) : 0;
                Json.Obj document = document(new Descriptor("", digest, size));
                String type = document.text("mediaType").orElse(MediaType.MANIFEST);
                return new Found(new Descriptor(type, digest, size), document);
            }

            @Override
            public void copy(Descriptor blob, Path target) throws IOException {
                MessageDigest sha256 = Digest.sha256();
                try (OutputStream out = new DigestOutputStream(Files.newOutputStream(target), sha256)) {
                    Files.copy(blob(blob.digest()), out);
                }
                Digest found = Digest.of(sha256);
                if (!found.equals(blob.digest())) {
                    Files.delete(target);
                    throw new IOException("the blob " + blob.digest() + " in " + folder + " has other bytes: " + found);
                }
            }
        };
    }

    /** Names those; before that nothing of it counts. */
    public void writeIndex(List<Descriptor> manifests) throws IOException {
        AtomicFile.write(folder.resolve(INDEX), new String(indexOf(manifests), StandardCharsets.UTF_8));
    }

    /** An index of those. */
    static byte[] indexOf(List<Descriptor> manifests) {
        List<Json> entries = new ArrayList<>();
        manifests.forEach(manifest -> entries.add(manifest.toJson()));
        return CanonicalJson.bytes(Json.object()
                .put("schemaVersion", 2)
                .put("mediaType", MediaType.INDEX)
                .put("manifests", entries)
                .build());
    }

    /** Removes all blobs but those. */
    public void keepOnly(Collection<Digest> needed) throws IOException {
        try (Stream<Path> blobs = Files.list(folder.resolve("blobs").resolve("sha256"))) {
            for (Path blob : blobs.toList()) {
                boolean isNeeded = needed.stream().anyMatch(digest -> blob.endsWith(digest.hex()));
                if (!isNeeded) {
                    Files.delete(blob);
                }
            }
        }
    }

    static Json.Obj parse(byte[] bytes, String what) throws IOException {
        try {
            if (JsonReader.read(bytes) instanceof Json.Obj object) {
                return object;
            }
        } catch (JsonReader.NotJsonException e) {
            throw new IOException(what + " is no JSON: " + e.getMessage(), e);
        }
        throw new IOException(what + " is no JSON object");
    }
}
