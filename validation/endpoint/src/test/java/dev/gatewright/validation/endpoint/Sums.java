// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.endpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A model of two numbers a row: it answers their sum, and whether that is positive. */
final class Sums {
    static final TensorType X = new TensorType("x", Datatype.FP32, List.of(2));
    static final TensorType SUM = new TensorType("sum", Datatype.FP32, List.of(1));
    static final TensorType SIGN = new TensorType("sign", Datatype.INT64, List.of());
    static final String DIGEST = "ab".repeat(32);

    private Sums() {}

    static GoldenRow row(String id, float a, float b) {
        return new GoldenRow(
                id,
                Map.of("x", new Elements.Reals(a, b)),
                new Label.OfClass(a + b > 0 ? "1" : "0"),
                Map.of("sum", new Elements.Reals(a + b), "sign", new Elements.Wholes(a + b > 0 ? 1 : 0)));
    }

    static GoldenSet golden(int rows) {
        List<GoldenRow> made = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            made.add(row("holdout:" + (i + 1), i * 0.1f, 1 - i * 0.3f));
        }
        return of(made);
    }

    static GoldenSet of(List<GoldenRow> rows) {
        return new GoldenSet(DIGEST, List.of(X), List.of(SUM, SIGN), rows, Tolerance.USUAL);
    }
}
