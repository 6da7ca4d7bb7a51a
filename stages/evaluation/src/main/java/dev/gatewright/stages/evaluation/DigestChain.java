// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.evaluation;

import dev.gatewright.stages.api.StageFailedException;
import dev.gatewright.stages.api.StageRequest;
import dev.gatewright.stages.api.report.Artifact;
import dev.gatewright.stages.api.report.Report;
import dev.gatewright.stages.api.spec.Spec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a stage judges is what the stages before it in the run read and left, file by file. */
public final class DigestChain {
    private DigestChain() {}

    /**
     * Refuses inputs that an earlier stage of the run read or wrote with another digest, and outputs of one that are not there
     * any more as they were left.
     *
     * @throws StageFailedException naming the file, the stage, and both digests
     * @throws InterruptedException if the thread was interrupted while a file was read
     */
    public static void verify(StageRequest stage, List<Artifact> inputs) throws InterruptedException {
        verifyInputs(stage, inputs);
        for (Report earlier : stage.earlier()) {
            for (Artifact left : earlier.outputs()) {
                String now = digest(left, stage.spec());
                if (!now.equals(left.sha256())) {
                    throw changed(earlier, left, now);
                }
            }
        }
    }

    /** As {@link #verify}, for what was read alone; no file is read again. */
    static void verifyInputs(StageRequest stage, List<Artifact> inputs) {
        for (Report earlier : stage.earlier()) {
            for (Artifact input : inputs) {
                for (Artifact seen : earlier.inputs()) {
                    if (seen.path().equals(input.path()) && !seen.sha256().equals(input.sha256())) {
                        throw changed(earlier, seen, input.sha256());
                    }
                }
            }
        }
    }

    /** A file's digest now, as the artifact was digested: a model with external data by all its files, others by their bytes. */
    private static String digest(Artifact left, Spec spec) throws InterruptedException {
        Path file = spec.resolve(Path.of(left.path()));
        try {
            if (!Files.exists(file)) {
                return "gone";
            }
            String ofFile = Artifact.of(left.name(), file, spec.folder()).sha256();
            return ofFile.equals(left.sha256()) || !left.name().equals(ModelOfRun.NAME)
                    ? ofFile
                    : ModelOfRun.open(file).digest();
        } catch (IOException e) {
            throwIfInterrupted(e);
            throw new StageFailedException(file + " cannot be read: " + e.getMessage(), "look at the file", e);
        }
    }

    /** A thread that is interrupted while it reads finds its file closed: that is no failure of the file. */
    static void throwIfInterrupted(Exception e) throws InterruptedException {
        if (Thread.interrupted()) {
            InterruptedException interrupted = new InterruptedException("interrupted while files were read");
            interrupted.initCause(e);
            throw interrupted;
        }
    }

    static StageFailedException changed(Report earlier, Artifact then, String now) {
        return new StageFailedException(
                then.path() + " is not the file of " + earlier.stage().spelling() + " any more: its digest was "
                        + then.sha256() + " and is " + now,
                "start a new run",
                null);
    }
}
