// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.report.Status;
import dev.gatewright.validation.metrics.gate.Verdict;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PageTest {
    private final RunDocuments documents = new RunDocuments("build-7");

    @Test
    void showsVerdictsGatesMetricsAndDigests() throws Exception {
        documents.add(StageName.EVALUATE_METRICS, Status.DONE, Verdict.FAILED);
        documents.add(StageName.CONTAINERIZE, Status.NOT_STARTED, null);
        GatewrightAction action = recorded(1);

        String page = View.of(action, "index.jelly").replaceAll("\\s+", " ");

        assertThat(page)
                .contains(
                        "<h1>Gatewright: <span class=\"jenkins-!-error-color\">FAILED</span></h1>",
                        "<h2>evaluate-metrics: <span class=\"jenkins-!-error-color\">FAILED</span></h2>",
                        "<td><span class=\"jenkins-!-error-color\">FAILED</span></td>"
                                + " <td>accuracy 0.96 is below min 0.97</td>",
                        "<td>accuracy</td> <td></td> <td>0.96</td>",
                        "<td>latency_p95_ms</td> <td>writer=7</td> <td>1.5 ms</td>",
                        "<h2>containerize: <span class=\"jenkins-!-text-color\">NOT_STARTED</span></h2>",
                        "Run <code>build-7</code>, judgement <code>"
                                + documents.report(StageName.EVALUATE_METRICS).judgementDigest()
                                + "</code>, run digest <code>"
                                + documents.run().runDigest() + "</code>")
                .doesNotContain("${", "null", "(warns)", "more are in the report");
        assertThat(View.of(action, "summary.jelly").replaceAll("\\s+", " "))
                .contains(
                        "<a href=\"gatewright/\">Gatewright</a>",
                        "<li>evaluate-metrics: <span class=\"jenkins-!-error-color\">FAILED</span></li>");
    }

    @Test
    void saysWhyNothingIsShown() throws Exception {
        documents.add(StageName.EVALUATE_METRICS, Status.DONE, Verdict.PASSED);

        String page = View.of(recorded(137), "index.jelly");

        assertThat(page).contains("NOT_EVALUATED", "137").doesNotContain("PASSED", "accuracy", "<table", "judgement");
    }

    @Test
    void saysWhatIsLeftOut() throws Exception {
        documents.add(StageName.EVALUATE_METRICS, Status.DONE, Verdict.FAILED, 201, "lost");

        assertThat(View.of(recorded(1), "index.jelly")).contains("<p>1 more are in the report.</p>");
    }

    @Test
    void hostileTextStaysText() throws Exception {
        documents.add(
                StageName.EVALUATE_METRICS,
                Status.DONE,
                Verdict.FAILED,
                "<script>alert(1)</script>${it.class}<img src=x onerror='alert(1)'>\"&amp;");

        String page = View.of(recorded(1), "index.jelly");

        assertThat(page)
                .contains(
                        "&lt;script&gt;alert(1)&lt;/script&gt;${it.class}&lt;img src=x onerror='alert(1)'&gt;\"&amp;amp;")
                .doesNotContain("<script", "<img", "class dev.gatewright");
    }

    private GatewrightAction recorded(int exitCode) throws Exception {
        SavedRun run = new SavedRun();
        GatewrightAction.record(run, Optional.empty(), documents.result(exitCode, Optional.empty()), documents);
        return run.getAction(GatewrightAction.class);
    }
}
