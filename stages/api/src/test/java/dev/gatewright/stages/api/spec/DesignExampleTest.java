// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The spec by which the design explains itself. This list is what the program does not have yet; it may only shrink. */
class DesignExampleTest {
    @Test
    void isWrongOnlyWhereThisVersionLacksParts() throws URISyntaxException {
        Path example = Path.of(
                DesignExampleTest.class.getResource("design-example.yaml").toURI());

        assertThat(Specs.problems(Specs.reader(), example, List.of()))
                .extracting(problem ->
                        problem.place().line() + ":" + problem.place().column() + " " + problem.message())
                .containsExactly(
                        "14:20 policy last-promoted needs promotions, which this version does not keep; use pinned or none",
                        "14:35 baseline has no key 'otherwise'; known: policy, path, digest",
                        "31:3 stage quantize is not in this version of the program; it has train-gate, evaluate-metrics",
                        "37:3 stage containerize is not in this version of the program; it has train-gate, evaluate-metrics",
                        "38:3 stage canary-deploy is not in this version of the program; it has train-gate, evaluate-metrics",
                        "45:3 stage smoke-test is not in this version of the program; it has train-gate, evaluate-metrics",
                        "50:1 a spec has no key 'approval'; known: gatewright, model, data, baseline, teacher, device, stages");
    }
}
