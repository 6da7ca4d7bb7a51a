// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.plugin;

import java.io.Serializable;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** How a gate was judged. */
@ExportedBean
public final class GateResult implements Serializable {
    private static final long serialVersionUID = 1;

    private final String verdict;
    private final boolean warning;
    private final String sentence;

    GateResult(String verdict, boolean warning, String sentence) {
        this.verdict = verdict;
        this.warning = warning;
        this.sentence = ShownText.of(sentence);
    }

    /** How it was judged. */
    @Exported
    public String getVerdict() {
        return verdict;
    }

    /** Whether it does not pass, and only warns. */
    @Exported
    public boolean isWarning() {
        return warning;
    }

    /** Metric, value, comparison and bound in one sentence. */
    @Exported
    public String getSentence() {
        return sentence;
    }

    /** The class of its colour. */
    public String getColour() {
        return StageResults.colour(warning ? "INCONCLUSIVE" : verdict);
    }
}
