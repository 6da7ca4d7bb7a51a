// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The files beside a model that hold its weights: that each lies in the model's folder, is a file of its own, and that
 * the tensors' ranges in it fit.
 */
final class ExternalFiles {
    private static final String LINKS = "nlink";

    private final Reading reading;
    private final Path folder;
    private final FileState main;
    private final Map<String, FileState> files = new TreeMap<>();
    private final Map<String, List<Range>> ranges = new TreeMap<>();
    private long bytes;

    ExternalFiles(Reading reading, Path folder, FileState main) {
        this.reading = reading;
        this.folder = folder;
        this.main = main;
    }

    /** The files, sorted by path. */
    List<FileState> states() {
        return new ArrayList<>(files.values());
    }

    /** The size of the files together. */
    long bytes() {
        return bytes;
    }

    /** Where the {@code bytes} bytes of a tensor lie. */
    TensorData.InFile locate(ExternalEntry entry, long bytes, Place place) {
        FileState file = file(entry.path(), place);
        long offset = entry.offset();
        if (entry.length() >= 0 && entry.length() != bytes) {
            throw reading.refused(
                    Refusal.EXTERNAL_RANGE,
                    place,
                    "has " + entry.length() + " bytes of external data where its shape takes " + bytes);
        }
        if (bytes > file.bytes() || offset > file.bytes() - bytes) {
            throw reading.refused(
                    Refusal.EXTERNAL_RANGE,
                    place,
                    "has " + bytes + " bytes of external data at offset " + offset + " of " + Quoted.of(file.path())
                            + ", which has " + file.bytes() + " bytes");
        }
        if (bytes > 0) {
            List<Range> inFile = ranges.get(file.path());
            if (inFile == null) {
                inFile = new ArrayList<>();
                ranges.put(file.path(), inFile);
            }
            inFile.add(new Range(offset, offset + bytes, place));
        }
        return new TensorData.InFile(file.path(), offset, bytes);
    }

    /** Refuses two tensors that share bytes without being the same bytes; call it when all are located. */
    void checkOverlaps() {
        for (Map.Entry<String, List<Range>> file : ranges.entrySet()) {
            List<Range> inFile = file.getValue();
            inFile.sort(Comparator.comparingLong(Range::start).thenComparingLong(Range::end));
            for (int i = 1; i < inFile.size(); i++) {
                Range before = inFile.get(i - 1);
                Range range = inFile.get(i);
                if (range.start < before.end && (range.start != before.start || range.end != before.end)) {
                    throw reading.refused(
                            Refusal.EXTERNAL_RANGE,
                            range.place,
                            "shares a part of the bytes of " + before.place + " in " + Quoted.of(file.getKey()));
                }
            }
        }
    }

    private record Range(long start, long end, Place place) {}

    private FileState file(String path, Place place) {
        FileState known = files.get(path);
        if (known != null) {
            return known;
        }
        if (files.size() == reading.limits().files()) {
            throw reading.refused(
                    Refusal.TOO_MANY, place, "names the external file after the limit of " + files.size());
        }
        try {
            FileState file = check(path, place);
            take(file, place);
            files.put(path, file);
            return file;
        } catch (NoSuchFileException e) {
            throw reading.refused(
                    Refusal.EXTERNAL_MISSING,
                    place,
                    "has external data in " + Quoted.of(path) + ", which is not in the model's folder");
        } catch (InvalidPathException e) {
            throw reading.refused(
                    Refusal.EXTERNAL_MISSING,
                    place,
                    "has external data in " + Quoted.of(path) + ", which this system cannot spell",
                    "run in a UTF-8 locale, such as LC_ALL=C.UTF-8");
        } catch (IOException e) {
            throw reading.unreadable(e);
        }
    }

    /** Bounds what the digest has to read: a file may be a hole of many terabytes around a few bytes. */
    private void take(FileState file, Place place) {
        long limit = reading.limits().fileBytes();
        if (file.bytes() > limit - bytes) {
            throw reading.refused(
                    Refusal.TOO_LARGE,
                    place,
                    "has external data in " + Quoted.of(file.path()) + ", which adds " + file.bytes() + " bytes to "
                            + bytes + " of other files, above the limit of " + limit,
                    "cut off what no tensor uses, or raise the memory limit");
        }
        bytes += file.bytes();
    }

    /** Goes down from the model's folder step by step, so that no link on the way is followed. */
    private FileState check(String path, Place place) throws IOException {
        Path relative = Path.of(path);
        Path file = folder;
        for (Path step : relative) {
            file = file.resolve(step);
            BasicFileAttributes found =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            boolean last = file.getNameCount() == folder.getNameCount() + relative.getNameCount();
            if (found.isSymbolicLink()) {
                throw reading.refused(
                        Refusal.EXTERNAL_LINK,
                        place,
                        "has external data in " + Quoted.of(path) + ", where " + Quoted.of(step.toString())
                                + " is a symbolic link");
            }
            if (last ? !found.isRegularFile() : !found.isDirectory()) {
                throw reading.refused(
                        Refusal.NOT_A_FILE,
                        place,
                        "has external data in " + Quoted.of(path) + ", where " + Quoted.of(step.toString())
                                + (last ? " is no regular file" : " is no folder"));
            }
        }
        checkLinks(file, path, place);
        FileState state = FileState.settled(file, path);
        if (state.isWithinTick()) {
            throw reading.refused(
                    Refusal.CHANGING, place, "has external data in " + Quoted.of(path) + ", which is being written");
        }
        if (!state.key().isEmpty() && state.key().equals(main.key())) {
            throw reading.refused(Refusal.EXTERNAL_LOCATION, place, "has external data in the model's own file");
        }
        return state;
    }

    private void checkLinks(Path file, String path, Place place) throws IOException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            throw reading.refused(
                    Refusal.EXTERNAL_LINK,
                    place,
                    "has external data in " + Quoted.of(path)
                            + ", and this system does not tell how many names a file has",
                    "store the weights inside the model, or open it on Linux or macOS");
        }
        Object links = Files.getAttribute(file, "unix:" + LINKS, LinkOption.NOFOLLOW_LINKS);
        if (!Integer.valueOf(1).equals(links)) {
            throw reading.refused(
                    Refusal.EXTERNAL_LINK,
                    place,
                    "has external data in " + Quoted.of(path) + ", a file with " + links
                            + " names (hard links), one of which may lie outside the model's folder");
        }
    }
}
