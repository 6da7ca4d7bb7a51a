// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.sourcemodels;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The Python of the child, which ships in this program. */
final class Script {
    static final List<String> FILES = List.of(
            "__main__.py",
            "gatewright_source/__init__.py",
            "gatewright_source/boosting.py",
            "gatewright_source/child.py",
            "gatewright_source/graphs.py",
            "gatewright_source/hugging_face.py",
            "gatewright_source/problems.py",
            "gatewright_source/pytorch.py",
            "gatewright_source/scikit_learn.py",
            "gatewright_source/tensorflow_models.py",
            "gatewright_source/tensors.py");

    private Script() {}

    /** Lays it down in {@code folder}, which Python then runs. */
    static void writeTo(Path folder) throws IOException {
        for (String file : FILES) {
            try (InputStream in = Script.class.getResourceAsStream("python/" + file)) {
                if (in == null) {
                    throw new IOException("the program lacks its own " + file + "; install it anew");
                }
                Path target = folder.resolve(file);
                Files.createDirectories(target.getParent() == null ? folder : target.getParent());
                Files.copy(in, target);
            }
        }
    }
}
