// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The help that is written down is the one of the commands: {@code -Dgatewright.write-docs=true} writes it anew. */
class HelpPageTest {
    private static final Path PAGE = Path.of("src/main/resources/dev/gatewright/stages/cli", HelpPage.FILE);

    @Test
    void isWhatTheCommandsSay() throws IOException {
        String said = all().getUsageMessage(CommandLine.Help.Ansi.OFF);

        if (Boolean.getBoolean("gatewright.write-docs")) {
            Files.writeString(PAGE, said);
        }
        assertThat(PAGE).content(StandardCharsets.UTF_8).isEqualTo(said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h"})
    void isPrinted(String option) throws IOException {
        Shell.Answer answer = new Shell().run(option);

        assertThat(answer).isEqualTo(new Shell.Answer(0, Files.readString(PAGE), ""));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandHelps(String command) {
        Shell.Answer alone = new Shell().run(command, "--help");
        Shell.Answer amongAll = new Shell().run("--debug", command, "--help");

        assertThat(alone.code()).isZero();
        assertThat(alone.out()).contains("Usage: gatewright " + command);
        assertThat(alone).as("made alone, it is the same as among all").isEqualTo(amongAll);
    }

    private static Stream<String> commands() {
        return all().getSubcommands().keySet().stream();
    }

    private static CommandLine all() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        return Cli.commandLine(new String[0], new Surroundings(nowhere, nowhere, name -> null, null));
    }
}
