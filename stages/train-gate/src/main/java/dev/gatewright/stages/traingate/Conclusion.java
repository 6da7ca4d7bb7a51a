// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.traingate;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.report.Artifact;
import dev.gatewright.stages.api.run.DeclaredOutputs;
import dev.gatewright.stages.api.spec.Placed;
import dev.gatewright.stages.api.spec.Spec;
import dev.gatewright.validation.metrics.gate.GateResult;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a training that has ended comes to: what it wrote, and how that was judged. */
final class Conclusion {
    /** The name of the file with all that the command printed. */
    static final String LOG = "training.log";

    private final TrainGateSection section;
    private final Spec spec;
    private final DeclaredOutputs written;
    private final MetricsSource.Opened source;
    private final TrainingJudge judge;
    private List<GateResult> gates = List.of();
    private List<Artifact> outputs = List.of();
    private TrainingNumbers numbers = TrainingNumbers.none();

    Conclusion(
            TrainGateSection section,
            Spec spec,
            DeclaredOutputs written,
            MetricsSource.Opened source,
            TrainingJudge judge) {
        this.section = section;
        this.spec = spec;
        this.written = written;
        this.source = source;
        this.judge = judge;
    }

    /** Looks at what a training left that was started at {@code start} and ended so. */
    Conclusion of(Training.End end, FileTime start) throws IOException, InterruptedException {
        if (end instanceof Training.End.Early early) {
            numbers = early.numbers();
            gates = judge.judgeLost(early.lost(), numbers);
        } else if (end instanceof Training.End.OutOfTime outOfTime) {
            gates = judge.notEvaluated("the training was ended because it ran longer than its time-limit of "
                    + shown(outOfTime.limit().toMillis()));
        } else if (end instanceof Training.End.Exited exited) {
            Optional<String> missing = exited.end().exitCode() == 0
                    ? written.missing(start)
                    : Optional.of(exited.end().sentence(section.run(), LOG));
            if (missing.isPresent()) {
                gates = judge.notEvaluated(missing.get());
            } else {
                judgeNumbers();
            }
        }
        return this;
    }

    private void judgeNumbers() throws IOException, InterruptedException {
        try {
            numbers = source.read(false);
        } catch (IOException e) {
            gates = judge.notEvaluated(section.metrics().name() + " cannot be read: " + reason(e));
            return;
        }
        gates = judge.judge(numbers);
        Placed<Path> model = spec.model().path();
        outputs = written.artifacts(Optional.ofNullable(model == null ? null : model.value()));
    }

    /** The judged gates. */
    List<GateResult> gates() {
        return gates;
    }

    /** What was written, by digest. */
    List<Artifact> outputs() {
        return outputs;
    }

    /** The numbers as a report shows them: those of the gates first. */
    Json.Obj numbers() {
        return numbers.toJson(
                section.gates().stream().map(gate -> gate.measure().name()).toList());
    }

    private static String shown(long milliseconds) {
        return milliseconds % 1000 == 0 ? milliseconds / 1000 + " s" : milliseconds + " ms";
    }

    /** Why a file could not be used; some exceptions say only which file. */
    static String reason(IOException e) {
        if (e instanceof NoSuchFileException missing) {
            return "there is no " + missing.getFile();
        }
        if (e instanceof AccessDeniedException denied) {
            return denied.getFile() + " may not be read or written by this user";
        }
        if (e instanceof FileAlreadyExistsException file) {
            return file.getFile() + " is in the way";
        }
        @Nullable String message = e.getMessage();
        return message == null ? e.toString() : message;
    }
}
