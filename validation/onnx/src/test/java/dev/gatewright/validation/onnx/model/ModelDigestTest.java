// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.validation.testkit.PythonReference;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The digest is the one that its definition gives, by hand and by a second implementation in Python. */
class ModelDigestTest {
    @TempDir
    private Path folder;

    @Test
    void isTheDigestOfTheOnlyFile() throws Exception {
        byte[] bytes = Models.relu().toBytes();
        Path model = Files.write(folder.resolve("model.onnx"), bytes);

        assertThat(ModelFile.open(model, SafetyLimits.strict()).digest()).isEqualTo(sha256(bytes));
    }

    @Test
    void doesNotDependOnTheNameOfTheOnlyFile() {
        Path one = Models.relu().writeTo(folder.resolve("one.onnx"));
        Path two = Models.relu().writeTo(folder.resolve("two.onnx"));

        assertThat(ModelFile.open(one, SafetyLimits.strict()).digest())
                .isEqualTo(ModelFile.open(two, SafetyLimits.strict()).digest());
    }

    @Test
    void isTheDigestOfTheCanonicalListOfSeveralFiles() throws Exception {
        byte[] weights = new byte[16];
        Files.write(folder.resolve("weights"), weights);
        byte[] bytes = Models.withInitializer(RangeHazards.external("w", "4", "weights", "0", "16"))
                .toBytes();
        Path model = Files.write(folder.resolve("model.onnx"), bytes);

        String list = "[{\"bytes\":" + bytes.length + ",\"path\":\"model.onnx\",\"sha256\":\"" + sha256(bytes)
                + "\"},{\"bytes\":16,\"path\":\"weights\",\"sha256\":\"" + sha256(weights) + "\"}]";
        assertThat(ModelFile.open(model, SafetyLimits.strict()).digest())
                .isEqualTo(sha256(list.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void countsBytesOfExternalFilesThatNoTensorReads() throws IOException {
        Path model = Models.withInitializer(RangeHazards.external("w", "4", "weights", "0", "16"))
                .writeTo(folder.resolve("model.onnx"));
        Files.write(folder.resolve("weights"), new byte[17]);
        String before = ModelFile.open(model, SafetyLimits.strict()).digest();

        byte[] changed = new byte[17];
        changed[16] = 1;
        Files.write(folder.resolve("weights"), changed);

        assertThat(ModelFile.open(model, SafetyLimits.strict()).digest()).isNotEqualTo(before);
    }

    @Test
    @Tag("python")
    void agreesWithASecondImplementation() {
        try (PythonReference python = PythonReference.start(ModelDigestTest.class, "onnx_models.py")) {
            int compared = 0;
            for (var layout : python.ask(Map.of("task", "external", "folder", folder.toString()))) {
                // Names that JSON escapes, and one that sorts differently by code points than by UTF-16 units.
                for (String name : List.of("model.onnx", "a\"b\\c\t\u0001.onnx", "\uD83D\uDE00\uFF01.onnx")) {
                    String file = Path.of(layout.textValue())
                            .resolveSibling("model.onnx")
                            .toString();
                    String renamed = python.ask(Map.of("task", "renamed", "file", file, "name", name))
                            .textValue();
                    String expected = python.ask(Map.of("task", "digest", "file", renamed))
                            .textValue();
                    assertThat(ModelFile.open(Path.of(renamed), SafetyLimits.strict())
                                    .digest())
                            .as(renamed)
                            .isEqualTo(expected);
                    python.ask(Map.of("task", "renamed", "file", renamed, "name", "model.onnx"));
                    compared++;
                }
            }
            assertThat(compared).isEqualTo(21);
        }
    }

    private static String sha256(byte[] bytes) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
