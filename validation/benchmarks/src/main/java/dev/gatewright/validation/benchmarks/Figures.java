// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a side has found.
 *
 * @param verdict empty where nothing is judged
 */
record Figures(long rows, String verdict, List<Found> found) {
    /** A unit or two in the last of the digits that formulas of another order leave. */
    static final double ROUNDING = 1e-12;

    /** Beyond what 10,000 resamples leave to chance, and far below the width of an interval of 100,000 rows. */
    static final double CHANCE = 5e-4;

    /**
     * One metric.
     *
     * @param low the lower end of its interval; NaN where that side has none
     * @param isDrawn whether the ends come from the bootstrap, for which each side draws its own numbers
     */
    record Found(String metric, double value, double low, double high, boolean isDrawn) {

        private boolean equal(Found other, long rows) {
            double chance = isDrawn || other.isDrawn ? CHANCE * StrictMath.sqrt(100_000.0 / rows) : ROUNDING;
            return metric.equals(other.metric)
                    && Math.abs(value - other.value) <= ROUNDING
                    && near(low, other.low, chance)
                    && near(high, other.high, chance);
        }

        /** An end that one side has no formula for is not compared. */
        private static boolean near(double one, double other, double difference) {
            return Double.isNaN(one) || Double.isNaN(other) || Math.abs(one - other) <= difference;
        }
    }

    /** Keeps its own copy. */
    Figures {
        found = List.copyOf(found);
    }

    /** Reads a {@code report.json}. */
    static Figures ofReport(String json) throws IOException {
        JsonNode report = new ObjectMapper().readTree(json);
        List<Found> found = new ArrayList<>();
        for (JsonNode gate : report.get("gates")) {
            JsonNode finding = gate.at("/findings/0");
            JsonNode interval = finding.get("interval");
            found.add(new Found(
                    gate.get("metric").textValue().replaceAll("\\[.*", ""),
                    finding.get("value").doubleValue(),
                    interval.get("low").doubleValue(),
                    interval.get("high").doubleValue(),
                    interval.get("method").textValue().startsWith("bootstrap")));
        }
        long rows = report.at("/gates/0/findings/0/n").longValue();
        return new Figures(rows, report.get("verdict").textValue(), found);
    }

    /** Reads what the scripts print: each metric with its value and, where there is an interval, both ends. */
    static Figures ofScript(JsonNode printed) {
        List<Found> found = new ArrayList<>();
        printed.get("found").properties().forEach(entry -> {
            JsonNode numbers = entry.getValue();
            found.add(new Found(
                    entry.getKey(),
                    numbers.get(0).doubleValue(),
                    numbers.path(1).asDouble(Double.NaN),
                    numbers.path(2).asDouble(Double.NaN),
                    false));
        });
        return new Figures(
                printed.get("rows").longValue(), printed.path("verdict").asText(""), found);
    }

    /** Whether both are the same, but for the order of operations and the bootstrap's draws. */
    boolean equal(Figures other) {
        if (rows != other.rows || !verdict.equals(other.verdict) || found.size() != other.found.size()) {
            return false;
        }
        for (int i = 0; i < found.size(); i++) {
            if (!found.get(i).equal(other.found.get(i), rows)) {
                return false;
            }
        }
        return true;
    }
}
