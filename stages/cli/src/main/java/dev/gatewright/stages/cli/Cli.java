// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli;

import dev.gatewright.stages.api.StageFailedException;
import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.host.ExitCode;
import dev.gatewright.stages.api.run.Run;
import dev.gatewright.stages.api.run.RunFolder;
import dev.gatewright.stages.api.spec.InvalidRequestException;
import dev.gatewright.stages.api.spec.Problem;
import dev.gatewright.stages.cli.command.AbortCommand;
import dev.gatewright.stages.cli.command.DiffCommand;
import dev.gatewright.stages.cli.command.DoctorCommand;
import dev.gatewright.stages.cli.command.ExplainCommand;
import dev.gatewright.stages.cli.command.ImageCommand;
import dev.gatewright.stages.cli.command.InitCommand;
import dev.gatewright.stages.cli.command.InspectCommand;
import dev.gatewright.stages.cli.command.PackCommand;
import dev.gatewright.stages.cli.command.ReportCommand;
import dev.gatewright.stages.cli.command.ResultCommand;
import dev.gatewright.stages.cli.command.RunCommand;
import dev.gatewright.stages.cli.command.SchemaCommand;
import dev.gatewright.stages.cli.command.ServeCommand;
import dev.gatewright.stages.cli.command.StageCommand;
import dev.gatewright.stages.cli.command.StatusCommand;
import dev.gatewright.stages.cli.command.UnpackCommand;
import dev.gatewright.stages.cli.command.ValidateCommand;
import dev.gatewright.stages.cli.command.VersionCommand;
import dev.gatewright.stages.cli.github.GitHubStep;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
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
    /** More than anyone mends in one go; a hostile spec has more problems than a log has lines. */
    private static final int MOST_PROBLEMS = 50;

    @Option(names = "--debug", scope = CommandLine.ScopeType.INHERIT, description = "Shows stack traces of errors.")
    private boolean debug;

    @Spec
    private @Nullable CommandSpec command;

    private final Program program;
    private final boolean isCalledByAction;

    private Cli(Program program, boolean isCalledByAction) {
        this.program = program;
        this.isCalledByAction = isCalledByAction;
    }

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
        if (HelpPage.isAskedFor(arguments)) {
            HelpPage.print(surroundings.out());
            return ExitCode.PASSED.code();
        }
        return commandLine(arguments, surroundings).execute(arguments);
    }

    /** The command line that reads {@code arguments}. */
    static CommandLine commandLine(String[] arguments, Surroundings surroundings) {
        Program program = new Program(surroundings);
        Cli root = new Cli(program, GitHubStep.calls(arguments));
        CommandLine cli = new CommandLine(root);
        // First: what is set below reaches the subcommands that are there.
        addCommands(cli, program, arguments);
        cli.setExpandAtFiles(false); // else the name of a spec could bring arguments along
        cli.setOut(new PrintWriter(program.surroundings().out(), true, StandardCharsets.UTF_8));
        cli.setErr(new PrintWriter(program.surroundings().err(), true, StandardCharsets.UTF_8));
        cli.setColorScheme(CommandLine.Help.defaultColorScheme(
                surroundings.hasColour() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        cli.setParameterExceptionHandler((e, args) -> root.wrongArguments(e));
        cli.setExecutionExceptionHandler((e, line, parsed) -> root.failed(e, line));
        return cli;
    }

    /** Adds the command that is asked for, or all, where that is not known yet: to read all of them takes long. */
    private static void addCommands(CommandLine cli, Program program, String[] arguments) {
        Map<String, Supplier<Object>> commands = commands(program);
        String asked = arguments.length == 0 ? "" : arguments[0];
        if (commands.containsKey(asked)) {
            cli.addSubcommand(asked, commands.get(asked).get());
        } else {
            commands.forEach((name, command) -> cli.addSubcommand(name, command.get()));
        }
    }

    /** Every command by its name, in the order of the help. */
    private static Map<String, Supplier<Object>> commands(Program program) {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("run", () -> new RunCommand(program));
        for (StageName stage : Program.STAGES) {
            commands.put(stage.spelling(), () -> stageCommand(program, stage));
        }
        commands.put("init", () -> new InitCommand(program));
        commands.put("validate", () -> new ValidateCommand(program));
        commands.put("inspect", () -> new InspectCommand(program));
        commands.put("explain", () -> new ExplainCommand(program));
        commands.put("serve", () -> new ServeCommand(program));
        commands.put("status", () -> new StatusCommand(program));
        commands.put("abort", () -> new AbortCommand(program));
        commands.put("report", () -> new ReportCommand(program));
        commands.put("result", () -> new ResultCommand(program));
        commands.put("pack", () -> new PackCommand(program));
        commands.put("unpack", () -> new UnpackCommand(program));
        commands.put("image", () -> new ImageCommand(program));
        commands.put("diff", () -> new DiffCommand(program));
        commands.put("schema", () -> new SchemaCommand(program));
        commands.put("doctor", () -> new DoctorCommand(program));
        commands.put("version", () -> new VersionCommand(program));
        return commands;
    }

    private static CommandSpec stageCommand(Program program, StageName stage) {
        CommandSpec command = CommandSpec.forAnnotatedObject(new StageCommand(program, stage));
        command.usageMessage().description("Runs the stage " + stage.spelling() + " of a spec.");
        return command;
    }

    private int wrongArguments(ParameterException e) {
        CommandLine line = e.getCommandLine();
        line.getErr().println("gatewright: " + e.getMessage());
        String name = line.getCommandSpec().qualifiedName();
        line.getErr().println("Try '" + name + " --help'.");
        return refused(ExitCode.WRONG_REQUEST, String.valueOf(e.getMessage()), List.of(), line);
    }

    private int failed(Exception e, CommandLine line) {
        if (debug) {
            e.printStackTrace(line.getErr());
        }
        if (e instanceof InvalidRequestException invalid) {
            int count = invalid.problems().size();
            invalid.problems().stream().limit(MOST_PROBLEMS).forEach(line.getErr()::println);
            String problems = count + (count == 1 ? " problem" : " problems");
            String above = count > MOST_PROBLEMS ? ", the first " + MOST_PROBLEMS + " above" : "";
            line.getErr().println("gatewright: " + problems + above + "; nothing was started");
            return refused(ExitCode.WRONG_REQUEST, problems + " of the request", invalid.problems(), line);
        }
        if (e instanceof Run.ChangedException) {
            return refused(ExitCode.WRONG_REQUEST, String.valueOf(e.getMessage()), line);
        }
        if (e instanceof InterruptedException) {
            return refused(ExitCode.INTERRUPTED, "interrupted", line);
        }
        if (e instanceof RunFolder.BusyException) {
            return refused(ExitCode.NOT_JUDGED, e.getMessage() + "; wait for it, or start a run of another id", line);
        }
        if (e instanceof StageFailedException failed) {
            return refused(ExitCode.NOT_JUDGED, failed.getMessage() + "; " + failed.next(), line);
        }
        return refused(ExitCode.NOT_JUDGED, Mishap.sentence(e), line);
    }

    private int refused(ExitCode code, String why, CommandLine line) {
        line.getErr().println("gatewright: " + why);
        return refused(code, why, List.of(), line);
    }

    /** Tells the host too, whose outputs would else be those of nobody. */
    private int refused(ExitCode code, String why, List<Problem> problems, CommandLine line) {
        if (isCalledByAction) {
            try {
                program.gitHubStep().tellNothingWasJudged(why, problems);
            } catch (StageFailedException e) {
                line.getErr().println("gatewright: " + e.getMessage());
                return ExitCode.NOT_JUDGED.code();
            }
        }
        return code.code();
    }
}
