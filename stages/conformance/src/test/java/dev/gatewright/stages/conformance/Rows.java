// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.conformance;

import dev.gatewright.validation.testkit.numpy.Npz;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import javax.imageio.ImageIO;

/** Labelled rows of three classes, of which the sound model and the sound predictions get 108 of 120 right. */
final class Rows {
    static final int COUNT = 120;
    private static final List<String> CLASSES = List.of("a", "b", "c");
    private static final List<String> WRITERS = List.of("ada", "bob", "cyd");

    private Rows() {}

    /** The class of a row. */
    static int truth(int row) {
        return row % 3;
    }

    /** What the sound model answers: every tenth row is wrong. */
    static int answer(int row) {
        return row % 10 == 7 ? (truth(row) + 1) % 3 : truth(row);
    }

    /** Truth, prediction, a probability a class, and who wrote the row. */
    static String predictions() {
        StringBuilder csv = new StringBuilder("truth,predicted,p_a,p_b,p_c,writer\n");
        for (int row = 0; row < COUNT; row++) {
            csv.append(CLASSES.get(truth(row))).append(',').append(CLASSES.get(answer(row)));
            for (int k = 0; k < 3; k++) {
                csv.append(k == answer(row) ? ",0.8" : ",0.1");
            }
            csv.append(',').append(writer(row)).append('\n');
        }
        return csv.toString();
    }

    /** Three features of which the largest tells the model's answer, the truth, and who wrote the row. */
    static String holdout() {
        StringBuilder csv = new StringBuilder("f0,f1,f2,truth,writer\n");
        for (int row = 0; row < COUNT; row++) {
            for (int k = 0; k < 3; k++) {
                csv.append(k == answer(row) ? "1.0," : "0.0,");
            }
            csv.append(CLASSES.get(truth(row))).append(',').append(writer(row)).append('\n');
        }
        return csv.toString();
    }

    /** What the sound model answers to all rows, as a source leaves it: {@code .npy}, a probability a class. */
    static byte[] scores() {
        float[] scores = new float[3 * COUNT];
        for (int i = 0; i < scores.length; i++) {
            double power = Math.exp(i % 3 == answer(i / 3) ? 3 : 0);
            scores[i] = (float) (power / (Math.exp(3) + 2));
        }
        return Npz.npy("<f4", "(" + COUNT + ", 3)", Npz.floats(scores));
    }

    /** Three features, each the probability of a class, and a 0 or 1 for each: every tenth row has a class more than predicted. */
    static String labelSets() {
        StringBuilder csv = new StringBuilder("f0,f1,f2,is_a,is_b,is_c\n");
        for (int row = 0; row < COUNT; row++) {
            for (int k = 0; k < 3; k++) {
                csv.append(((row + 1) >> k) % 2 == 1 || k == row % 3 ? "0.9," : "0.2,");
            }
            for (int k = 0; k < 3; k++) {
                boolean isPredicted = ((row + 1) >> k) % 2 == 1 || k == row % 3;
                csv.append(isPredicted || (row % 10 == 7 && k == 0) ? "1" : "0").append(k < 2 ? "," : "\n");
            }
        }
        return csv.toString();
    }

    /** Where the image of a row lies, in the folder of its truth. */
    static String imageName(int row) {
        return "data/images/" + CLASSES.get(truth(row)) + "/" + row + ".png";
    }

    /** An image of one pixel, whose colour tells the model's answer. */
    static byte[] image(int row) {
        return image(1, 0xFF0000 >> (8 * answer(row)));
    }

    /** An image {@code side} pixels wide and high, of one colour. */
    static byte[] image(int side, int colour) {
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        for (int pixel = 0; pixel < side * side; pixel++) {
            image.setRGB(pixel % side, pixel / side, colour);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** The writers change every thirty rows, and the third has as many as the two others. */
    private static String writer(int row) {
        return WRITERS.get(Math.min(2, row / 30));
    }
}
