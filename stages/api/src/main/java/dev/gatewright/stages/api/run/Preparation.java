// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.run;

import dev.gatewright.stages.api.StageFailedException;
import dev.gatewright.stages.api.StageRequest;
import dev.gatewright.stages.api.process.CommandEnd;
import dev.gatewright.stages.api.process.UserCommand;
import dev.gatewright.stages.api.spec.DataSection;
import dev.gatewright.stages.api.spec.PrepareSection;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lets the command of a data set write its rows, before a stage reads them. */
public final class Preparation {
    private final String name;
    private final DataSection data;
    private final PrepareSection prepare;
    private final StageRequest request;

    private Preparation(String name, DataSection data, PrepareSection prepare, StageRequest request) {
        this.name = name;
        this.data = data;
        this.prepare = prepare;
        this.request = request;
    }

    /**
     * Runs the command of the data set {@code name}, if it has one: what lay at its path is moved aside first, and the command
     * must write it anew. Its output is kept in the stage's folder as {@code prepare-<name>.log}.
     *
     * @throws StageFailedException if it fails, runs too long, or does not write the path
     * @throws InterruptedException if the thread was interrupted; the command was ended
     */
    public static void run(String name, StageRequest request) throws InterruptedException {
        DataSection data = request.spec().data().get(name);
        PrepareSection prepare = data == null ? null : data.prepare();
        if (data == null || prepare == null) {
            return;
        }
        Preparation preparation = new Preparation(name, data, prepare, request);
        try {
            preparation.run();
        } catch (IOException | IllegalStateException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException(e.getMessage());
            }
            throw preparation.failed("could not be run: " + e.getMessage(), e);
        }
    }

    private void run() throws IOException, InterruptedException {
        String logName = "prepare-" + URLEncoder.encode(name, StandardCharsets.UTF_8) + ".log";
        Path log = request.folder().resolve(logName);
        DeclaredOutputs outputs =
                new DeclaredOutputs(List.of(data.path().value()), request.spec().folder(), "preparation");
        try (DeclaredOutputs.Held held = outputs.hold()) {
            held.moveAside(request.folder().resolve("previous"));
            FileTime start = Files.getLastModifiedTime(Files.write(log, new byte[0]));
            request.progress().step("preparing " + name + ": " + CommandEnd.shown(prepare.run()));
            CommandEnd end = execute(log);
            if (!end.exited()) {
                throw failed("was ended because it ran longer than its time-limit", null);
            }
            Optional<String> wrong =
                    end.exitCode() == 0 ? outputs.missing(start) : Optional.of(end.sentence(prepare.run(), logName));
            if (wrong.isPresent()) {
                throw failed("failed: " + wrong.get(), null);
            }
        }
    }

    private CommandEnd execute(Path log) throws IOException, InterruptedException {
        CommandEnd.LastLine last = new CommandEnd.LastLine();
        Duration limit = prepare.timeLimit();
        int exitCode;
        try (UserCommand command =
                UserCommand.start(prepare.run(), request.spec().folder(), Map.of(), log, line -> {
                    last.take(line);
                    request.progress().output(line);
                })) {
            if (!command.awaitEnd(limit == null ? Duration.ofDays(1000) : limit)) {
                return CommandEnd.outOfTime();
            }
            exitCode = command.exitCode();
        }
        // Only now all its output was handed over.
        return CommandEnd.of(exitCode, last);
    }

    private StageFailedException failed(String what, @Nullable Exception cause) {
        return new StageFailedException(
                "the preparation of " + name + " " + what,
                "see to data." + name + ".prepare, and start the stage again",
                cause);
    }
}
