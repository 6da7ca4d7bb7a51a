// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.conformance;

import dev.gatewright.stages.api.StageName;
import dev.gatewright.validation.metrics.gate.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What must be said of broken evidence.
 *
 * @param kind how far the program came
 * @param verdict the stage's verdict; none where it was not started
 * @param stage the stage whose evidence is broken; none for the last of the run
 * @param sentence a part of what the report says, or the command line where there is none
 * @param gates the verdicts of the stage's gates, in order; empty where it is not said
 */
record Expected(
        Kind kind,
        int exitCode,
        @Nullable Verdict verdict,
        @Nullable StageName stage,
        String sentence,
        List<Verdict> gates) {

    /** How far the program came. */
    enum Kind {
        /** The stage left a report with a verdict. */
        JUDGED,
        /** The stage left a report that says which stage stopped it. */
        NOT_STARTED,
        /** The request was refused before any work: the stage left no report. */
        REFUSED,
        /** The run itself cannot be trusted or written: the stage left no new report. */
        STOPPED,
        /** The program was killed: its report says that it was started and not finished. */
        KILLED
    }

    static Expected notEvaluated(String sentence) {
        return new Expected(Kind.JUDGED, 3, Verdict.NOT_EVALUATED, null, sentence, List.of());
    }

    static Expected inconclusive(String sentence) {
        return new Expected(Kind.JUDGED, 3, Verdict.INCONCLUSIVE, null, sentence, List.of());
    }

    static Expected failed(String sentence) {
        return new Expected(Kind.JUDGED, 1, Verdict.FAILED, null, sentence, List.of());
    }

    static Expected notStarted(String sentence) {
        return new Expected(Kind.NOT_STARTED, 3, null, null, sentence, List.of());
    }

    static Expected refused(String sentence) {
        return new Expected(Kind.REFUSED, 2, null, null, sentence, List.of());
    }

    static Expected stopped(String sentence) {
        return new Expected(Kind.STOPPED, 3, null, null, sentence, List.of());
    }

    static Expected killed(int exitCode, String sentence) {
        return new Expected(Kind.KILLED, exitCode, Verdict.NOT_EVALUATED, null, sentence, List.of());
    }

    /** The same, said by {@code name} and not by the last stage. */
    Expected by(StageName name) {
        return new Expected(kind, exitCode, verdict, name, sentence, gates);
    }

    /** The same, with the verdict of each gate. */
    Expected gates(Verdict... verdicts) {
        return new Expected(kind, exitCode, verdict, stage, sentence, List.of(verdicts));
    }

    /** The same with another exit code. */
    Expected exit(int code) {
        return new Expected(kind, code, verdict, stage, sentence, gates);
    }

    /** In a word, for the page. */
    String word() {
        return switch (kind) {
            case JUDGED, KILLED -> String.valueOf(verdict);
            case NOT_STARTED -> "NOT_STARTED";
            case REFUSED -> "refused";
            case STOPPED -> "stopped";
        };
    }
}
