// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.spec;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The model that the candidate was distilled from, which gates may compare with on the same rows.
 *
 * @param path its ONNX file, which takes the same rows
 * @param digest its digest, 64 hexadecimal digits
 */
public record TeacherSection(Place place, Placed<Path> path, Placed<String> digest) {
    private static final Key<Placed<Path>> PATH = Key.required(
            "path",
            Shapes.placed(Shapes.path()),
            "The teacher's ONNX file; it takes the same rows.",
            "path: teacher/model.onnx");
    private static final Key<Placed<String>> DIGEST = Key.required(
            "digest",
            Shapes.placed(Shapes.text()),
            "The teacher's digest, as `gatewright inspect` prints it.",
            "digest: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");

    static final Section<TeacherSection> SHAPE = new Section<>("teacher", List.of(PATH, DIGEST), TeacherSection::make);

    private static @Nullable TeacherSection make(Values values, Problems problems) {
        Placed<String> digest = values.need(DIGEST);
        return BaselineSection.isDigest(digest, problems)
                ? new TeacherSection(values.place(), values.need(PATH), digest)
                : null;
    }
}
