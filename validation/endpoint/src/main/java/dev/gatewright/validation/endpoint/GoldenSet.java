// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.endpoint;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Rows with the answers of the judged model, by which an endpoint is told from one that serves something else. Its file, {@code
 * golden.json} in the format {@value #FORMAT}, is one for every stage that asks an endpoint.
 *
 * @param modelSha256 the digest of the judged model; none in a file that was written by hand
 * @param inputs of the model, in its order
 * @param outputs of the model, in its order; those that are expected of a row are among them
 */
public record GoldenSet(
        @Nullable String modelSha256,
        List<TensorType> inputs,
        List<TensorType> outputs,
        List<GoldenRow> rows,
        Tolerance tolerance) {
    /** The name and major version of the format. */
    public static final String FORMAT = "gatewright-golden/v1";

    /** Keeps its own copies; refuses rows that do not have the inputs, or expect what is no output. */
    public GoldenSet {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        rows = List.copyOf(rows);
        if (inputs.isEmpty() || outputs.isEmpty() || rows.isEmpty()) {
            throw new BadGoldenSetException(
                    rows.isEmpty() ? "it has no rows, and proves nothing" : "it names no inputs, or no outputs", null);
        }
        for (GoldenRow row : rows) {
            for (TensorType input : inputs) {
                Elements elements = row.inputs().get(input.name());
                check(row, "input", input, elements);
                if (elements == null) {
                    throw new BadGoldenSetException("row '" + row.id() + "' has no input '" + input.name() + "'", null);
                }
            }
            for (TensorType output : outputs) {
                check(row, "output", output, row.outputs().get(output.name()));
            }
            refuseUnknown(row, inputs, row.inputs());
            refuseUnknown(row, outputs, row.outputs());
            if (row.outputs().isEmpty() && row.label() == null) {
                throw new BadGoldenSetException(
                        "row '" + row.id() + "' expects nothing; write its label, or outputs", null);
            }
        }
    }

    private static void check(GoldenRow row, String what, TensorType type, @Nullable Elements elements) {
        if (elements == null) {
            return;
        }
        boolean isOfType = switch (type.datatype().kind()) {
            case REAL -> elements instanceof Elements.Reals;
            case WHOLE -> elements instanceof Elements.Wholes;
            case TEXT -> elements instanceof Elements.Texts;
        };
        if (!isOfType || elements.size() != type.rowSize()) {
            throw new BadGoldenSetException(
                    "row '" + row.id() + "' has " + elements.size() + " elements of " + what + " '" + type.name()
                            + "'; expected " + type.rowSize() + " of " + type.datatype(),
                    null);
        }
        if (what.equals("output") && elements instanceof Elements.Reals reals && !reals.areFinite()) {
            throw new BadGoldenSetException(
                    "row '" + row.id() + "' expects NaN or infinity of output '" + type.name()
                            + "', which no answer equals",
                    null);
        }
    }

    private static void refuseUnknown(GoldenRow row, List<TensorType> known, Map<String, Elements> named) {
        List<String> names = known.stream().map(TensorType::name).toList();
        for (String name : named.keySet()) {
            if (!names.contains(name)) {
                throw new BadGoldenSetException(
                        "row '" + row.id() + "' names '" + Plain.of(name, 60) + "', which is none of " + names, null);
            }
        }
    }

    /** An answer that is not the expected one; {@code sentence} says where. */
    public record Mismatch(String row, String output, String sentence) {}

    /**
     * Holds {@code answer} against what {@code row} expects. An output that is expected and not answered is a mismatch, unless
     * {@code onlyAnswered} says that the endpoint has no more; no output in common is always one.
     */
    public Optional<Mismatch> mismatch(GoldenRow row, Map<String, Elements> answer, boolean onlyAnswered) {
        int compared = 0;
        for (TensorType output : outputs) {
            Elements expected = row.outputs().get(output.name());
            Elements found = answer.get(output.name());
            if (expected == null || (found == null && onlyAnswered)) {
                continue;
            }
            compared++;
            String wrong = found == null ? "is not answered" : difference(found, expected);
            if (wrong != null) {
                return Optional.of(new Mismatch(
                        row.id(),
                        output.name(),
                        "row '" + Plain.of(row.id(), 60) + "', output '" + Plain.of(output.name(), 60) + "' " + wrong));
            }
        }
        return compared > 0 || row.outputs().isEmpty()
                ? Optional.empty()
                : Optional.of(new Mismatch(
                        row.id(),
                        "",
                        "row '" + Plain.of(row.id(), 60) + "': none of the expected outputs is answered"));
    }

    private @Nullable String difference(Elements found, Elements expected) {
        if (found.size() != expected.size()) {
            return "has " + found.size() + " elements, and the judged model answers " + expected.size();
        }
        for (int i = 0; i < expected.size(); i++) {
            boolean equal;
            if (expected instanceof Elements.Reals reals) {
                equal = found instanceof Elements.Reals others && tolerance.holds(others.at(i), reals.at(i));
            } else if (expected instanceof Elements.Wholes wholes) {
                equal = found instanceof Elements.Wholes others && others.at(i) == wholes.at(i);
            } else {
                equal = found instanceof Elements.Texts others
                        && others.values()
                                .get(i)
                                .equals(((Elements.Texts) expected).values().get(i));
            }
            if (!equal) {
                return "is " + found.shown(i) + " in element " + i + ", and the judged model answers "
                        + expected.shown(i);
            }
        }
        return null;
    }

    /** The greatest distance of a float of {@code answer} from what {@code row} expects; 0 where it expects none. */
    public double greatestDifference(GoldenRow row, Map<String, Elements> answer) {
        double greatest = 0;
        for (Map.Entry<String, Elements> expected : row.outputs().entrySet()) {
            if (expected.getValue() instanceof Elements.Reals reals
                    && answer.get(expected.getKey()) instanceof Elements.Reals found
                    && found.size() == reals.size()) {
                for (int i = 0; i < reals.size(); i++) {
                    greatest = Math.max(greatest, Math.abs(found.at(i) - reals.at(i)));
                }
            }
        }
        return greatest;
    }

    /** The same rows held to another tolerance. */
    public GoldenSet within(Tolerance other) {
        return new GoldenSet(modelSha256, inputs, outputs, rows, other);
    }

    /** The rows whose truth is known. */
    public List<GoldenRow> labelled() {
        List<GoldenRow> labelled = new ArrayList<>();
        for (GoldenRow row : rows) {
            if (row.label() != null) {
                labelled.add(row);
            }
        }
        return labelled;
    }

    /**
     * Reads a golden file.
     *
     * @throws BadGoldenSetException if it cannot be read, is none, or is too large
     */
    public static GoldenSet read(Path file) {
        return GoldenReader.read(file);
    }

    /** Writes it so that after a crash there is the whole file or none: to a temporary name, synced, renamed. */
    public void write(Path file) throws IOException {
        GoldenWriter.write(this, file);
    }
}
