// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.run;

import dev.gatewright.stages.api.Installation;
import dev.gatewright.stages.api.Secrets;
import dev.gatewright.stages.api.StageFailedException;
import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.StageOutcome;
import dev.gatewright.stages.api.StageRequest;
import dev.gatewright.stages.api.json.CanonicalJson;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.progress.Progress;
import dev.gatewright.stages.api.report.Report;
import dev.gatewright.stages.api.report.ReportWriter;
import dev.gatewright.stages.api.report.RunDocument;
import dev.gatewright.stages.api.report.Status;
import dev.gatewright.stages.api.spec.Spec;
import dev.gatewright.stages.api.spec.StagePlan;
import dev.gatewright.validation.metrics.gate.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs the stages of a spec, one by one, so that a report is written whatever happens.
 *
 * <p>Before a stage does anything, its old report is replaced by one that says {@code NOT_EVALUATED: started, not finished}.
 * A stage starts only if every stage before it in the spec has passed in this run, by a report that is intact and is the one
 * that the run's document names.
 */
public final class Run {
    private final Spec spec;
    private final RunFolder folder;
    private final Source source;
    private final Json.Obj host;
    private final Installation installation;
    private final Secrets secrets;
    private final int threads;
    private final Clock clock;
    private final Progress progress;
    private RunDocument document;

    private Run(
            Spec spec,
            RunFolder folder,
            RunDocument document,
            Source source,
            Json.Obj host,
            Installation installation,
            Secrets secrets,
            int threads,
            Clock clock,
            Progress progress) {
        this.spec = spec;
        this.folder = folder;
        this.document = document;
        this.source = source;
        this.host = host;
        this.installation = installation;
        this.secrets = secrets;
        this.threads = threads;
        this.clock = clock;
        this.progress = progress;
    }

