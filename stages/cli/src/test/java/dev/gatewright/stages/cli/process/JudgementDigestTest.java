// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.stages.api.StageName;
import dev.gatewright.validation.testkit.Requires;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same spec, model and rows give the same judgement, byte for byte. */
class JudgementDigestTest {
    @TempDir
    private static Path folder;

    private static String digest = "";

    @BeforeAll
    static void judgeOnce() throws Exception {
        Workplace workplace = Workplace.in(folder);
        assertThat(workplace.run("train-gate").code()).isZero();
        workplace.withoutTraining();
        digest = judged(workplace, "first", "--threads", "2");
        assertThat(digest).matches("(sha256:)?[0-9a-f]{64}");
    }

    @Test
    void isTheSameInTwoRuns() throws Exception {
        assertThat(judged(Workplace.over(folder), "second", "--threads", "2")).isEqualTo(digest);
    }

    @Test
    void isTheSameWithOneThread() throws Exception {
        assertThat(judged(Workplace.over(folder), "alone", "--threads", "1")).isEqualTo(digest);
    }

    @Test
    void isTheSameOnJava25() throws Exception {
        Path home = Requires.java25().toRealPath().getParent().getParent();
        assertThat(judged(Workplace.over(folder).set("JAVA_HOME", home.toString()), "java25"))
                .isEqualTo(digest);
    }

    @Test
    void isAnotherForAnotherBound() throws Exception {
        assertThat(judged(Workplace.over(folder), "other", "--set", "stages.evaluate-metrics.gates[2].max=0.9"))
                .isNotEqualTo(digest);
    }

    private static String judged(Workplace workplace, String runId, String... options) throws Exception {
        String[] arguments = new String[options.length + 3];
        System.arraycopy(options, 0, arguments, 3, options.length);
        arguments[0] = "evaluate-metrics";
        arguments[1] = "--run-id";
        arguments[2] = runId;
        Workplace.Answer answer = workplace.run(arguments);
        assertThat(answer.code()).as(answer.all()).isZero();
        return workplace.report(runId, StageName.EVALUATE_METRICS).judgementDigest();
    }
}
