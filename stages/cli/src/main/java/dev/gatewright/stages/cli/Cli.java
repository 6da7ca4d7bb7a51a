// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli;

import dev.gatewright.stages.api.StageFailedException;
import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.run.Run;
import dev.gatewright.stages.api.run.RunFolder;
import dev.gatewright.stages.api.spec.InvalidRequestException;
import dev.gatewright.stages.cli.command.DiffCommand;
import dev.gatewright.stages.cli.command.DoctorCommand;
import dev.gatewright.stages.cli.command.ExplainCommand;
import dev.gatewright.stages.cli.command.InitCommand;
import dev.gatewright.stages.cli.command.InspectCommand;
import dev.gatewright.stages.cli.command.ReportCommand;
import dev.gatewright.stages.cli.command.RunCommand;
import dev.gatewright.stages.cli.command.SchemaCommand;
import dev.gatewright.stages.cli.command.StageCommand;
import dev.gatewright.stages.cli.command.ValidateCommand;
import dev.gatewright.stages.cli.command.VersionCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line: parses arguments, runs a command, and turns what went wrong into a sentence and an exit code. */
@Command(
        name = "gatewright",
        description = "Takes a trained model to production through gates that fail closed.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true)
public final class Cli implements Callable<Integer> {
    @Option(names = "--debug", scope = CommandLine.ScopeType.INHERIT, description = "Shows stack traces of errors.")
    private boolean debug;

    @Spec
    private @Nullable CommandSpec command;

    private Cli() {}

    /** Without a command there is nothing to do, and a caller who forgot it must not take that for a pass. */
    @Override
    public Integer call() {
        if (command != null) {
            command.commandLine().usage(command.commandLine().getErr());
        }
        return ExitCode.WRONG_REQUEST.code();
    }

    /** Runs a command line and returns its exit code. */
    static int run(String[] arguments, Surroundings surroundings) {
        Cli root = new Cli();
        CommandLine cli = new CommandLine(root);
        // First: what is set below reaches the subcommands that are there.
        addCommands(cli, surroundings);
        cli.setOut(new PrintWriter(surroundings.out(), true, StandardCharsets.UTF_8));
        cli.setErr(new PrintWriter(surroundings.err(), true, StandardCharsets.UTF_8));
        cli.setColorScheme(CommandLine.Help.defaultColorScheme(
                surroundings.hasColour() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        cli.setParameterExceptionHandler((e, args) -> wrongArguments(e));
        cli.setExecutionExceptionHandler((e, line, parsed) -> root.failed(e, line));
        return cli.execute(arguments);
    }

    private static void addCommands(CommandLine cli, Surroundings surroundings) {
        Program program = new Program(surroundings);
        cli.addSubcommand("run", new RunCommand(program));
        for (StageName stage : Program.STAGES) {
            CommandSpec command = CommandLine.Model.CommandSpec.forAnnotatedObject(new StageCommand(program, stage));
            command.usageMessage().description("Runs the stage " + stage.spelling() + " of a spec.");
            cli.addSubcommand(stage.spelling(), command);
        }
        cli.addSubcommand("init", new InitCommand(program));
        cli.addSubcommand("validate", new ValidateCommand(program));
        cli.addSubcommand("inspect", new InspectCommand(program));
        cli.addSubcommand("explain", new ExplainCommand(program));
        cli.addSubcommand("report", new ReportCommand(program));
        cli.addSubcommand("diff", new DiffCommand(program));
        cli.addSubcommand("schema", new SchemaCommand(program));
        cli.addSubcommand("doctor", new DoctorCommand(program));
        cli.addSubcommand("version", new VersionCommand(program));
    }

    private static int wrongArguments(ParameterException e) {
        CommandLine line = e.getCommandLine();
        line.getErr().println("gatewright: " + e.getMessage());
        String name = line.getCommandSpec().qualifiedName();
        line.getErr().println("Try '" + name + " --help'.");
        return ExitCode.WRONG_REQUEST.code();
    }

    private int failed(Exception e, CommandLine line) {
        if (debug) {
            e.printStackTrace(line.getErr());
        }
        if (e instanceof InvalidRequestException invalid) {
            int count = invalid.problems().size();
            invalid.problems().forEach(line.getErr()::println);
            line.getErr()
                    .println(
                            "gatewright: " + count + (count == 1 ? " problem" : " problems") + "; nothing was started");
            return ExitCode.WRONG_REQUEST.code();
        }
        if (e instanceof Run.ChangedException) {
            line.getErr().println("gatewright: " + e.getMessage());
            return ExitCode.WRONG_REQUEST.code();
        }
        if (e instanceof InterruptedException) {
            line.getErr().println("gatewright: interrupted");
            return ExitCode.INTERRUPTED.code();
        }
        if (e instanceof RunFolder.BusyException) {
            line.getErr().println("gatewright: " + e.getMessage() + "; wait for it, or start a run of another id");
        } else if (e instanceof StageFailedException failed) {
            line.getErr().println("gatewright: " + failed.getMessage() + "; " + failed.next());
        } else {
            line.getErr().println("gatewright: " + Mishap.sentence(e));
        }
        return ExitCode.NOT_JUDGED.code();
    }
}
