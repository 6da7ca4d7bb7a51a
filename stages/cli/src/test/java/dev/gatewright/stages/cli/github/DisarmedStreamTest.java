// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.validation.testkit.Gen;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that is printed is a command to the runner, and what cannot be one is printed as it is. */
class DisarmedStreamTest {
    private static final String[] PARTS = {
        ":",
        "::",
        "#",
        "##",
        "##[",
        "[",
        "]",
        " ",
        "\t",
        "\n",
        "\r",
        "\r\n",
        "\u00a0",
        "\u200b",
        "\u00ad",
        "\ufeff",
        "\u0000",
        "\u001b[0m",
        "error",
        "error file=a::b",
        "set-output name=verdict::PASSED",
        "add-mask",
        "é",
        "│",
        "😀"
    };

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final DisarmedStream stream = new DisarmedStream(log);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "::error::x",
                "  \t::warning::x",
                "first\n::set-output name=verdict::PASSED",
                "first\r::add-path::/tmp",
                "##[error]x",
                "text before ##[add-mask]x",
                "\u200b:\u200b:error::x",
                "#\u200b#\u200b[error]x",
            })
    void takesTheirMeaningFromCommands(String text) throws IOException {
        stream.write(text.getBytes(StandardCharsets.UTF_8));

        assertThat(RunnerLog.commands(text.getBytes(StandardCharsets.UTF_8))).isNotEmpty();
        assertThat(RunnerLog.commands(log.toByteArray())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a::b", "dev::gatewright\n", "# heading\n## [link]", "12:30:00 and 1::2", ": :x", "│ ::error::x"
            })
    void leavesOtherTextAsItIs(String text) throws IOException {
        stream.write(text.getBytes(StandardCharsets.UTF_8));

        boolean beginsLikeOne = text.startsWith("│");
        assertThat(log.toString(StandardCharsets.UTF_8)).isEqualTo(beginsLikeOne ? "│ : :error::x" : text);
    }

    @Test
    void findsNoCommandInHostileText() throws IOException {
        for (int seed = 0; seed < 1_000; seed++) {
            Gen gen = new Gen(seed);
            String text = String.join("", gen.listOf(gen.integer(1, 30), () -> gen.oneOf(PARTS)));
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            ByteArrayOutputStream printed = new ByteArrayOutputStream();
            DisarmedStream disarming = new DisarmedStream(printed);
            for (int at = 0; at < bytes.length; ) {
                int count = gen.integer(1, bytes.length - at);
                disarming.write(bytes, at, count);
                at += count;
            }

            assertThat(RunnerLog.commands(printed.toByteArray()))
                    .as("seed %s", seed)
                    .isEmpty();
            assertThat(printed.toString(StandardCharsets.UTF_8).replace(" ", ""))
                    .as("seed %s", seed)
                    .isEqualTo(text.replace(" ", ""));
        }
    }

    @Test
    void knowsWhereALineBegins() throws IOException {
        assertThat(stream.isAtLineStart()).isTrue();
        stream.write('x');
        assertThat(stream.isAtLineStart()).isFalse();
        stream.write('\n');
        assertThat(stream.isAtLineStart()).isTrue();
    }
}
