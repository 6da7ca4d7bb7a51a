// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.canarydeploy;

import dev.gatewright.stages.api.spec.GateRequest;
import dev.gatewright.stages.api.spec.Key;
import dev.gatewright.stages.api.spec.Place;
import dev.gatewright.stages.api.spec.Placed;
import dev.gatewright.stages.api.spec.Problems;
import dev.gatewright.stages.api.spec.Section;
import dev.gatewright.stages.api.spec.Shapes;
import dev.gatewright.stages.api.spec.Values;
import dev.gatewright.stages.canarydeploy.port.TargetPlan;
import dev.gatewright.stages.evaluation.GoldenSection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code canary-deploy} of a spec.
 *
 * @param golden where the golden rows come from; none: an earlier stage left them
 * @param replayRate golden rows a second that are sent as traffic; none where they are not
 * @param releaseWithin how long after the stage traffic stays with the candidate unless it is released
 * @param deadline how long after the stage's last sign of life all traffic returns to stable
 */
public record CanaryDeploySection(
        Place place,
        TargetPlan target,
        List<Step> steps,
        @Nullable GoldenSection golden,
        NoTraffic noTraffic,
        @Nullable Double replayRate,
        Duration releaseWithin,
        Duration deadline,
        List<CanaryGate> gates) {
    /** A share of the traffic in percent, and for how long. */
    public record Step(int weight, Duration hold) {}

    /** What becomes of a step in which nobody asks the candidate. A pass is not among it. */
    public enum NoTraffic {
        /** It is held longer. */
        HOLD("hold"),
        /** It fails. */
        FAIL("fail"),
        /** The stage asks golden rows itself. */
        REPLAY("replay");

        private final String spelling;

        NoTraffic(String spelling) {
            this.spelling = spelling;
        }

        /** As a spec writes it. */
        public String spelling() {
            return spelling;
        }
    }

    private static final int ALL = 100;
    private static final Duration LONGEST = Duration.ofDays(7);
    private static final Duration USUAL_DEADLINE = Duration.ofSeconds(30);
    private static final double MOST_A_SECOND = 100_000;

    private static final Key<Long> WEIGHT = Key.required(
            "weight", Shapes.count(1, ALL), "The candidate's share of the traffic in percent.", "weight: 5");
    private static final Key<Duration> HOLD =
            Key.required("hold", Shapes.duration(), "For how long, before it is judged.", "hold: 2m");
    private static final Section<Step> STEP = new Section<>(
            "a step",
            List.of(WEIGHT, HOLD),
            (values, problems) -> new Step(values.need(WEIGHT).intValue(), values.need(HOLD)));

    private static final Key<Double> RATE = Key.required(
            "rate", Shapes.numberBetween(0, MOST_A_SECOND), "Golden rows that are sent a second.", "rate: 20");
    private static final Section<Double> REPLAY =
            new Section<>("replay", List.of(RATE), (values, problems) -> values.need(RATE));

    private static final Key<TargetPlan> TARGET = Key.required(
            "target", new TargetShape(), "Where the model is served.", "target: {kind: local, port: 8080}");
    private static final Key<Placed<List<Step>>> STEPS = Key.required(
            "steps",
            Shapes.placed(Shapes.listOf(STEP, false)),
            "The shares of the traffic that the candidate has, one after the other; the last is 100.",
            "steps: [{weight: 5, hold: 2m}, {weight: 100, hold: 1m}]");
    private static final Key<NoTraffic> NO_TRAFFIC = Key.optional(
            "no-traffic",
            Shapes.oneOf(NoTraffic.values(), NoTraffic::spelling),
            "What becomes of a step in which nobody asks: hold (the default; up to ten times as long), fail, or replay (the stage asks golden rows itself).",
            "no-traffic: hold");
    private static final Key<Double> REPLAY_KEY = Key.optional(
            "replay", REPLAY, "How fast golden rows are sent where no-traffic is replay.", "replay: {rate: 20}");
    private static final Key<Duration> RELEASE_WITHIN = Key.required(
            "release-within",
            Shapes.duration(),
            "How long after the stage the candidate keeps the traffic; then it returns to stable by itself, unless a passed smoke-test has released the candidate.",
            "release-within: 15m");
    private static final Key<Duration> DEADLINE = Key.optional(
            "deadline",
            Shapes.duration(),
            "How long after the last sign of life of whoever watches all traffic returns to stable by itself; 30s unless said otherwise.",
            "deadline: 30s");
    private static final Key<List<CanaryGate>> GATES = Key.required(
            "gates",
            Shapes.listOf(CanaryGate.SHAPE, false),
            "The rules on the candidate's traffic, judged at the end of each step, beside those that are always on.",
            "gates: [{metric: error_rate, max-degradation: 0.01, against: stable, confidence: 0.95}]");

    static final Section<CanaryDeploySection> SHAPE = new Section<>(
            "canary-deploy",
            List.of(TARGET, STEPS, GoldenSection.KEY, NO_TRAFFIC, REPLAY_KEY, RELEASE_WITHIN, DEADLINE, GATES),
            CanaryDeploySection::make);

    /** Keeps its own copies. */
    public CanaryDeploySection {
        steps = List.copyOf(steps);
        gates = List.copyOf(gates);
    }

    private static CanaryDeploySection make(Values values, Problems problems) {
        Placed<List<Step>> steps = values.need(STEPS);
        checkSteps(steps, problems);
        Duration deadline = values.get(DEADLINE, USUAL_DEADLINE);
        for (Map.Entry<Key<Duration>, Duration> time : Map.of(
                        RELEASE_WITHIN, values.need(RELEASE_WITHIN), DEADLINE, deadline)
                .entrySet()) {
            if (time.getValue().compareTo(Duration.ofSeconds(1)) < 0
                    || time.getValue().compareTo(LONGEST) > 0) {
                problems.add(
                        values.place(time.getKey()),
                        time.getKey().name() + " is at least a second and at most 7 days (168h)",
                        time.getKey().example());
            }
        }
        NoTraffic noTraffic = values.get(NO_TRAFFIC, NoTraffic.HOLD);
        if (values.has(REPLAY_KEY) != (noTraffic == NoTraffic.REPLAY)) {
            problems.add(
                    values.has(REPLAY_KEY) ? values.place(REPLAY_KEY) : values.place(NO_TRAFFIC),
                    "no-traffic: replay and the key 'replay', which says how fast, belong together",
                    REPLAY_KEY.example());
        }
        for (CanaryGate gate : values.need(GATES)) {
            if (gate.needsReplay() && noTraffic != NoTraffic.REPLAY) {
                problems.add(
                        gate.place(),
                        "the truth about live requests is not known; this gate needs no-traffic: replay",
                        "no-traffic: replay");
            }
            if (gate.compares() && steps.value().get(0).weight() == ALL) {
                problems.add(
                        gate.place(),
                        "with one step of 100 nothing is left for stable to be compared by; write a smaller step before it",
                        STEPS.example());
            }
        }
        return new CanaryDeploySection(
                values.place(),
                values.need(TARGET),
                steps.value(),
                values.get(GoldenSection.KEY),
                noTraffic,
                values.get(REPLAY_KEY),
                values.need(RELEASE_WITHIN),
                deadline,
                values.need(GATES));
    }

    /** The gates on metrics of the task. */
    List<GateRequest> ofTask() {
        List<GateRequest> requests = new ArrayList<>();
        for (CanaryGate gate : gates) {
            if (gate instanceof CanaryGate.OfTask task) {
                requests.add(task.request());
            }
        }
        return requests;
    }

    /** The gates on the traffic. */
    List<CanaryGate.OfTraffic> ofTraffic() {
        List<CanaryGate.OfTraffic> found = new ArrayList<>();
        for (CanaryGate gate : gates) {
            if (gate instanceof CanaryGate.OfTraffic traffic) {
                found.add(traffic);
            }
        }
        return found;
    }

    private static void checkSteps(Placed<List<Step>> steps, Problems problems) {
        int before = 0;
        for (Step step : steps.value()) {
            if (step.weight() <= before) {
                problems.add(steps.place(), "each step has a greater weight than the one before it", STEPS.example());
            }
            if (step.hold().isZero() || step.hold().compareTo(LONGEST) > 0) {
                problems.add(steps.place(), "a step is held for some time, and at most 7 days (168h)", STEPS.example());
            }
            before = step.weight();
        }
        if (before != ALL) {
            problems.add(steps.place(), "the last step has the weight 100: that is what is released", STEPS.example());
        }
    }
}
