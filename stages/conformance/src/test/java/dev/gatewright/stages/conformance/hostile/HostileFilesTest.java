// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.conformance.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.stages.cli.Door;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The program as users run it, on files that attack it: each is refused in the time and with the little memory that this
 * test's own process has, by a sentence that names the file, the place, and what was expected.
 */
@Tag("slow")
@Timeout(120)
class HostileFilesTest {
    private static final String SECRET = "hunter2-of-the-environment";

    @TempDir
    private Path folder;

    static List<HostileFile> files() {
        return HostileFiles.ALL;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void isRefusedWithFileAndPlaceAndWhatWasExpected(HostileFile file) throws IOException {
        Door.Answer answer = answer(file.kind(), file.content());

        assertThat(answer.text()).contains(file.kind().file(), file.place(), file.expected());
        assertThat(answer.exitCode()).isEqualTo(file.exitCode());
        assertThat(answer.text()).doesNotContain("Exception", "\tat ", SECRET).hasSizeLessThan(32_000);
        assertThat(answer.text().codePoints().filter(HostileFilesTest::isUnseen))
                .as("characters that do what nobody sees")
                .isEmpty();
        assertThat(lying()).as("what was not there before").doesNotContain("owned");
    }

    @ParameterizedTest
    @EnumSource
    void aSoundFileOfTheSameKindPasses(Kind kind) throws IOException {
        Door.Answer answer = answer(kind, HostileFiles.SOUND.get(kind));

        assertThat(answer.exitCode()).as(answer.text()).isZero();
    }

    @Test
    void holdsAtLeastTwoHundredFilesThatDiffer() {
        assertThat(HostileFiles.ALL).hasSizeGreaterThanOrEqualTo(200);
        assertThat(HostileFiles.ALL).extracting(HostileFile::toString).doesNotHaveDuplicates();
    }

    @Test
    void hasLittleMemory() {
        assertThat(Runtime.getRuntime().maxMemory())
                .as("bytes, as the execution 'hostile' of this module's pom.xml grants them")
                .isLessThan(200L << 20);
    }

    /** JUnit warns of each that leads out of the folder. */
    @AfterEach
    void removeLinks() throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path link : paths.filter(Files::isSymbolicLink).toList()) {
                Files.delete(link);
            }
        }
    }

    private Door.Answer answer(Kind kind, Content content) throws IOException {
        kind.lay(folder, content);
        String spec = folder.resolve("gatewright.yaml").toString();
        return Door.run(Map.of("API_TOKEN", SECRET), null, "run", spec, "--run-id", "r1");
    }

    private List<String> lying() throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.map(path -> path.getFileName().toString()).toList();
        }
    }

    /** Control characters, and those that turn or hide text. */
    private static boolean isUnseen(int character) {
        int type = Character.getType(character);
        boolean isControl = type == Character.CONTROL && character != '\n';
        return isControl || type == Character.FORMAT || type == Character.SURROGATE;
    }
}
