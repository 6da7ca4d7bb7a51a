// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.github;

import dev.gatewright.stages.api.host.Host;
import dev.gatewright.stages.api.host.HostResult;
import dev.gatewright.stages.api.report.Report;
import dev.gatewright.stages.api.spec.Problem;
import dev.gatewright.stages.api.spec.Spec;
import dev.gatewright.stages.cli.Surroundings;
import dev.gatewright.validation.metrics.gate.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A step of a GitHub workflow in which the program runs. */
public final class GitHubStep {
    /** A runner refuses a larger one, and then shows nothing. */
    private static final long LARGEST_SUMMARY = 1 << 20;

    private final StepLog log;
    private final Surroundings surroundings;
    private final boolean isOnRunner;

    /** The step in which {@code outer} surrounds the program; there may be none. */
    public GitHubStep(Surroundings outer) {
        this.isOnRunner = outer.isSet("GITHUB_ACTIONS") || outer.isSet("GITHUB_OUTPUT");
        this.log = new StepLog(outer);
        this.surroundings = isOnRunner ? log.surroundings() : outer;
    }

    /** Whether a command line says that an action calls. */
    public static boolean calls(String... arguments) {
        String option = "--host";
        String name = Host.GITHUB_ACTIONS.spelling();
        List<String> options = Arrays.asList(arguments);
        int end = options.indexOf("--");
        options = options.subList(0, end < 0 ? options.size() : end);
        int at = options.indexOf(option);
        return options.contains(option + "=" + name)
                || (at >= 0 && at + 1 < options.size() && options.get(at + 1).equals(name));
    }

    /** What the program prints to: on a runner, where no text that is printed can be a command to it. */
    public Surroundings surroundings() {
        return surroundings;
    }

    /** Refuses to begin what could not be told afterwards. */
    public void refuseUnlessItCanTell() {
        StepFile outputs = file("GITHUB_OUTPUT");
        if (!outputs.isWritable()) {
            throw outputs.unwritable(null);
        }
    }

    /**
     * Tells what a run, or a stage of it, came to. The outputs are last, so that where something of it fails there is no verdict.
     *
     * @param reports those that the result is of
     * @param summary the same as Markdown
     */
    public void tell(HostResult result, Spec spec, List<Report> reports, String summary) throws IOException {
        Annotations annotations = new Annotations(workspace());
        reports.forEach(report -> annotations.add(report, spec));
        if (result.verdict() != Verdict.PASSED && !annotations.hasError()) {
            annotations.error(String.valueOf(result.verdict()), Optional.empty(), result.why());
        }
        summarize(summary);
        log.tell(annotations.all());
        file("GITHUB_OUTPUT").add(StepFile.outputs(result));
    }

    /**
     * Tells that nothing was judged.
     *
     * @param why in a sentence
     * @param problems what is wrong with the request, if that is why
     */
    public void tellNothingWasJudged(String why, List<Problem> problems) {
        Annotations annotations = new Annotations(workspace());
        problems.forEach(annotations::add);
        if (problems.isEmpty()) {
            annotations.error("Nothing was judged", Optional.empty(), why);
        }
        log.tell(annotations.all());
        file("GITHUB_OUTPUT").add(StepFile.outputs(HostResult.notEvaluated("", why)));
    }

    private void summarize(String summary) throws IOException {
        if (!surroundings.isSet("GITHUB_STEP_SUMMARY")) {
            return; // servers that are older than summaries
        }
        StepFile file = file("GITHUB_STEP_SUMMARY");
        if (!file.isWritable()) {
            throw file.unwritable(null);
        }
        if (file.bytes() + summary.getBytes(StandardCharsets.UTF_8).length <= LARGEST_SUMMARY) {
            file.add(summary);
        }
    }

    private Path workspace() {
        String workspace = surroundings.environment().apply("GITHUB_WORKSPACE");
        return Path.of(workspace == null ? "" : workspace);
    }

    private StepFile file(String variable) {
        String path = surroundings.environment().apply(variable);
        return new StepFile(variable, Path.of(path == null ? "" : path));
    }
}
