// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.init;

import dev.gatewright.stages.api.spec.Shapes;
import java.nio.file.Path;

/** What a model is called whose file is called so. */
final class Names {
    private Names() {}

    static String of(Path file) {
        String name = String.valueOf(file.getFileName())
                .replaceFirst("\\.[A-Za-z0-9]+$", "")
                .replaceAll("[^A-Za-z0-9._-]", "-")
                .replaceFirst("^[._-]+", "");
        return Shapes.isName(name) ? name : "model";
    }
}
