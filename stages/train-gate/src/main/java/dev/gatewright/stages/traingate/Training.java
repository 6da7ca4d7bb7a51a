// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.traingate;

import dev.gatewright.stages.api.process.UserCommand;
import dev.gatewright.stages.api.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs the command that trains, and ends it early when a rule is already lost. */
final class Training {
    private static final Duration LOOK = Duration.ofMillis(200);

    private final TrainGateSection section;
    private final Path specFolder;
    private final Path log;
    private final TrainingJudge judge;
    private final Progress progress;

    Training(TrainGateSection section, Path specFolder, Path log, TrainingJudge judge, Progress progress) {
        this.section = section;
        this.specFolder = specFolder;
        this.log = log;
        this.judge = judge;
        this.progress = progress;
    }

    /**
     * How the command ended.
     *
     * @param exitCode none where it was ended
     * @param lost the gate for which it was ended early; none where it ended by itself or ran out of time
     * @param series the numbers on which {@code lost} rests
     */
    record End(
            @Nullable Integer exitCode,
            TrainingJudge.@Nullable Lost lost,
            Map<String, List<Double>> series,
            Duration took) {
        boolean outOfTime() {
            return exitCode == null && lost == null;
        }
    }

    End run() throws IOException, InterruptedException {
        long start = System.nanoTime();
        long limit = section.timeLimit() == null
                ? Long.MAX_VALUE
                : section.timeLimit().toNanos();
        try (UserCommand command =
                UserCommand.start(section.run(), specFolder, section.environment(), log, progress::output)) {
            Watch watch = new Watch();
            while (!command.awaitEnd(LOOK)) {
                Duration took = Duration.ofNanos(System.nanoTime() - start);
                if (took.toNanos() > limit) {
                    return new End(null, null, Map.of(), took);
                }
                TrainingJudge.Lost lost = watch.look();
                if (lost != null) {
                    return new End(null, lost, watch.series, took);
                }
            }
            return new End(command.exitCode(), null, Map.of(), Duration.ofNanos(System.nanoTime() - start));
        }
    }

    /** Looks at the file with the numbers each time that it has changed. */
    private final class Watch {
        private final Path file = specFolder.resolve(section.metrics().value());
        private List<Object> seen = List.of();
        private Map<String, List<Double>> series = Map.of();

        TrainingJudge.@Nullable Lost look() {
            try {
                List<Object> state = List.of(Files.size(file), Files.getLastModifiedTime(file));
                if (state.equals(seen)) {
                    return null;
                }
                seen = state;
                series = MetricsFile.read(file, true);
                progress.step("training: " + epochs() + " epochs");
                return judge.lost(series).orElse(null);
            } catch (IOException e) {
                // Not written yet, or half written: the next look, or the end, will tell.
                return null;
            }
        }

        private int epochs() {
            return series.values().stream().mapToInt(List::size).max().orElse(0);
        }
    }
}
