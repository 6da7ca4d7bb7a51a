// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An ONNX model on disk that was checked and may be handed to native code.
 *
 * <p>The path that a person names may be a symbolic link; it is resolved once, and {@link #path()} is what the runtime
 * must load, so that both look for external data in the same folder. Nothing stays open. What was checked, hashed and
 * loaded is the same if {@link #verifyUnchanged()} says so after each of them.
 */
public final class ModelFile {
    private final Path path;
    private final Path folder;
    private final List<FileState> files;
    private final ModelDescription description;
    private @Nullable String digest;

    private ModelFile(Path path, Path folder, List<FileState> files, ModelDescription description) {
        this.path = path;
        this.folder = folder;
        this.files = files;
        this.description = description;
    }

    /**
     * Reads and checks the model at {@code named}, without its weights.
     *
     * @throws RefusedModelException if it cannot be read, or must not reach native code
     */
    public static ModelFile open(Path named, SafetyLimits limits) {
        Reading reading = new Reading(named, limits);
        try {
            return open(named, reading);
        } catch (InvalidProtocolBufferException e) {
            // Every length was held against the size of the file, so the file itself must have shrunk.
            throw reading.refused(Refusal.CHANGING, Place.FILE, "became shorter while it was read");
        } catch (IOException e) {
            throw reading.unreadable(e);
        }
    }

    private static ModelFile open(Path named, Reading reading) throws IOException {
        Path pointer = named.resolveSibling(named.getFileName() + ".dvc");
        if (!Files.exists(named) && Files.isRegularFile(pointer)) {
            throw reading.refused(
                    Refusal.UNREADABLE,
                    Place.FILE,
                    "is missing, and a DVC pointer stands in its place",
                    "run dvc pull " + Quoted.of(String.valueOf(pointer.getFileName())) + " in that folder");
        }
        Path path = named.toRealPath();
        Path folder = path.getParent();
        Path name = path.getFileName();
        if (folder == null || name == null || !Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            throw reading.refused(Refusal.NOT_A_FILE, Place.FILE, "is no regular file");
        }
        FileState main = FileState.settled(path, name.toString());
        checkState(main, reading);
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            checkFormat(named, main, channel, reading);
            ModelMessage message = ModelMessage.read(Wire.open(reading, channel, 0, main.bytes(), "ModelProto"));
            ExternalFiles external = new ExternalFiles(reading, folder, main);
            TensorValues values = new TensorValues(reading, channel, main, folder);
            ModelDescription description =
                    new ModelCheck(reading, message, main.path(), external, values).check(main.bytes());
            List<FileState> files = new ArrayList<>();
            files.add(main);
            files.addAll(external.states());
            ModelFile model = new ModelFile(path, folder, List.copyOf(files), description);
            model.verifyUnchanged();
            return model;
        } catch (ModelChangedException e) {
            throw reading.refused(Refusal.CHANGING, Place.FILE, "changed while it was read");
        }
    }

    private static void checkState(FileState main, Reading reading) {
        if (main.isWithinTick()) {
            throw reading.refused(Refusal.CHANGING, Place.FILE, "is being written");
        }
        if (main.bytes() == 0) {
            throw reading.refused(Refusal.EMPTY, Place.FILE, "has no bytes");
        }
    }

    private static void checkFormat(Path named, FileState main, FileChannel channel, Reading reading)
            throws IOException {
        ByteBuffer head = ByteBuffer.allocate(ForeignFormat.HEAD);
        while (head.hasRemaining() && channel.read(head, head.position()) >= 0) {
            // A file may come in pieces; the loop's condition does the work.
        }
        byte[] bytes = Arrays.copyOf(head.array(), head.position());
        ForeignFormat format = ForeignFormat.of(main.path(), bytes);
        if (format == null) {
            format = ForeignFormat.of(named.toString(), bytes);
        }
        if (format != null) {
            throw reading.refused(Refusal.NOT_ONNX, Place.FILE, format.found(), format.nextStep());
        }
        if (main.bytes() > Integer.MAX_VALUE) {
            throw reading.refused(Refusal.TOO_LARGE, Place.FILE, "has " + main.bytes() + " bytes");
        }
    }

    /** The model's main file, without links: the path to load. */
    public Path path() {
        return path;
    }

    /** What the model says of itself. */
    public ModelDescription description() {
        return description;
    }

    /** The model's files as they were checked: its main file, then those of external data, sorted by path. */
    public List<FileState> files() {
        return files;
    }

    /**
     * The model's digest, 64 hexadecimal digits; computed on the first call, which reads all files.
     *
     * @throws ModelChangedException if a file is not the one that was checked any more
     * @throws RefusedModelException if a file cannot be read
     */
    public synchronized String digest() {
        if (digest == null) {
            verifyUnchanged();
            String computed;
            try {
                computed = ModelDigest.of(folder, files);
            } catch (IOException e) {
                throw new Reading(path, SafetyLimits.strict()).unreadable(e);
            }
            verifyUnchanged();
            digest = computed;
        }
        return digest;
    }

    /**
     * Looks at all files again. Call it after native code has loaded the model, and once more after it ran.
     *
     * @throws ModelChangedException if a file is not the one that was checked any more
     */
    public void verifyUnchanged() {
        for (FileState checked : files) {
            FileState found;
            try {
                found = FileState.of(folder.resolve(checked.path()), checked.path());
            } catch (NoSuchFileException e) {
                throw new ModelChangedException(checked, null);
            } catch (IOException e) {
                throw new Reading(path, SafetyLimits.strict()).unreadable(e);
            }
            if (!checked.isSame(found)) {
                throw new ModelChangedException(checked, found);
            }
        }
    }
}
