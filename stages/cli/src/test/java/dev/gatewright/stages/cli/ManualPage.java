// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli;

import dev.gatewright.stages.api.host.ExitCode;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The manual page, in roff, of the commands as they are. Picocli's own generator writes AsciiDoc, which would need Asciidoctor. */
final class ManualPage {
    private final StringBuilder page = new StringBuilder(".TH GATEWRIGHT 1\n");

    private ManualPage() {}

    static String of(CommandLine program) {
        ManualPage manual = new ManualPage();
        manual.write(program);
        return manual.page.toString();
    }

    private void write(CommandLine program) {
        CommandSpec all = program.getCommandSpec();
        section("NAME");
        text(all.name() + " \\- " + escaped(sentence(all.usageMessage().description())));
        section("SYNOPSIS");
        text(bold(all.name()) + " [" + bold("--help") + " | " + bold("--version") + "] | " + bold("COMMAND") + " ...");
        section("COMMANDS");
        program.getSubcommands().values().forEach(command -> command(command.getCommandSpec()));
        section("EXIT STATUS");
        for (ExitCode code : ExitCode.values()) {
            entry(bold(Integer.toString(code.code())), meaning(code));
        }
        section("FILES");
        entry(bold("gatewright.yaml"), "The spec: the model, its data, its gates, its stages.");
        entry(
                bold(".gatewright/runs/"),
                "Beside the spec, a folder for each run: run.json, and a report.json for each stage.");
        section("ENVIRONMENT");
        entry(bold("JAVA_HOME"), "The Java that runs the program, where it does not bring its own: 17 or newer.");
        entry(
                bold(GpuLibraries.VARIABLE),
                "A folder with ONNX Runtime's libraries for GPUs, in place of the program's own.");
        entry(bold("NO_COLOR"), "Where it is set, nothing is coloured.");
    }

    private void command(CommandSpec command) {
        String parameters = command.positionalParameters().stream()
                .map(parameter ->
                        " " + (parameter.required() ? parameter.paramLabel() : "[" + parameter.paramLabel() + "]"))
                .collect(Collectors.joining());
        page.append(".SS ")
                .append(bold(command.qualifiedName()))
                .append(" [OPTIONS]")
                .append(escaped(parameters))
                .append('\n');
        text(escaped(sentence(command.usageMessage().description())));
        command.positionalParameters()
                .forEach(parameter -> entry(bold(parameter.paramLabel()), sentence(parameter.description())));
        for (OptionSpec option : command.options()) {
            String names = Arrays.stream(option.names()).map(ManualPage::bold).collect(Collectors.joining(", "));
            entry(names + value(option), sentence(option.description()));
        }
    }

    private static String value(ArgSpec option) {
        return option.arity().max() == 0 ? "" : " \\fI" + escaped(option.paramLabel()) + "\\fR";
    }

    private static String meaning(ExitCode code) {
        return switch (code) {
            case PASSED -> "All that was asked for passed.";
            case FAILED -> "A report with FAILED was written, and only then.";
            case WRONG_REQUEST -> "The request is wrong: the spec, or the command line. Nothing was started.";
            case NOT_JUDGED -> "Could not judge: inconclusive, not evaluated, not started, or any error.";
            case WAITING -> "Waits for an approval.";
            case INTERRUPTED -> "It was interrupted.";
        };
    }

    private void section(String title) {
        page.append(".SH ").append(title).append('\n');
    }

    private void entry(String tag, String description) {
        page.append(".TP\n").append(tag).append('\n');
        text(escaped(description));
    }

    /** One line, which roff breaks; a full stop at its beginning would be a request. */
    private void text(String line) {
        page.append(line.startsWith(".") || line.startsWith("'") ? "\\&" : "")
                .append(line)
                .append('\n');
    }

    private static String sentence(String[] lines) {
        return String.join(" ", List.of(lines)).replaceAll("\\s+", " ").strip();
    }

    private static String bold(String word) {
        return "\\fB" + escaped(word) + "\\fR";
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\e").replace("-", "\\-");
    }
}
