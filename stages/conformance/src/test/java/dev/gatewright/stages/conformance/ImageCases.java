// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.conformance;

import static dev.gatewright.stages.conformance.Expected.notEvaluated;
import static dev.gatewright.stages.conformance.Expected.refused;

import java.util.Arrays;
import java.util.stream.Stream;

/** Folders of images that are damaged or not what the model was trained on. */
final class ImageCases {
    private static final Group GROUP = Group.DATA;
    private static final String ONE = Rows.imageName(0);
    private static final String OPTIONS = "images: {resize: 1, crop: 1}";

    private ImageCases() {}

    static Stream<Group.Table> all() {
        return Stream.of(folders(), files(), options());
    }

    private static Group.Table folders() {
        return GROUP.on(Sounds.IMAGES)
                .add(
                        "images-missing",
                        "The folder of images is missing",
                        box -> box.editSpec("path: data/images", "path: data/pictures"),
                        notEvaluated("found nothing, expected a folder with a folder of images for each class"))
                .add(
                        "images-of-no-class",
                        "An image lies in no class's folder",
                        box -> box.move(ONE, "data/images/0.png"),
                        notEvaluated("0.png: found a file, expected a folder of images, named as their class"))
                .add(
                        "images-of-another-class",
                        "A folder is named after no class of the model",
                        box -> box.move(ONE, "data/images/d/0.png"),
                        notEvaluated("found the folder 'd', expected one of the 3 classes"))
                .add(
                        "images-and-another-file",
                        "A file that is no image lies between them",
                        box -> box.write("data/images/a/labels.txt", "a\n"),
                        notEvaluated("found the name 'labels.txt', expected an image"));
    }

    private static Group.Table files() {
        return GROUP.on(Sounds.IMAGES)
                .add(
                        "image-empty",
                        "An image is empty",
                        box -> box.write(ONE, new byte[0]),
                        notEvaluated("0.png: found an empty file, expected a PNG or JPEG image"))
                .add(
                        "image-cut-off",
                        "An image is cut off",
                        box -> box.write(ONE, Arrays.copyOf(Rows.image(0), 50)),
                        notEvaluated("0.png: found the end of the file after 50 bytes, expected a whole PNG image"))
                .add(
                        "image-damaged",
                        "A byte of an image is another",
                        box -> {
                            byte[] image = Rows.image(0);
                            image[image.length - 20] ^= 1;
                            box.write(ONE, image);
                        },
                        notEvaluated("with a wrong check sum"))
                .add(
                        "image-bomb",
                        "An image says that it has four billion pixels",
                        box -> {
                            byte[] image = Rows.image(0);
                            Arrays.fill(image, 18, 20, (byte) 0xFF);
                            Arrays.fill(image, 22, 24, (byte) 0xFF);
                            box.write(ONE, image);
                        },
                        notEvaluated("found an image of 65535 x 65535 pixels, expected at most 33554432"))
                .add(
                        "image-of-another-kind",
                        "An image is of a kind that is not read",
                        box -> box.write(ONE, "GIF89a"),
                        notEvaluated("found a file of another kind, expected a PNG or JPEG image"));
    }

    private static Group.Table options() {
        return GROUP.on(Sounds.IMAGES)
                .add(
                        "images-of-two-sizes",
                        "Images have different sizes, and nothing resizes them",
                        box -> {
                            box.write(Rows.imageName(1), Rows.image(2, 0x00FF00));
                            box.editSpec(OPTIONS, "images: {divide-by: 255}");
                        },
                        notEvaluated("found 2 x 2 pixels, expected 1 x 1, as "))
                .add(
                        "images-smaller-than-the-crop",
                        "Images are smaller than what is cut out",
                        box -> box.editSpec(OPTIONS, "images: {crop: 3}"),
                        notEvaluated("expected at least the 3 x 3 that are cut out"))
                .add(
                        "images-in-another-layout",
                        "The axes come in another order than the model's",
                        box -> box.editSpec(OPTIONS, "images: {layout: nhwc}"),
                        notEvaluated("has the shape [3, 1, 1] in the model and [1, 1, 3] in the data"))
                .add(
                        "images-in-gray",
                        "Images are gray, and the model takes colours",
                        box -> box.editSpec(OPTIONS, "images: {channels: gray}"),
                        refused("takes 3 values a row"))
                .add(
                        "images-mean-of-two",
                        "The mean has another number of channels",
                        box -> box.editSpec(OPTIONS, "images: {mean: [0.5, 0.5]}"),
                        refused("mean needs one number for each channel, 3 for rgb, and has 2"))
                .add(
                        "images-divided-by-zero",
                        "A standard deviation is zero",
                        box -> box.editSpec(OPTIONS, "images: {std: [0, 1, 1]}"),
                        refused("'0' is not a number above 0"))
                .add(
                        "images-of-three-sides",
                        "The size has three numbers",
                        box -> box.editSpec(OPTIONS, "images: {resize: [1, 1, 3]}"),
                        refused("resize is one number, or height and width, and has 3 numbers"))
                .add(
                        "images-without-options",
                        "The spec does not say that the folder holds images",
                        box -> box.editSpec("    " + OPTIONS + "\n", ""),
                        notEvaluated("data/images: found the folder"));
    }
}
