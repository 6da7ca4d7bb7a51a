// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What stands above everything else: the outcome and, in one sentence, what it rests on.
 *
 * @param model the name of the model that was judged; empty where no report says it
 */
record RunSummary(Outcome outcome, String sentence, Optional<String> model) {
    static RunSummary of(RunView view) {
        List<StageView> stages = view.stages();
        Outcome outcome = view.verdict().map(Outcome::of).orElseGet(() -> withoutVerdict(view));
        Optional<String> model = stages.stream()
                .map(stage -> stage.document().object("facts").text("model"))
                .flatMap(Optional::stream)
                .findFirst();
        return new RunSummary(outcome, sentence(outcome, stages), model);
    }

    private static Outcome withoutVerdict(RunView view) {
        return view.isOfOneStage()
                ? view.stages().get(0).outcome()
                : Outcome.of(view.run().status());
    }

    private static String sentence(Outcome outcome, List<StageView> stages) {
        List<GateView> gates = new ArrayList<>();
        stages.forEach(stage -> gates.addAll(stage.gates()));
        List<String> parts = new ArrayList<>();
        if (outcome == Outcome.PASSED) {
            count(gates, Outcome.PASSED, "passed", "passed", parts);
        }
        count(gates, Outcome.FAILED, "failed", "failed", parts);
        count(gates, Outcome.NOT_EVALUATED, "could not be judged", "could not be judged", parts);
        count(gates, Outcome.INCONCLUSIVE, "is inconclusive", "are inconclusive", parts);
        for (StageView stage : stages) {
            String name = stage.name().spelling();
            if (!stage.doubts().isEmpty()) {
                parts.add("the documents of " + name + " do not agree");
            } else if (stage.outcome() == Outcome.NOT_EVALUATED && stage.gates().isEmpty()) {
                parts.add(name + " could not judge");
            } else if (stage.outcome() == Outcome.PASSED && outcome == Outcome.RUNNING) {
                parts.add(name + " passed");
            }
        }
        count(gates, Outcome.WARNING, "gives a warning", "give a warning", parts);
        stages(stages, parts);
        return parts.isEmpty() ? "" : String.join("; ", parts) + ".";
    }

    private static void count(List<GateView> gates, Outcome outcome, String one, String many, List<String> parts) {
        long count = gates.stream().filter(gate -> gate.outcome() == outcome).count();
        if (count > 0) {
            parts.add(count + " of " + Figures.plural(gates.size(), "gate", "gates") + " " + (count == 1 ? one : many));
        }
    }

    private static void stages(List<StageView> stages, List<String> parts) {
        List<String> stopped = new ArrayList<>();
        List<String> pending = new ArrayList<>();
        for (StageView stage : stages) {
            if (stage.outcome() == Outcome.NOT_STARTED) {
                (stage.entry().stoppedBy() == null ? pending : stopped)
                        .add(stage.name().spelling());
            }
        }
        if (!stopped.isEmpty()) {
            parts.add(listed(stopped) + (stopped.size() == 1 ? " was" : " were") + " not started");
        }
        if (!pending.isEmpty()) {
            parts.add(listed(pending) + (pending.size() == 1 ? " is" : " are") + " still to come");
        }
    }

    private static String listed(List<String> names) {
        int last = names.size() - 1;
        return last == 0 ? names.get(0) : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
    }
}
