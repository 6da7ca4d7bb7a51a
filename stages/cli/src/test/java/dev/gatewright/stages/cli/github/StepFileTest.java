// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.stages.api.StageFailedException;
import dev.gatewright.validation.testkit.Gen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written for a runner is read by it as it was meant, or not at all. */
class StepFileTest {
    private static final String[] PARTS = {
        "\n",
        "\r\n",
        "=",
        "<<",
        "verdict=PASSED",
        "verdict<<EOF",
        "EOF",
        "end-of-why",
        "-",
        "end-of-why\nimage=x",
        "$(id)",
        "`id`",
        "%0A",
        "\"",
        "'",
        "\\",
        "::set-output name=a::b",
        "\u0000",
        "é",
        "😀",
        "x"
    };

    @TempDir
    private Path folder;

    @Test
    void noValueMakesAnotherOutput() {
        for (int seed = 0; seed < 1_000; seed++) {
            Gen gen = new Gen(seed);
            String value = String.join("", gen.listOf(gen.integer(0, 20), () -> gen.oneOf(PARTS)));
            String text = StepFile.output("why", value) + StepFile.output("image", "i");

            assertThat(RunnerFile.read(text)).as("seed %s", seed).isEqualTo(Map.of("why", value, "image", "i"));
        }
    }

    @Test
    void addsToWhatIsThere() throws IOException {
        Path file = Files.writeString(folder.resolve("output"), "verdict=NOT_EVALUATED\n");
        new StepFile("GITHUB_OUTPUT", file).add("verdict<<x\nPASSED\nx\n");

        assertThat(RunnerFile.read(Files.readString(file))).containsExactly(Map.entry("verdict", "PASSED"));
    }

    @Test
    void saysWhichFileCannotBeWritten() {
        StepFile file = new StepFile("GITHUB_OUTPUT", folder.resolve("gone/output"));

        assertThat(file.isWritable()).isFalse();
        assertThatThrownBy(() -> file.add("verdict=PASSED\n"))
                .isInstanceOf(StageFailedException.class)
                .hasMessage("the file that GITHUB_OUTPUT names cannot be written");
    }
}
