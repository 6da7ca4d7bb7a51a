// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The manual page and the completion of shells, which the program comes with, are those of the commands: {@code
 * -Dgatewright.write-docs=true} writes them anew.
 */
class ShareTest {
    private static final Path SHARE = Path.of("src/main/program/share");
    private static final Path MANUAL = SHARE.resolve("man/man1/gatewright.1");
    private static final Path COMPLETION = SHARE.resolve("bash-completion/completions/gatewright");

    @Test
    void manualIsOfTheCommands() throws IOException {
        assertIsWritten(MANUAL, ManualPage.of(all()));
    }

    @Test
    void manualNamesEveryCommandAndOption() throws IOException {
        String manual = Files.readString(MANUAL).replace("\\-", "-");

        for (CommandLine command : all().getSubcommands().values()) {
            CommandSpec spec = command.getCommandSpec();
            String section = section(manual, spec.qualifiedName());
            for (OptionSpec option : spec.options()) {
                assertThat(section).contains("\\fB" + option.longestName() + "\\fR");
            }
            assertThat(section).as("values are filled in").doesNotContain("${");
        }
    }

    @Test
    void completionIsOfTheCommands() throws IOException {
        assertIsWritten(COMPLETION, AutoComplete.bash("gatewright", all()));
    }

    /** What a shell offers after each command, asked of a shell. */
    @Test
    void shellCompletesEveryCommandAndOption() throws Exception {
        StringBuilder asking =
                new StringBuilder("compopt() { :; } # only works while a key is pressed\nsource " + COMPLETION + "\n"
                        + "ask() { COMP_WORDS=(gatewright \"$@\"); COMP_CWORD=$#; COMPREPLY=(); _complete_gatewright;"
                        + " echo \"$*:\" \"${COMPREPLY[@]}\"; }\nask ''\n");
        List<String> expected = new ArrayList<>();
        expected.add(":" + words(all().getSubcommands().keySet()));
        all().getSubcommands().forEach((name, command) -> {
            asking.append("ask ").append(name).append(" -\n");
            TreeSet<String> names = new TreeSet<>();
            command.getCommandSpec().options().forEach(option -> names.addAll(List.of(option.names())));
            expected.add(name + " -:" + words(names));
        });
        Process bash = new ProcessBuilder("bash", "-c", asking.toString())
                .redirectErrorStream(true)
                .start();
        String answer = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(bash.waitFor()).as(answer).isZero();
        assertThat(answer.lines().map(ShareTest::sorted)).containsExactlyElementsOf(expected);
    }

    private static void assertIsWritten(Path file, String said) throws IOException {
        if (Boolean.getBoolean("gatewright.write-docs")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, said);
        }
        assertThat(file).content(StandardCharsets.UTF_8).isEqualTo(said);
    }

    private static String section(String manual, String command) {
        int start = manual.indexOf(".SS \\fB" + command + "\\fR");
        assertThat(start).as(command).isNotNegative();
        int end = manual.indexOf("\n.S", start);
        return manual.substring(start, end);
    }

    private static String sorted(String line) {
        int colon = line.indexOf(':');
        return line.substring(0, colon + 1)
                + words(List.of(line.substring(colon + 1).strip().split(" ")));
    }

    private static String words(Iterable<String> words) {
        TreeSet<String> sorted = new TreeSet<>();
        words.forEach(sorted::add);
        return String.join(" ", sorted);
    }

    private static CommandLine all() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        return Cli.commandLine(new String[0], new Surroundings(nowhere, nowhere, name -> null, null));
    }
}
