// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.traingate;

import dev.gatewright.stages.api.process.CommandEnd;
import dev.gatewright.stages.api.process.UserCommand;
import dev.gatewright.stages.api.progress.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs the command that trains, and ends it early when a rule is already lost. */
final class Training {
    private static final Duration LOOK = Duration.ofMillis(200);
    /** How much more time the training has than each look at its numbers takes. */
    private static final int PATIENCE = 20;

    private final TrainGateSection section;
    private final Path specFolder;
    private final Path folder;
    private final MetricsSource.Opened source;
    private final TrainingJudge judge;
    private final Progress progress;

    /** Runs it in {@code specFolder}, and keeps its output in the stage's {@code folder}. */
    Training(
            TrainGateSection section,
            Path specFolder,
            Path folder,
            MetricsSource.Opened source,
            TrainingJudge judge,
            Progress progress) {
        this.section = section;
        this.specFolder = specFolder;
        this.folder = folder;
        this.source = source;
        this.judge = judge;
        this.progress = progress;
    }

    /** How the command ended. */
    sealed interface End {
        /** By itself. */
        record Exited(CommandEnd end) implements End {}

        /** It was ended because it ran longer than its time limit. */
        record OutOfTime(Duration limit) implements End {}

        /** It was ended early for {@code lost}, which rests on {@code numbers}. */
        record Early(TrainingJudge.Lost lost, TrainingNumbers numbers) implements End {}
    }

    /** Returns when the command and all that it started have ended. */
    End run() throws IOException, InterruptedException {
        CommandEnd.LastLine output = new CommandEnd.LastLine();
        try {
            return watch(output);
        } catch (IllegalStateException e) {
            // Its output cannot be kept, or one of its processes does not end.
            throw new IOException(e.getMessage(), e);
        }
    }

    private End watch(CommandEnd.LastLine output) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Duration limit = section.timeLimit();
        int exitCode;
        try (UserCommand command = UserCommand.start(
                commandLine(), specFolder, environment(), folder.resolve(Conclusion.LOG), line -> take(line, output))) {
            Watch watch = new Watch();
            Duration pause = LOOK;
            while (!command.awaitEnd(pause)) {
                long now = System.nanoTime();
                Duration took = Duration.ofNanos(now - start);
                if (limit != null && took.compareTo(limit) > 0) {
                    return new End.OutOfTime(limit);
                }
                TrainingJudge.Lost lost = watch.look();
                if (lost != null) {
                    return new End.Early(lost, watch.numbers);
                }
                Duration patience = Duration.ofNanos((System.nanoTime() - now) * PATIENCE);
                pause = patience.compareTo(LOOK) > 0 ? patience : LOOK;
                Duration left = limit == null ? pause : limit.minus(took).plusMillis(1);
                pause = left.compareTo(pause) < 0 ? left : pause;
            }
            exitCode = command.exitCode();
        }
        // Only now all its output was handed over.
        return new End.Exited(CommandEnd.of(exitCode, output));
    }

    private String commandLine() throws IOException {
        Optional<String> python = PythonPackages.interpreter(section);
        return Notebook.is(section.run()) && python.isPresent()
                ? Notebook.commandLine(section.run(), python.get(), folder)
                : section.run();
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(source.environment());
        environment.putAll(section.environment());
        return environment;
    }

    private void take(String line, CommandEnd.LastLine output) {
        output.take(line);
        source.printed(line);
        progress.output(line);
    }

    /** Looks at the numbers each time that they may have changed. */
    private final class Watch {
        private @Nullable Object seen;
        private TrainingNumbers numbers = TrainingNumbers.none();

        TrainingJudge.@Nullable Lost look() throws InterruptedException {
            try {
                Object state = source.state();
                if (state.equals(seen)) {
                    return null;
                }
                seen = state;
                int before = numbers.epochs();
                numbers = source.read(true);
                // A source with one value of each is often no log: it says nothing of epochs.
                if (numbers.epochs() > Math.max(before, 1)) {
                    progress.step("training: " + numbers.epochs() + " epochs");
                }
                return judge.lost(numbers).orElse(null);
            } catch (IOException e) {
                // Not written yet, or half written: the next look, or the end, will tell.
                return null;
            }
        }
    }
}
