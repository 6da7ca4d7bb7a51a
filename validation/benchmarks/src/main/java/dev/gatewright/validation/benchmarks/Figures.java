// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/** What a side has found. The ends of the bootstrap's interval are drawn by chance, each side with its own. */
record Figures(
        long rows,
        double accuracy,
        double accuracyLow,
        double accuracyHigh,
        double f1,
        double f1Low,
        double f1High,
        String verdict) {
    /** A unit or two in the last of the digits that formulas of another order leave. */
    static final double ROUNDING = 1e-12;

    /** Beyond what 10,000 resamples leave to chance, and far below the width of an interval of 100,000 rows. */
    static final double CHANCE = 5e-4;

    /** Reads a {@code report.json}. */
    static Figures ofReport(String json) throws IOException {
        JsonNode report = new ObjectMapper().readTree(json);
        JsonNode accuracy = report.at("/gates/0/findings/0");
        JsonNode f1 = report.at("/gates/1/findings/0");
        return new Figures(
                accuracy.at("/n").longValue(),
                accuracy.at("/value").doubleValue(),
                accuracy.at("/interval/low").doubleValue(),
                accuracy.at("/interval/high").doubleValue(),
                f1.at("/value").doubleValue(),
                f1.at("/interval/low").doubleValue(),
                f1.at("/interval/high").doubleValue(),
                report.at("/verdict").textValue());
    }

    /** Reads what {@code judge.py} prints. */
    static Figures ofScript(String json) throws IOException {
        return new ObjectMapper().readValue(json, Figures.class);
    }

    /** Whether both are the same, but for the order of operations and the bootstrap's draws. */
    boolean equal(Figures other) {
        double chance = CHANCE * StrictMath.sqrt(100_000.0 / rows);
        return rows == other.rows
                && verdict.equals(other.verdict)
                && near(accuracy, other.accuracy, ROUNDING)
                && near(accuracyLow, other.accuracyLow, ROUNDING)
                && near(accuracyHigh, other.accuracyHigh, ROUNDING)
                && near(f1, other.f1, ROUNDING)
                && near(f1Low, other.f1Low, chance)
                && near(f1High, other.f1High, chance);
    }

    private static boolean near(double one, double other, double difference) {
        return Math.abs(one - other) <= difference;
    }
}
