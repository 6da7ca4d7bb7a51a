// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.render;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A run as JUnit XML: a suite a stage, a case a gate. Every case that is no pass is a failure or an error, never skipped,
 * since hosts take a skipped case as green. A warning passes, and stands in the output of its suite.
 *
 * <p>It holds to what the schemas in use have in common: a case has at most one child, and a suite its parts in the order
 * properties, cases, output, errors.
 */
public final class JUnitRenderer {
    private static final int LONGEST_OUTPUT = 20_000;
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private JUnitRenderer() {}

    /** The document. */
    public static String render(RunView view) {
        List<Suite> suites = new ArrayList<>();
        for (StageView stage : view.stages()) {
            suites.add(suite(stage));
        }
        if (suites.isEmpty()) {
            Case none = Case.error("run", Outcome.NOT_EVALUATED.word(), "the run has no stage");
            suites.add(new Suite("run", List.of(), List.of(), List.of(none), Optional.empty(), Optional.empty()));
        }
        Markup xml = new Markup("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        xml.open(
                "testsuites",
                "name",
                "gatewright " + view.run().runId(),
                "tests",
                sum(suites, each -> true),
                "failures",
                sum(suites, Case::isFailure),
                "errors",
                sum(suites, Case::isError),
                "time",
                seconds(suites.stream()
                        .mapToDouble(suite -> suite.seconds().orElse(0.0))
                        .sum()));
        xml.line();
        for (int i = 0; i < suites.size(); i++) {
            write(xml, suites.get(i), i);
        }
        return xml.closeLine().toString();
    }

    /**
     * A case of a suite.
     *
     * @param child {@code failure} or {@code error}; none where it passed
     */
    private record Case(String name, Optional<String> child, String type, String message) {
        static Case error(String name, String type, String message) {
            return new Case(name, Optional.of("error"), type, message);
        }

        boolean isFailure() {
            return child.equals(Optional.of("failure"));
        }

        boolean isError() {
            return child.equals(Optional.of("error"));
        }
    }

    private record Suite(
            String name,
            List<String> output,
            List<String> errors,
            List<Case> cases,
            Optional<Double> seconds,
            Optional<String> started) {}

    private static Suite suite(StageView stage) {
        String name = stage.name().spelling();
        List<Case> cases = new ArrayList<>();
        stage.doubts().forEach(doubt -> cases.add(Case.error("documents agree", "NOT_EVALUATED", doubt)));
        Map<String, Integer> names = new HashMap<>();
        for (GateView gate : stage.gates()) {
            int times = names.merge(gate.name(), 1, Integer::sum);
            cases.add(gate(gate, gate.name() + (times == 1 ? "" : " (" + times + ")")));
        }
        boolean red = cases.stream().anyMatch(each -> each.child().isPresent());
        if (cases.isEmpty() || (stage.outcome() != Outcome.PASSED && !red)) {
            cases.add(Case.error(name, stage.outcome().word(), why(stage)));
        }
        List<String> output = new ArrayList<>();
        output.add(stage.headline());
        for (GateView gate : stage.gatesByUrgency()) {
            output.add(gate.outcome().word() + ": " + gate.sentence());
        }
        stage.ladder()
                .ifPresent(ladder -> ladder.rungs()
                        .forEach(form ->
                                output.add("Rung " + form.name() + ", " + form.word() + ": " + ladder.told(form))));
        stage.image().ifPresent(image -> {
            output.add("Image " + image.name());
            image.layers()
                    .forEach(
                            layer -> output.add("Layer " + layer.name() + ", " + layer.size() + ", " + layer.digest()));
            output.addAll(image.sentences());
        });
        stage.endpoint().ifPresent(endpoint -> endpoint.lines().forEach(line -> output.add("Endpoint: " + line)));
        CanaryView.of(stage.document())
                .ifPresent(canary -> canary.steps()
                        .forEach(step -> output.add(
                                "Step " + step.weight() + ", " + step.outcome().word() + ": candidate "
                                        + step.told(CanaryView.CANDIDATE) + "; stable " + step.told(CanaryView.STABLE)
                                        + (step.why().isEmpty() ? "" : "; " + step.why()))));
        List<String> errors = new ArrayList<>(stage.doubts());
        stage.cause().ifPresent(errors::add);
        stage.next().ifPresent(next -> errors.add("Next: " + next));
        return new Suite(
                name, output, errors, cases, stage.seconds(), stage.document().text("started"));
    }

    private static String why(StageView stage) {
        String next = stage.next().map(todo -> "; next: " + todo).orElse("");
        return stage.cause().orElse("the stage came to " + stage.headline()) + next;
    }

    private static Case gate(GateView gate, String name) {
        return switch (gate.outcome()) {
            case PASSED, WARNING -> new Case(name, Optional.empty(), "", "");
            case FAILED, INCONCLUSIVE ->
                new Case(name, Optional.of("failure"), gate.outcome().word(), gate.sentence());
            default -> Case.error(name, Outcome.NOT_EVALUATED.word(), gate.sentence());
        };
    }

    private static void write(Markup xml, Suite suite, int id) {
        List<Suite> alone = List.of(suite);
        xml.open(
                "testsuite",
                "name",
                suite.name(),
                "package",
                "gatewright",
                "id",
                Integer.toString(id),
                "hostname",
                "localhost",
                "timestamp",
                TIMESTAMP.format(suite.started()
                        .flatMap(Figures::instant)
                        .orElse(Instant.EPOCH)
                        .truncatedTo(ChronoUnit.SECONDS)),
                "tests",
                sum(alone, each -> true),
                "failures",
                sum(alone, Case::isFailure),
                "errors",
                sum(alone, Case::isError),
                "skipped",
                "0",
                "time",
                seconds(suite.seconds().orElse(0.0)));
        xml.line().open("properties").closeLine();
        for (Case each : suite.cases()) {
            xml.open("testcase", "name", each.name(), "classname", "gatewright." + suite.name(), "time", seconds(0));
            each.child()
                    .ifPresent(
                            child -> xml.leaf(child, each.message(), "type", each.type(), "message", each.message()));
            xml.closeLine();
        }
        xml.open("system-out");
        StringBuilder output = new StringBuilder();
        suite.output()
                .forEach(line ->
                        output.append(PlainText.line(line, PlainText.SENTENCE)).append('\n'));
        xml.block(output.toString(), LONGEST_OUTPUT).closeLine();
        xml.open("system-err")
                .block(String.join("\n", suite.errors()), LONGEST_OUTPUT)
                .closeLine()
                .closeLine();
    }

    private static String sum(List<Suite> suites, java.util.function.Predicate<Case> which) {
        return Long.toString(suites.stream()
                .flatMap(suite -> suite.cases().stream())
                .filter(which)
                .count());
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.3f", seconds);
    }
}
