// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.render;

import dev.gatewright.stages.api.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A number of a training over its epochs.
 *
 * @param values an epoch each; null where it was not finite, which JSON cannot say
 */
record Series(String name, List<@Nullable Double> values) {
    /** The most points that a curve is drawn with. */
    private static final int MOST_POINTS = 400;

    /** One point of a curve: the epoch, from 1, and its value. */
    record Point(int epoch, double value) {}

    /** The numbers of a training, as its report has them. */
    static List<Series> of(Json.Obj document) {
        List<Series> all = new ArrayList<>();
        Json.Obj numbers = document.object("environment").object("numbers");
        for (String name : numbers.members().keySet()) {
            List<@Nullable Double> values = new ArrayList<>();
            for (Json value : numbers.items(name)) {
                values.add(value instanceof Json.Num number ? number.value() : null);
            }
            if (!values.isEmpty()) {
                all.add(new Series(name, values));
            }
        }
        return all;
    }

    /** All finite values. */
    List<Double> finite() {
        List<Double> finite = new ArrayList<>();
        values.stream().filter(Objects::nonNull).forEach(finite::add);
        return finite;
    }

    /** The value after the last epoch; empty where it was not finite. */
    Optional<Double> last() {
        return Optional.ofNullable(values.get(values.size() - 1));
    }

    /** The epochs whose value was not finite. */
    List<Integer> lost() {
        List<Integer> lost = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i) == null) {
                lost.add(i + 1);
            }
        }
        return lost;
    }

    /**
     * The unbroken pieces of the curve. Of a long series each group of neighbouring epochs gives its lowest and its highest
     * value, so that no peak is lost.
     */
    List<List<Point>> pieces() {
        int group = (values.size() + MOST_POINTS / 2 - 1) / (MOST_POINTS / 2);
        List<List<Point>> pieces = new ArrayList<>();
        List<Point> piece = new ArrayList<>();
        for (int start = 0; start < values.size(); start += group) {
            List<Point> points = new ArrayList<>();
            int end = Math.min(start + group, values.size());
            for (int i = start; i < end; i++) {
                Double value = values.get(i);
                if (value != null) {
                    points.add(new Point(i + 1, value));
                }
            }
            piece.addAll(extremes(points));
            if (points.size() < end - start && !piece.isEmpty()) {
                pieces.add(piece);
                piece = new ArrayList<>();
            }
        }
        if (!piece.isEmpty()) {
            pieces.add(piece);
        }
        return pieces;
    }

    private static List<Point> extremes(List<Point> points) {
        if (points.size() <= 2) {
            return points;
        }
        Point least = points.get(0);
        Point most = points.get(0);
        for (Point point : points) {
            least = point.value() < least.value() ? point : least;
            most = point.value() > most.value() ? point : most;
        }
        return least.epoch() == most.epoch()
                ? List.of(least)
                : least.epoch() < most.epoch() ? List.of(least, most) : List.of(most, least);
    }
}
