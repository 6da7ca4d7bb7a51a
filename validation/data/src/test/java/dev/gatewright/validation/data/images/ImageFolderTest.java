// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.validation.data.Contents;
import dev.gatewright.validation.data.DataFile;
import dev.gatewright.validation.data.Problems;
import dev.gatewright.validation.data.images.ImageOptions.Channels;
import dev.gatewright.validation.data.images.ImageOptions.Exactly;
import dev.gatewright.validation.data.images.ImageOptions.Interpolation;
import dev.gatewright.validation.data.images.ImageOptions.Layout;
import dev.gatewright.validation.data.images.ImageOptions.Resize;
import dev.gatewright.validation.data.images.ImageOptions.ShorterSide;
import dev.gatewright.validation.data.images.ImageOptions.Size;
import dev.gatewright.validation.data.rows.BadDataException;
import dev.gatewright.validation.data.rows.ElementType;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.data.rows.FileChangedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {
    private static final Field.Matrix INPUT = new Field.Matrix("input", ElementType.FLOAT32, List.of("image"));
    private static final Field.Matrix BYTES = new Field.Matrix("input", ElementType.UINT8, List.of("image"));
    private static final Field.ClassLabel LABEL =
            new Field.ClassLabel("class", List.of("dog", "cat"), Field.Spelling.NAME);
    private static final byte[] PNG = Pictures.of("png", 6, 4);

    @TempDir
    Path folder;

    @Test
    void readsImagesInByteOrderOfTheirPathsWithTheirFoldersAsClasses() throws IOException {
        Pictures.put(folder, "dog/1.png", PNG);
        Pictures.put(folder, "cat/B.PNG", PNG);
        Pictures.put(folder, "cat/a.jpeg", Pictures.of("jpg", 6, 4));
        Pictures.put(folder, "cat/.hidden", new byte[0]);
        Field.Category slice = new Field.Category("class");

        Contents contents = Contents.of(() -> DataFile.open(folder, options(null, null)), 2, INPUT, LABEL, slice);

        assertThat(contents.rows()).isEqualTo(3);
        assertThat(contents.values(LABEL)).containsExactly(1, 1, 0);
        assertThat(contents.texts(slice)).containsExactly("cat", "cat", "dog");
    }

    @Test
    void keepsSamplesForAModelThatTakesBytes() throws IOException {
        Pictures.put(folder, "cat/1.png", PNG);
        ImageOptions plain = new ImageOptions(
                null, null, Interpolation.BILINEAR, Channels.RGB, 1, List.of(), List.of(), Layout.NHWC);

        assertThat(Contents.of(() -> DataFile.open(folder, plain), 2, BYTES).bytes(BYTES))
                .startsWith(0, 0, 0, 3, 5, 7);
        try (DataFile divided = DataFile.open(folder, options(null, null))) {
            assertThat(((Problems) divided.select(List.of(BYTES))).list().get(0).sentence())
                    .endsWith("holds float32, which is not converted to uint8; convert it where it is saved");
        }
    }

    @Test
    void hasTheDigestOfTheListOfItsFilesDigests() throws IOException, GeneralSecurityException {
        Pictures.put(folder, "dog/1.png", PNG);
        Pictures.put(folder, "cat/2.png", PNG);
        String png = sha256(PNG);

        try (DataFile data = DataFile.open(folder, options(null, null))) {
            assertThat(data.digest())
                    .isEqualTo(
                            sha256((png + "  cat/2.png\n" + png + "  dog/1.png\n").getBytes(StandardCharsets.UTF_8)));
            assertThat(data.size()).isEqualTo(2L * PNG.length);
        }
    }

    @Test
    void noticesAnImageThatWasReplacedAddedOrRemoved() throws IOException {
        Pictures.put(folder, "cat/1.png", PNG);
        Pictures.put(folder, "cat/2.png", PNG);
        try (DataFile data = DataFile.open(folder, options(null, null))) {
            data.verifyUnchanged();
            Pictures.put(folder, "cat/3.png", PNG);
            assertThatThrownBy(data::verifyUnchanged)
                    .isInstanceOf(FileChangedException.class)
                    .hasMessageContaining("it was 2 images; it is 3 images");
            Files.delete(folder.resolve("cat/3.png"));
            data.verifyUnchanged();
            Pictures.put(folder, "cat/2.png", Pictures.of("png", 7, 4));
            assertThatThrownBy(data::verifyUnchanged).isInstanceOf(FileChangedException.class);
            assertThatThrownBy(data::digest).isInstanceOf(FileChangedException.class);
        }
    }

    @Test
    void refusesWhatIsNoFolderOfFoldersOfImages() throws IOException {
        refuses(folder.resolve("none"), "found nothing, expected a folder with a folder of images for each class");
        refuses(folder, "found no images, expected a folder of images for each class");
        Pictures.put(folder, "cat/1.png", PNG);
        Pictures.put(folder, "stray.png", PNG);
        refuses(folder, "stray.png: found a file, expected a folder of images, named as their class; put it into one");
        Files.delete(folder.resolve("stray.png"));
        Pictures.put(folder, "cat/Thumbs.db", PNG);
        refuses(
                folder,
                "Thumbs.db: found the name 'Thumbs.db', expected an image, with a name that ends with .png, .jpg or"
                        + " .jpeg; convert it, or take it out");
        Files.delete(folder.resolve("cat/Thumbs.db"));
        Files.createDirectories(folder.resolve("dog"));
        refuses(folder, "dog: found no images, expected at least one; remove the folder if the class has none");
        Files.createDirectories(folder.resolve("dog/more.png"));
        refuses(folder, "more.png: found a folder, expected an image");
    }

    @Test
    void refusesLinksThatLeadOutOfTheFolder(@TempDir Path elsewhere) throws IOException {
        Pictures.put(elsewhere, "1.png", PNG);
        Pictures.put(folder, "cat/1.png", PNG);
        Files.createSymbolicLink(folder.resolve("cat/same.png"), folder.resolve("cat/1.png"));
        DataFile.open(folder, options(null, null)).close();
        Files.createSymbolicLink(folder.resolve("cat/2.png"), elsewhere.resolve("1.png"));
        refuses(folder, "2.png: found a link that leads out of the folder, to ");
    }

    @Test
    void refusesAClassThatTheModelDoesNotKnow() throws IOException {
        Pictures.put(folder, "bird/1.png", PNG);
        assertThatThrownBy(() -> Contents.of(() -> DataFile.open(folder, options(null, null)), 2, LABEL))
                .isInstanceOf(BadDataException.class)
                .hasMessageEndingWith("1.png: found the folder 'bird', expected one of the 2 classes 'dog', 'cat'");
    }

    @Test
    void refusesImagesOfTwoSizesAndThoseSmallerThanTheCrop() throws IOException {
        Pictures.put(folder, "cat/1.png", PNG);
        Pictures.put(folder, "cat/2.png", Pictures.of("png", 7, 4));
        refuses(
                options(null, null),
                "2.png: found 7 x 4 pixels, expected 6 x 4, as " + folder.resolve("cat/1.png")
                        + " has; say how images are brought to one size, such as resize: [4, 6]");
        refuses(
                options(null, new Size(5, 5)),
                "1.png: found an image of 6 x 4 pixels, expected at least the 5 x 5 that are cut out; resize it to more,"
                        + " or crop less");
        assertThat(Contents.of(() -> DataFile.open(folder, options(new Exactly(new Size(8, 8)), null)), 2, INPUT)
                        .rows())
                .isEqualTo(2);
    }

    @Test
    void refusesAnImageThatBecomesTooLargeWhenItIsResized() throws IOException {
        Pictures.put(folder, "cat/1.png", Pictures.of("png", 1, 2000));
        refuses(
                options(new ShorterSide(256), null),
                "found an image of 1 x 2000 pixels, which is resized to 256 by 512000, expected at most 33554432 pixels;"
                        + " take it out, or resize to height and width");
    }

    private static ImageOptions options(@Nullable Resize resize, @Nullable Size crop) {
        return new ImageOptions(
                resize, crop, Interpolation.BILINEAR, Channels.RGB, 255, List.of(), List.of(), Layout.NCHW);
    }

    private static void refuses(Path path, String message) {
        assertThatThrownBy(() -> DataFile.open(path, options(null, null)))
                .isInstanceOf(BadDataException.class)
                .hasMessageContaining(message);
    }

    private void refuses(ImageOptions options, String message) {
        assertThatThrownBy(() -> Contents.of(() -> DataFile.open(folder, options), 2, INPUT))
                .isInstanceOf(BadDataException.class)
                .hasMessageContaining(message);
    }

    private static String sha256(byte[] bytes) throws GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
