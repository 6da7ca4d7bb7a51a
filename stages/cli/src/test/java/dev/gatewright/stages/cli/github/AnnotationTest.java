// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.stages.api.spec.Place;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An annotation is one command, whatever stands in it. */
class AnnotationTest {
    @Test
    void standsBesideItsLine() {
        Annotation annotation = new Annotation(
                Annotation.Level.ERROR,
                "evaluate-metrics: FAILED",
                Optional.of(new Place("models/gatewright.yaml", 18, 9)),
                "accuracy 0.9 is below min 0.95");

        assertThat(annotation)
                .hasToString("::error title=evaluate-metrics%3A FAILED,file=models/gatewright.yaml,line=18,col=9"
                        + "::accuracy 0.9 is below min 0.95");
    }

    @Test
    void keepsWhatIsSpecialToARunnerAsText() {
        Annotation annotation = new Annotation(
                Annotation.Level.WARNING,
                "a,file=b:c%\n::error::d",
                Optional.of(new Place("x,line=9::y\n.yaml", 1, 2)),
                "100% of\nrows::x\r\n::error::z");

        assertThat(annotation)
                .hasToString("::warning title=a%2Cfile=b%3Ac%25"
                        + " %3A%3Aerror%3A%3Ad,file=x%2Cline=9%3A%3Ay%0A.yaml,line=1,col=2"
                        + "::100%25 of%0Arows::x%0A::error::z");
    }
}
