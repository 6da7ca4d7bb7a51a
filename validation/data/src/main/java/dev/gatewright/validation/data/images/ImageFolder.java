// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.images;

import dev.gatewright.validation.data.format.DataSource;
import dev.gatewright.validation.data.format.FileIdentity;
import dev.gatewright.validation.data.format.OpenFile;
import dev.gatewright.validation.data.format.Sha256Sums;
import dev.gatewright.validation.data.rows.BadDataException;
import dev.gatewright.validation.data.rows.FileChangedException;
import dev.gatewright.validation.data.rows.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/**
 * The images of a folder, which has a folder of images for each class. They come in the byte order of their paths; hidden
 * files are left out, and anything else is refused.
 */
public final class ImageFolder implements DataSource {
    private final Path path;
    private final List<ImageEntry> images;
    private final int mostBytes;

    private ImageFolder(Path path, List<ImageEntry> images, int mostBytes) {
        this.path = path;
        this.images = images;
        this.mostBytes = mostBytes;
    }

    /**
     * Lists {@code path}.
     *
     * @param mostBytes the most bytes of an image file
     * @throws BadDataException if it is no folder of folders of images
     * @throws UncheckedIOException if it cannot be read
     */
    public static ImageFolder open(Path path, int mostBytes) {
        try {
            return new ImageFolder(path, new ImageListing(path).read(), mostBytes);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + path, e);
        }
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public long size() {
        long size = 0;
        for (ImageEntry image : images) {
            size += image.bytes();
        }
        return size;
    }

    /** The number of images. */
    int count() {
        return images.size();
    }

    /** Image {@code i}, from 0. */
    ImageEntry image(int i) {
        return images.get(i);
    }

    /** Where image {@code i} is. */
    Path file(int i) {
        return images.get(i).in(path);
    }

    /** The bytes of image {@code i}. */
    byte[] read(int i) {
        try (OpenFile file = open(i)) {
            if (file.size() > mostBytes) {
                throw new BadDataException(
                        Place.of(file.path()),
                        "an image file of " + file.size() + " bytes",
                        "at most " + mostBytes,
                        "make the image smaller");
            }
            byte[] bytes = new byte[(int) file.size()];
            file.read(0, ByteBuffer.wrap(bytes));
            return bytes;
        }
    }

    private OpenFile open(int i) {
        OpenFile file = OpenFile.open(file(i));
        try {
            verifyUnchanged(i);
            return file;
        } catch (Throwable e) {
            file.close();
            throw e;
        }
    }

    /** That of {@link Sha256Sums}, also of one image, by {@code class/name}. */
    @Override
    public String sha256() {
        Sha256Sums sums = new Sha256Sums();
        for (int i = 0; i < images.size(); i++) {
            try (OpenFile file = open(i)) {
                sums.add(file.sha256(), images.get(i).relative());
            }
        }
        return sums.digest();
    }

    @Override
    public void verifyUnchanged() {
        try {
            List<ImageEntry> now = new ImageListing(path).read();
            if (now.size() != images.size()) {
                throw new FileChangedException(path, images.size() + " images", now.size() + " images");
            }
            for (int i = 0; i < now.size(); i++) {
                if (!now.get(i).equals(images.get(i))) {
                    throw changed(i);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot see whether " + path + " changed while it was read", e);
        }
    }

    private void verifyUnchanged(int i) {
        try {
            if (FileIdentity.of(file(i)).fingerprint() != images.get(i).fingerprint()) {
                throw changed(i);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot see whether " + file(i) + " changed while it was read", e);
        }
    }

    private FileChangedException changed(int i) {
        return new FileChangedException(file(i), "the file that was there when " + path + " was listed", "another");
    }

    /** Nothing is held open. */
    @Override
    public void close() {}
}
