// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.examples.quickstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The training as a program: reads labelled images, trains on four fifths of them, measures the rest, and writes {@code
 * model.onnx} and {@code metrics.json}. The same images and seed give the same bytes.
 */
public final class Train {
    private Train() {}

    /** Ends with 0, or with 2 where the arguments are wrong; what goes wrong in training is thrown. */
    public static void main(String[] arguments) throws IOException {
        Logger.getLogger("").setLevel(Level.WARNING); // Tribuo tells each step
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            options.put(arguments[i], arguments[i + 1]);
        }
        String data = options.remove("--data");
        String out = options.remove("--out");
        String seed = options.getOrDefault("--seed", "1");
        options.remove("--seed");
        if (data == null || out == null || !options.isEmpty() || arguments.length % 2 != 0) {
            System.err.println("usage: Train --data FILE.csv --out FOLDER [--seed NUMBER]");
            System.exit(2);
            return;
        }
        run(Path.of(data), Path.of(out), Long.parseLong(seed));
    }

    static void run(Path data, Path out, long seed) throws IOException {
        LabelledImages images = LabelledImages.read(data);
        LabelledImages training = images.where(row -> row % 5 != 4);
        LabelledImages validation = images.where(row -> row % 5 == 4);
        DigitClassifier classifier = DigitClassifier.train(training, seed);
        DigitClassifier.Fit fit = classifier.fit(validation);
        String metrics = String.format(
                Locale.ROOT,
                "{\"val_accuracy\": %.6f, \"val_loss\": %.6f, \"train_accuracy\": %.6f, \"epochs\": %d}%n",
                fit.accuracy(),
                fit.loss(),
                classifier.fit(training).accuracy(),
                DigitClassifier.EPOCHS);

        Files.createDirectories(out);
        Files.write(out.resolve("model.onnx"), OnnxModel.of(classifier).toByteArray());
        Files.writeString(out.resolve("metrics.json"), metrics);
        System.out.println("trained on " + training.size() + " images: " + metrics.strip());
    }
}
