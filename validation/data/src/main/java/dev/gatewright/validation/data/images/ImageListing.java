// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.images;

import dev.gatewright.validation.data.format.FileIdentity;
import dev.gatewright.validation.data.format.Sha256Sums;
import dev.gatewright.validation.data.rows.BadDataException;
import dev.gatewright.validation.data.rows.Place;
import dev.gatewright.validation.data.rows.Quote;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Lists the images of a folder of folders. */
final class ImageListing {
    /** More than ImageNet has; each costs about 200 bytes of memory. */
    private static final int MOST_IMAGES = 1 << 21;

    private final Path folder;
    private final List<ImageEntry> images = new ArrayList<>();

    ImageListing(Path folder) {
        this.folder = folder;
    }

    List<ImageEntry> read() throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new BadDataException(
                    Place.of(folder),
                    Files.exists(folder) ? "a file" : "nothing",
                    "a folder with a folder of images for each class");
        }
        Path real = folder.toRealPath();
        for (Path child : children(folder)) {
            if (!Files.isDirectory(child)) {
                throw new BadDataException(
                        Place.of(child), "a file", "a folder of images, named as their class", "put it into one");
            }
            stay(child, real);
            int before = images.size();
            for (Path image : children(child)) {
                stay(image, real);
                add(String.valueOf(child.getFileName()), image);
            }
            if (images.size() == before) {
                throw new BadDataException(
                        Place.of(child), "no images", "at least one", "remove the folder if the class has none");
            }
        }
        images.sort(Comparator.comparing(ImageEntry::relative, Sha256Sums.ORDER));
        return images;
    }

    private void add(String label, Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        if (!ImageDecoder.isNamedSo(name) || !Files.isRegularFile(file)) {
            throw new BadDataException(
                    Place.of(file),
                    Files.isDirectory(file) ? "a folder" : "the name " + Quote.of(name),
                    "an image, with a name that ends with .png, .jpg or .jpeg",
                    "convert it, or take it out");
        }
        if (images.size() == MOST_IMAGES) {
            throw new BadDataException(Place.of(folder), "more than " + MOST_IMAGES + " images", "at most as many");
        }
        FileIdentity identity = FileIdentity.of(file);
        images.add(new ImageEntry(label, name, identity.size(), identity.fingerprint()));
    }

    /** What is in a folder, without hidden files. */
    private static List<Path> children(Path folder) throws IOException {
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            for (Path child : stream) {
                if (!String.valueOf(child.getFileName()).startsWith(".")) {
                    children.add(child);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return children;
    }

    /** Refuses a link that leads out of the folder: what is there is none of the data set. */
    private static void stay(Path path, Path real) throws IOException {
        if (Files.isSymbolicLink(path) && !path.toRealPath().startsWith(real)) {
            throw new BadDataException(
                    Place.of(path),
                    "a link that leads out of the folder, to " + path.toRealPath(),
                    "a file of the folder",
                    "copy it there");
        }
    }
}
