// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.conformance;

import static dev.gatewright.stages.api.StageName.SMOKE_TEST;
import static dev.gatewright.stages.conformance.Expected.notEvaluated;
import static dev.gatewright.stages.conformance.Expected.refused;

import java.util.stream.Stream;

/** An endpoint that is not there, or of which nothing is demanded. */
final class EndpointCases {
    private static final String GATES = "    gates: [{metric: accuracy, min: 0.5}]\n";

    private EndpointCases() {}

    /** A stage smoke-test on a port that nothing listens on. */
    private static String stage(String more) {
        return "  smoke-test:\n    golden: {data: holdout, rows: 5}\n"
                + "    endpoint: {url: \"http://127.0.0.1:9\", ready-within: 100ms}\n" + more;
    }

    static Stream<Group.Table> all() {
        return Stream.of(Group.SERVED
                .on(Sounds.MODEL)
                .add(
                        "endpoint-not-there",
                        "Nothing listens where the model should be served",
                        box -> box.append("gatewright.yaml", stage(GATES)),
                        notEvaluated("http://127.0.0.1:9 was not ready within 100 ms")
                                .by(SMOKE_TEST))
                .add(
                        "endpoint-without-gates",
                        "A smoke test has no gates",
                        box -> box.append("gatewright.yaml", stage("    gates: []\n")),
                        refused("the list is empty; it needs at least one item"))
                .add(
                        "endpoint-of-nobody",
                        "A smoke test names no endpoint, and no stage before it leaves one",
                        box -> box.append("gatewright.yaml", "  smoke-test:\n    golden: {data: holdout}\n" + GATES),
                        refused("neither the key 'endpoint' nor a stage canary-deploy says which"))
                .add(
                        "endpoint-without-its-secret",
                        "The key that the endpoint asks for is not in the environment",
                        box -> box.append(
                                "gatewright.yaml",
                                "  smoke-test:\n    golden: {data: holdout}\n"
                                        + "    endpoint: {url: \"http://127.0.0.1:9\", secret: NOBODYS_KEY}\n" + GATES),
                        notEvaluated("the secret NOBODYS_KEY is not there").by(SMOKE_TEST))
                .add(
                        "golden-rows-of-what-never-leaves",
                        "The golden rows would hold a column that must never leave",
                        box -> {
                            box.editSpec("    label: truth\n", "    label: truth\n    never-leave: f0\n");
                            box.append("gatewright.yaml", stage(GATES));
                        },
                        refused("which never leaves, so that no golden row can be made of these rows")));
    }
}
