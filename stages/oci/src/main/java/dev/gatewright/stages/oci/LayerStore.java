// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.oci;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.json.JsonReader;
import dev.gatewright.stages.api.json.JsonWriter;
import dev.gatewright.stages.api.run.AtomicFile;
import dev.gatewright.stages.api.run.ProcessLock;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes layers, each hashed in the one pass that writes it, and keeps those of the last image: a layer whose files are still the
 * same ones by identity and time of change is neither written nor hashed again.
 */
public final class LayerStore implements AutoCloseable {
    private static final String FORMAT = "gatewright-layers/v1";
    private static final String LIST = "layers.json";
    private static final int LARGEST_LIST = 16 << 20;
    private static final int BUFFER = 1 << 20;

    private final Path folder;
    private final @Nullable ProcessLock lock;
    private final Map<String, Kept> kept;
    private final Map<String, Kept> used = new LinkedHashMap<>();
    private final byte[] buffer = new byte[BUFFER];

    /** A layer of the last image. */
    private record Kept(Digest digest, long size, Json.Obj stamp) {}

    private LayerStore(Path folder, @Nullable ProcessLock lock, Map<String, Kept> kept) {
        this.folder = folder;
        this.lock = lock;
        this.kept = kept;
    }

    /**
     * Opens the store in {@code shared}, made if it is not there; where another process has it open, an empty one in {@code
     * otherwise}, which is removed in the end.
     */
    public static LayerStore open(Path shared, Path otherwise) throws IOException {
        Optional<ProcessLock> lock = ProcessLock.tryTake(shared.resolve("lock"));
        if (lock.isEmpty()) {
            return new LayerStore(Files.createDirectories(otherwise), null, Map.of());
        }
        return new LayerStore(shared, lock.get(), read(shared.resolve(LIST)));
    }

    /** A list that is damaged, or of another version, keeps nothing: all is written anew then. */
    private static Map<String, Kept> read(Path list) throws IOException {
        Map<String, Kept> kept = new LinkedHashMap<>();
        if (!Files.exists(list) || Files.size(list) > LARGEST_LIST) {
            return kept;
        }
        try {
            if (JsonReader.read(Files.readAllBytes(list)) instanceof Json.Obj document
                    && document.text("format").equals(Optional.of(FORMAT))) {
                for (Json.Obj entry : document.objects("layers")) {
                    Descriptor descriptor = Descriptor.of(entry);
                    entry.text("fingerprint")
                            .ifPresent(fingerprint -> kept.put(
                                    fingerprint,
                                    new Kept(descriptor.digest(), descriptor.size(), entry.object("stamp"))));
                }
            }
            return kept;
        } catch (JsonReader.NotJsonException e) {
            return new LinkedHashMap<>();
        }
    }

    /**
     * The layer of {@code plan}.
     *
     * @throws IOException if a file cannot be read, changes while it is read, or the layer cannot be written
     */
    public Layer store(LayerPlan plan) throws IOException {
        Map<Path, FileStamp> stamps = plan.stamps();
        String fingerprint = plan.fingerprint(stamps);
        Kept known = kept.get(fingerprint);
        if (known != null && isIntact(known)) {
            used.put(fingerprint, known);
            return layer(plan, known.digest(), known.size(), true);
        }
        Path temporary = NewFile.in(folder);
        try {
            FileStamp begun = FileStamp.of(temporary);
            Digest digest = write(plan, temporary);
            if (!stamps.equals(plan.stamps())) {
                throw new IOException("a file of the layer " + plan.name() + " changed while it was read");
            }
            Path blob = folder.resolve(digest.hex());
            Files.move(temporary, blob, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            long size = Files.size(blob);
            // A file that was changed within the clock's last tick could change again and bear the same time.
            boolean settled = stamps.values().stream().allMatch(stamp -> stamp.isOlderThan(begun));
            used.put(
                    settled ? fingerprint : "unsettled " + digest,
                    new Kept(digest, size, FileStamp.of(blob).toJson()));
            return layer(plan, digest, size, false);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /**
     * A blob of another image, copied once.
     *
     * @return where it lies
     */
    Path keep(Descriptor blob, ImageSource source) throws IOException, InterruptedException {
        String name = "blob " + blob.digest();
        Path file = folder.resolve(blob.digest().hex());
        Kept known = kept.get(name);
        if (known == null || !isIntact(known)) {
            Files.deleteIfExists(file);
            source.copy(blob, file);
        }
        used.put(name, new Kept(blob.digest(), blob.size(), FileStamp.of(file).toJson()));
        return file;
    }

    private Layer layer(LayerPlan plan, Digest digest, long size, boolean reused) {
        Descriptor descriptor = new Descriptor(MediaType.LAYER, digest, size);
        return new Layer(plan.name(), descriptor, folder.resolve(digest.hex()), reused);
    }

    private boolean isIntact(Kept layer) throws IOException {
        Path blob = folder.resolve(layer.digest().hex());
        if (!Files.isRegularFile(blob)) {
            return false;
        }
        FileStamp now = FileStamp.of(blob);
        // Its time of change moves when another image that shares it is removed: then its bytes decide.
        return now.toJson().equals(layer.stamp())
                || (now.bytes() == layer.size() && Digest.of(blob).equals(layer.digest()));
    }

    private Digest write(LayerPlan plan, Path file) throws IOException {
        MessageDigest sha256 = Digest.sha256();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                OutputStream out = new DigestOutputStream(Channels.newOutputStream(channel), sha256)) {
            plan.writeTo(new TarWriter(out), buffer);
            channel.force(true);
        }
        return Digest.of(sha256);
    }

    /** Writes down what this image used, and removes all other layers. */
    @Override
    public void close() throws IOException {
        try {
            if (lock == null) {
                remove(true);
                Files.delete(folder);
                return;
            }
            List<Json> entries = new ArrayList<>();
            for (Map.Entry<String, Kept> entry : used.entrySet()) {
                Digest digest = entry.getValue().digest();
                Json.Builder json = Json.object().put("fingerprint", entry.getKey());
                new Descriptor(MediaType.LAYER, digest, entry.getValue().size())
                        .toJson()
                        .members()
                        .forEach(json::put);
                // Taken now: that another image took the layer over has moved its time of change.
                json.put("stamp", FileStamp.of(folder.resolve(digest.hex())).toJson());
                entries.add(json.build());
            }
            AtomicFile.write(
                    folder.resolve(LIST),
                    JsonWriter.pretty(Json.object()
                            .put("format", FORMAT)
                            .put("layers", entries)
                            .build()));
            remove(false);
        } finally {
            if (lock != null) {
                lock.close();
            }
        }
    }

    private void remove(boolean all) throws IOException {
        List<String> needed =
                used.values().stream().map(layer -> layer.digest().hex()).toList();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = Objects.requireNonNull(file.getFileName()).toString();
                boolean isLayer = name.length() == 64 || name.endsWith(".tmp");
                if (all || (isLayer && !needed.contains(name))) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
