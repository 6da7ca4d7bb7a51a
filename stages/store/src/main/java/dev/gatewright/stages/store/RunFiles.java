// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.store;

import dev.gatewright.stages.api.StageFailedException;
import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.json.CanonicalJson;
import dev.gatewright.stages.api.report.Artifact;
import dev.gatewright.stages.api.report.Report;
import dev.gatewright.stages.api.report.RunDocument;
import dev.gatewright.stages.api.report.Status;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The files of a run that travel: its document, its reports, what its stages left, and the model that they judged; each file held
 * against the report that names it. Data never travel, nor do logs and pages: the one may not leave, the others tell nothing that
 * the reports do not.
 *
 * @param files by their paths from the spec's folder
 * @param models of main files of models, their files from the model's folder
 * @param leftBehind what reports name and what does not travel, each path with the reason
 */
record RunFiles(
        RunDocument run,
        SortedMap<String, Shelf.Content> files,
        SortedMap<String, List<String>> models,
        SortedMap<String, String> leftBehind) {
    /** What a model is called among the inputs and outputs of a stage, and what a source model is. */
    private static final String MODEL = "model";

    private static final String SOURCE = "source";

    /**
     * The files of the run {@code runId} on {@code shelf}.
     *
     * @throws StageFailedException if a report or a file is not what the run left
     */
    static RunFiles of(Shelf shelf, String runId) throws IOException {
        return new Collector(shelf, new RunPaths(runId)).collect();
    }

    private static final class Collector {
        private final Shelf shelf;
        private final RunPaths paths;
        private final SortedMap<String, Shelf.Content> files = new TreeMap<>();
        private final SortedMap<String, List<String>> models = new TreeMap<>();
        private final SortedMap<String, String> leftBehind = new TreeMap<>();

        Collector(Shelf shelf, RunPaths paths) {
            this.shelf = shelf;
            this.paths = paths;
        }

        RunFiles collect() throws IOException {
            RunDocument run = RunDocument.read(shelf.document(paths.document()));
            if (!run.runId().equals(paths.runId())) {
                throw changed(paths.document(), "run " + run.runId());
            }
            add(paths.document());
            List<Report> done = new ArrayList<>();
            for (RunDocument.Entry entry : run.stages()) {
                report(entry, run.runId()).ifPresent(done::add);
            }
            Set<String> data = data(done);
            for (Report report : done) {
                for (Artifact output : report.outputs()) {
                    if (!paths.isOfRun(output.path()) && isData(output, data)) {
                        leftBehind.put(output.path(), "it holds data, which stay where they are");
                    } else {
                        take(output, report.stage(), false);
                    }
                }
                for (Artifact input : report.inputs()) {
                    if (input.name().equals(MODEL)) {
                        take(input, report.stage(), true);
                    }
                }
            }
            leftBehind.keySet().removeAll(files.keySet());
            return new RunFiles(run, files, models, leftBehind);
        }

        /** The report of a stage, which travels if it is there; given where it is done, and then it is the one that it left. */
        private Optional<Report> report(RunDocument.Entry entry, String runId) throws IOException {
            String path = paths.report(entry.stage());
            boolean isDone = entry.status() == Status.DONE;
            if (!shelf.hasFile(path)) {
                if (isDone) {
                    throw changed(path, entry.stage().spelling());
                }
                return Optional.empty();
            }
            Report report = Report.read(shelf.document(path));
            boolean fits = report.stage() == entry.stage() && report.runId().equals(runId);
            if (!fits
                    || (isDone
                            && (!report.isIntact()
                                    || !CanonicalJson.sha256(report.document()).equals(entry.reportDigest())))) {
                throw changed(path, entry.stage().spelling());
            }
            add(path);
            return isDone ? Optional.of(report) : Optional.empty();
        }

        /** Paths and digests of what was read and is no model: the rows, in whichever form. */
        private static Set<String> data(List<Report> done) {
            Set<String> data = new HashSet<>();
            for (Report report : done) {
                for (Artifact input : report.inputs()) {
                    if (!input.name().equals(MODEL) && !input.name().equals(SOURCE)) {
                        data.add(input.path());
                        data.add(input.sha256());
                    }
                }
            }
            return data;
        }

        private static boolean isData(Artifact output, Set<String> data) {
            return data.contains(output.sha256())
                    || data.stream()
                            .anyMatch(path -> path.equals(output.path())
                                    || path.startsWith(output.path() + "/")
                                    || output.path().startsWith(path + "/"));
        }

        private void take(Artifact artifact, StageName stage, boolean isModel) throws IOException {
            String path = artifact.path();
            Optional<String> obstacle = paths.obstacle(path);
            if (obstacle.isEmpty() && !shelf.hasFile(path) && shelf.below(path).isEmpty()) {
                obstacle = Optional.of("it is not there");
            }
            if (obstacle.isEmpty()) {
                Members members =
                        Members.of(artifact, shelf, isModel).orElseThrow(() -> changed(path, stage.spelling()));
                obstacle = members.paths().stream()
                        .map(paths::obstacle)
                        .flatMap(Optional::stream)
                        .findFirst();
                if (obstacle.isEmpty()) {
                    for (String member : members.paths()) {
                        add(member);
                    }
                    if (!members.modelFiles().isEmpty()) {
                        models.put(path, members.modelFiles());
                    }
                }
            }
            obstacle.ifPresent(reason -> leftBehind.put(path, reason));
        }

        private void add(String path) throws IOException {
            if (!files.containsKey(path)) {
                files.put(path, shelf.content(path));
            }
        }

        private static StageFailedException changed(String path, String left) {
            return new StageFailedException(
                    path + " is not the file of " + left + " any more",
                    "start the stage again, or a new run: what is not what was judged does not travel",
                    null);
        }
    }
}
