// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.evaluation;

import dev.gatewright.stages.api.StageFailedException;
import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.StageRequest;
import dev.gatewright.stages.api.report.Artifact;
import dev.gatewright.stages.api.report.Report;
import dev.gatewright.stages.api.spec.Placed;
import dev.gatewright.stages.api.spec.Spec;
import dev.gatewright.validation.onnx.model.ModelChangedException;
import dev.gatewright.validation.onnx.model.ModelFile;
import dev.gatewright.validation.onnx.model.RefusedModelException;
import dev.gatewright.validation.onnx.model.SafetyLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The model on its way through a run: the one that the nearest earlier stage wrote, else the one at the spec's path. It is the
 * very model that the stages before it wrote and judged, or none at all.
 *
 * @param writtenBy the stage that wrote it; none where it was there before the run
 */
public record ModelOfRun(ModelFile file, @Nullable StageName writtenBy) {
    /** What a model is called among the inputs and outputs of a stage. */
    public static final String NAME = "model";

    /**
     * The model that a stage takes.
     *
     * @throws StageFailedException if there is none, it cannot be read, or its digest is not the one that an earlier stage wrote
     *     or judged
     * @throws InterruptedException if the thread was interrupted while a file was read
     */
    public static ModelOfRun of(StageRequest stage) throws InterruptedException {
        List<Report> nearestFirst = new ArrayList<>(stage.earlier());
        Collections.reverse(nearestFirst);
        for (Report earlier : nearestFirst) {
            Optional<Artifact> written = earlier.outputs().stream()
                    .filter(output -> output.name().equals(NAME))
                    .findFirst();
            if (written.isPresent()) {
                ModelFile file = open(stage.spec().resolve(Path.of(written.get().path())));
                if (!isSame(file, written.get(), stage.spec())) {
                    throw DigestChain.changed(earlier, written.get(), file.digest());
                }
                return judged(new ModelOfRun(file, earlier.stage()), stage);
            }
        }
        Placed<Path> path = stage.spec().model().path();
        if (path == null) {
            throw new StageFailedException(
                    "no stage of this run has written a model, and model.path names none",
                    "write model.path, or a stage that makes the model",
                    null);
        }
        return judged(new ModelOfRun(open(stage.spec().resolve(path.value())), null), stage);
    }

    private static ModelOfRun judged(ModelOfRun model, StageRequest stage) throws InterruptedException {
        DigestChain.verify(stage, List.of(model.artifact(stage.spec())));
        return model;
    }

    /** A training does not know which of its files make a model: it has written down the digest of the main file alone. */
    private static boolean isSame(ModelFile file, Artifact written, Spec spec) throws InterruptedException {
        try {
            return written.sha256().equals(file.digest())
                    || written.sha256()
                            .equals(Artifact.of(NAME, file.path(), spec.folder())
                                    .sha256());
        } catch (IOException e) {
            DigestChain.throwIfInterrupted(e);
            throw new StageFailedException(file.path() + " cannot be read: " + e.getMessage(), "look at the file", e);
        }
    }

    /** As a report names it, digest included. */
    public Artifact artifact(Spec spec) {
        return artifact(file, spec);
    }

    /** A model as a report names it: by its main file, with the size and the digest of all its files. */
    public static Artifact artifact(ModelFile file, Spec spec) {
        return new Artifact(
                NAME,
                Artifact.shown(file.path(), spec.folder()),
                file.description().bytes(),
                file.digest());
    }

    /**
     * The model at {@code path}, checked.
     *
     * @throws StageFailedException if it cannot be read, or must not reach native code
     * @throws InterruptedException if the thread was interrupted while a file was read
     */
    public static ModelFile open(Path path) throws InterruptedException {
        try {
            ModelFile file = ModelFile.open(path, SafetyLimits.strict());
            file.digest();
            return file;
        } catch (RefusedModelException | ModelChangedException e) {
            DigestChain.throwIfInterrupted(e);
            throw new StageFailedException(String.valueOf(e.getMessage()), "mend that and start the stage again", e);
        }
    }
}