    /** A run cannot be continued; the message says what changed since. */
    public static final class ChangedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        ChangedException(String message) {
            super(message);
        }
    }

    /**
     * Starts a run in {@code folder}, or continues the one that is there.
     *
     * @throws ChangedException if it is there and was begun with another spec or commit
     */
    public static Run open(
            Spec spec,
            RunFolder folder,
            Source source,
            Json.Obj host,
            Installation installation,
            Secrets secrets,
            int threads,
            Clock clock,
            Progress progress)
            throws IOException {
        String runId = Objects.requireNonNull(folder.path().getFileName()).toString();
        List<RunDocument.Entry> pending = new ArrayList<>();
        spec.stages()
                .forEach(plan ->
                        pending.add(RunDocument.Entry.pending(plan.stage().name())));
        String commit = source.commit().orElse(null);
        Optional<RunDocument> begun = folder.run();
        if (begun.isPresent()) {
            refuse(runId, "run id", begun.get().runId(), runId);
            refuse(runId, "spec", begun.get().specDigest(), spec.digest());
            refuse(runId, "commit", begun.get().commit(), commit);
        }
        RunDocument document = begun.orElseGet(() -> new RunDocument(runId, spec.digest(), commit, pending));
        Run run = new Run(spec, folder, document, source, host, installation, secrets, threads, clock, progress);
        folder.write(document);
        return run;
    }

    private static void refuse(String runId, String what, @Nullable String then, @Nullable String now) {
        if (!Objects.equals(then, now)) {
            throw new ChangedException("run " + runId + " was begun with another " + what + " (" + then + ", now " + now
                    + "): start a new run");
        }
    }

    /** Where the run stands. */
    public RunDocument document() {
        return document;
    }

    /** Runs all stages in order, until one does not pass; those after it are marked as not started. */
    public RunDocument runAll() throws IOException, InterruptedException {
        for (StagePlan<?> plan : spec.stages()) {
            run(plan);
        }
        return document;
    }

    /** Runs one stage, if all before it have passed. */
    public <S> Report run(StagePlan<S> plan) throws IOException, InterruptedException {
        StageName stage = plan.stage().name();
        ReportWriter writer = new ReportWriter(
                stage, document.runId(), spec.file().toString(), spec.digest(), source.facts(), host, clock.instant());
        forgetLaterStages(stage);
        List<Report> earlier = new ArrayList<>();
        for (StagePlan<?> before : spec.stages()) {
            StageName name = before.stage().name();
            if (name.compareTo(stage) >= 0) {
                break;
            }
            String obstacle = obstacle(name, earlier);
            if (obstacle != null) {
                StageName stopper =
                        document.entry(name).map(RunDocument.Entry::stoppedBy).orElse(name);
                return record(writer.notStarted(stopper, obstacle));
            }
        }
        record(writer.started());
        return record(judge(plan, writer, earlier));
    }

    private <S> Report judge(StagePlan<S> plan, ReportWriter writer, List<Report> earlier)
            throws IOException, InterruptedException {
        StageRequest request = new StageRequest(
                spec,
                document.runId(),
                folder.stage(plan.stage().name()),
                earlier,
                installation,
                secrets,
                threads,
                clock,
                progress);
        try {
            StageOutcome outcome = plan.stage().run(plan.section(), request);
            Report report = writer.done(clock.instant(), outcome);
            return report.verdict().equals(Optional.of(Verdict.NOT_EVALUATED)) && Thread.interrupted()
                    ? interrupted(writer, new InterruptedException("interrupted while it judged"))
                    : report;
        } catch (InterruptedException e) {
            return interrupted(writer, e);
        } catch (StageFailedException e) {
            if (Thread.interrupted()) {
                return interrupted(writer, new InterruptedException(String.valueOf(e.getMessage())));
            }
            return writer.failed(clock.instant(), String.valueOf(e.getMessage()), e.next(), trace(e));
        } catch (Throwable e) {
            if (Thread.interrupted()) {
                return interrupted(writer, new InterruptedException(e.toString()));
            }
            String why = "an unexpected error ended it: " + e;
            return writer.failed(clock.instant(), why, "report this with the stack trace in report.json", trace(e));
        }
    }

    /**
     * Leaves the report of a stage that was told to end. A thread that is interrupted finds its files closed, so what a stage
     * failed of meanwhile is no fault of the files: whatever it says, it was interrupted.
     */
    private Report interrupted(ReportWriter writer, InterruptedException e) throws IOException, InterruptedException {
        record(writer.failed(clock.instant(), "it was interrupted", "start it again", null));
        throw e;
    }

    /** Why a stage cannot be built on; null where it passed, and then its report is added to {@code earlier}. */
    private @Nullable String obstacle(StageName name, List<Report> earlier) {
        RunDocument.Entry entry = document.entry(name).orElse(RunDocument.Entry.pending(name));
        if (entry.status() != Status.DONE || entry.verdict() != Verdict.PASSED) {
            String state = entry.verdict() == null ? "has not run" : "is " + entry.verdict();
            return name.spelling() + " " + state + " in run " + document.runId();
        }
        try {
            Optional<Report> report = folder.report(name);
            if (report.isEmpty()) {
                return "the report of " + name.spelling() + " is gone";
            }
            boolean same = report.get().isIntact()
                    && report.get().runId().equals(document.runId())
                    && report.get().verdict().equals(Optional.of(Verdict.PASSED))
                    && CanonicalJson.sha256(report.get().document()).equals(entry.reportDigest());
            if (!same) {
                return "the report of " + name.spelling() + " is not the one that it left in run " + document.runId();
            }
            earlier.add(report.get());
            return null;
        } catch (IOException e) {
            return "the report of " + name.spelling() + " cannot be read: " + e.getMessage();
        }
    }

    /** What was judged on an older result of {@code stage} is no evidence any more. */
    private void forgetLaterStages(StageName stage) throws IOException {
        RunDocument changed = document;
        for (RunDocument.Entry entry : document.stages()) {
            RunDocument.Entry pending = RunDocument.Entry.pending(entry.stage());
            if (entry.stage().compareTo(stage) > 0 && !entry.equals(pending)) {
                Files.deleteIfExists(folder.stage(entry.stage()).resolve(Report.FILE_NAME));
                changed = changed.with(pending);
            }
        }
        if (!changed.equals(document)) {
            document = changed;
            folder.write(document);
        }
    }

    private Report record(Report report) throws IOException {
        folder.write(report);
        document = document.with(RunDocument.Entry.of(report));
        folder.write(document);
        return report;
    }

    private static String trace(Throwable e) {
        StringWriter text = new StringWriter();
        e.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
