// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import dev.gatewright.validation.evaluation.OutputParity.Element;
import dev.gatewright.validation.evaluation.OutputParity.Pair;
import dev.gatewright.validation.metrics.Numbers;
import dev.gatewright.validation.onnx.run.ElementType;
import dev.gatewright.validation.onnx.run.TensorView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Counts the differences of one output, element by element. */
final class OutputDifference {
    private static final int WORST = 10;
    private static final int MOST_PAIRS = 1000;

    private final String name;
    private final boolean isOfFloats;
    private final PriorityQueue<Ranked> worst = new PriorityQueue<>(Comparator.comparingDouble(Ranked::size));
    private final List<Pair> pairs = new ArrayList<>();
    private long stride = 1;
    private long elements;
    private long unequal;
    private double maxAbsolute;
    private double maxRelative;
    private double tolerance;
    private @Nullable String defect;

    private record Ranked(double size, Element element) {}

    OutputDifference(String name, boolean isOfFloats) {
        this.name = name;
        this.isOfFloats = isOfFloats;
    }

    static boolean isFloat(TensorView view) {
        ElementType carrier = view.spec().type().carrier();
        return carrier == ElementType.FLOAT || carrier == ElementType.DOUBLE;
    }

    /** Compares {@code count} rows from {@code firstRow} on. */
    void add(TensorView source, TensorView exported, long firstRow, int count) {
        int width = exported.spec().rowSize();
        if (source.spec().rowSize() != width) {
            defect = "output '" + name + "' has " + width + " elements a row, and "
                    + source.spec().rowSize() + " in the source";
            return;
        }
        boolean texts = isText(source) || isText(exported);
        for (int i = 0; i < count * width; i++) {
            if (texts) {
                addTexts(text(source, i), text(exported, i), firstRow + i / width, i % width);
            } else {
                add(source.real(i), exported.real(i), firstRow + i / width, i % width);
            }
        }
    }

    private void addTexts(String source, String exported, long row, int element) {
        elements++;
        if (!source.equals(exported)) {
            unequal++;
            rank(1, row, element, source, exported);
        }
    }

    private void add(double source, double exported, long row, int element) {
        if (elements++ % stride == 0) {
            keep(source, exported);
        }
        if (source == exported || (Double.isNaN(source) && Double.isNaN(exported))) {
            return;
        }
        unequal++;
        double difference = Math.abs(exported - source);
        if (!Double.isFinite(difference)) {
            difference = Double.POSITIVE_INFINITY;
            if (defect == null) {
                defect = "output '" + name + "' is " + exported + " in row " + row + ", and the source's is " + source;
            }
        }
        maxAbsolute = Math.max(maxAbsolute, difference);
        maxRelative = Math.max(maxRelative, relative(difference, Math.abs(source)));
        tolerance = Math.max(tolerance, leastTolerance(difference, Math.abs(source)));
        if (isOfFloats || worst.size() < WORST) {
            rank(difference, row, element, Numbers.rounded(source), Numbers.rounded(exported));
        }
    }

    private static double relative(double difference, double magnitude) {
        return Double.isInfinite(difference) ? difference : difference / Math.max(magnitude, OutputParity.SMALLEST);
    }

    /** The least double with which the comparison holds as numpy computes it: a quotient alone may be beside it. */
    private static double leastTolerance(double difference, double magnitude) {
        if (Double.isInfinite(difference)) {
            return difference;
        }
        double tolerance = difference / (1 + magnitude);
        while (difference > tolerance + tolerance * magnitude) {
            tolerance = Math.nextUp(tolerance);
        }
        for (double less = Math.nextDown(tolerance);
                difference <= less + less * magnitude;
                less = Math.nextDown(less)) {
            tolerance = less;
        }
        return tolerance;
    }

    private void keep(double source, double exported) {
        if (Double.isFinite(source) && Double.isFinite(exported)) {
            pairs.add(new Pair(source, exported));
        }
        if (pairs.size() > MOST_PAIRS) {
            // Every second one is dropped, and from now on only every second one is taken.
            for (int i = pairs.size() - 1; i > 0; i--) {
                if (i % 2 == 1) {
                    pairs.remove(i);
                }
            }
            stride *= 2;
        }
    }

    private void rank(double size, long row, int element, String source, String exported) {
        if (worst.size() < WORST || size > worst.element().size()) {
            worst.add(new Ranked(size, new Element(row, element, source, exported)));
            if (worst.size() > WORST) {
                worst.remove();
            }
        }
    }

    private static boolean isText(TensorView view) {
        return view.spec().type() == ElementType.STRING;
    }

    /** An integer label of one side may be a text on the other. */
    private static String text(TensorView view, int index) {
        return isText(view) ? view.string(index) : Long.toString((long) view.real(index));
    }

    OutputParity parity() {
        List<Element> elementsByRank = worst.stream()
                .sorted(Comparator.comparingDouble(Ranked::size)
                        .reversed()
                        .thenComparingLong(ranked -> ranked.element().row())
                        .thenComparingInt(ranked -> ranked.element().element()))
                .map(Ranked::element)
                .toList();
        return new OutputParity(
                name,
                isOfFloats,
                elements,
                maxAbsolute,
                maxRelative,
                tolerance,
                unequal,
                elementsByRank,
                isOfFloats ? pairs : List.of(),
                defect);
    }
}
