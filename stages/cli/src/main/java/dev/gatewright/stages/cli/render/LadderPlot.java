// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.render;

import dev.gatewright.stages.cli.render.LadderView.Form;
import dev.gatewright.validation.metrics.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Forms as dots: what they answer over what they cost, in a plot of their own for size and for time. */
final class LadderPlot {
    private static final int WIDTH = 520;
    private static final int HEIGHT = 250;
    private static final int LEFT = 58;
    private static final int BOTTOM = 212;
    private static final int RIGHT = 506;
    private static final int TOP = 14;
    private static final int RADIUS = 6;
    private static final int NEAR = 10;
    private static final double LINE = 14;
    private static final double LETTER = 7.2;

    private final LadderView ladder;

    LadderPlot(LadderView ladder) {
        this.ladder = ladder;
    }

    /** A dot with its name. */
    private record Dot(Form form, double cost, double answer) {}

    /** Draws what the forms answer over {@code cost}; nothing where fewer than two are known. */
    void write(Markup page, String title, String axis, Function<Form, Optional<Double>> cost) {
        List<Dot> dots = new ArrayList<>();
        dot(ladder.unquantised(), cost).ifPresent(dots::add);
        ladder.rungs().forEach(form -> dot(form, cost).ifPresent(dots::add));
        if (dots.size() < 2) {
            return;
        }
        Axis across = Axis.around(dots.stream().map(Dot::cost).toList());
        Axis up = Axis.around(dots.stream().map(Dot::answer).toList());
        page.open("figure", "class", "curve");
        page.open("figcaption").leaf("strong", title).close();
        Svg svg = Svg.scaled(page, "rungs", WIDTH, HEIGHT, title, described(dots, axis));
        for (double tick : up.ticks(4)) {
            String y = Svg.at(y(up, tick));
            svg.line("grid", Svg.at(LEFT), y, Svg.at(RIGHT), y);
            svg.text("tick", Svg.at(LEFT - 8), Svg.at(y(up, tick) + 4), "end", Numbers.rounded(tick));
        }
        for (double tick : across.ticks(4)) {
            String x = Svg.at(x(across, tick));
            svg.line("grid", x, Svg.at(TOP), x, Svg.at(BOTTOM));
            svg.text("tick", x, Svg.at(BOTTOM + 17), "middle", Numbers.rounded(tick));
        }
        svg.text("tick", Svg.at(RIGHT), Svg.at(HEIGHT - 3), "end", axis);
        List<Box> taken = new ArrayList<>();
        dots.forEach(dot -> taken.add(Box.around(x(across, dot.cost()), y(up, dot.answer()))));
        for (Dot dot : dots) {
            double x = x(across, dot.cost());
            double y = y(up, dot.answer());
            svg.dot("dot " + style(dot.form()), Svg.at(x), Svg.at(y), RADIUS);
            Label label = Label.beside(x, y, name(dot.form()), taken);
            taken.add(label.box());
            svg.text("bound", Svg.at(label.x()), Svg.at(label.box().bottom() - 3), label.anchor(), name(dot.form()));
        }
        svg.close();
        page.closeLine();
    }

    /** A place that is taken by a dot or a name. */
    private record Box(double left, double right, double top, double bottom) {
        static Box around(double x, double y) {
            return new Box(x - RADIUS, x + RADIUS, y - RADIUS, y + RADIUS);
        }

        boolean overlaps(Box other) {
            return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
        }
    }

    /** A name beside its dot: where there is room for it, first to the right. */
    private record Label(double x, String anchor, Box box) {
        static Label beside(double x, double y, String name, List<Box> taken) {
            double width = LETTER * name.length();
            List<Label> places = new ArrayList<>();
            for (double shift : new double[] {0, -LINE, LINE, -2 * LINE, 2 * LINE}) {
                places.add(at(x + NEAR, "start", x + NEAR, width, y + shift));
                places.add(at(x - NEAR, "end", x - NEAR - width, width, y + shift));
            }
            return places.stream()
                    .filter(place -> place.box.left >= LEFT && place.box.right <= WIDTH)
                    .filter(place -> taken.stream().noneMatch(place.box::overlaps))
                    .findFirst()
                    .orElse(places.get(0));
        }

        private static Label at(double x, String anchor, double left, double width, double middle) {
            return new Label(x, anchor, new Box(left, left + width, middle - LINE / 2, middle + LINE / 2));
        }
    }

    /** The number of its row in the table; the model that the others were made of has none. */
    private String name(Form form) {
        int number = ladder.rungs().indexOf(form) + 1;
        return number == 0 ? form.name() : Integer.toString(number);
    }

    private String style(Form form) {
        return "o-"
                + (form.equals(ladder.unquantised())
                        ? "shown"
                        : form.outcome().map(Outcome::style).orElse("shown"));
    }

    private Optional<Dot> dot(Form form, Function<Form, Optional<Double>> cost) {
        Optional<Double> across = cost.apply(form);
        Optional<Double> up = form.value(ladder.metric());
        return across.isPresent() && up.isPresent()
                ? Optional.of(new Dot(form, across.get(), up.get()))
                : Optional.empty();
    }

    private String described(List<Dot> dots, String axis) {
        StringBuilder text = new StringBuilder();
        for (Dot dot : dots) {
            text.append(PlainText.line(dot.form().name(), PlainText.NAME))
                    .append(": ")
                    .append(PlainText.line(ladder.metric(), PlainText.NAME))
                    .append(' ')
                    .append(Numbers.rounded(dot.answer()))
                    .append(", ")
                    .append(axis)
                    .append(' ')
                    .append(Numbers.rounded(dot.cost()))
                    .append(". ");
        }
        return text.toString().strip();
    }

    private static double x(Axis axis, double value) {
        return LEFT + (RIGHT - LEFT) * axis.share(value);
    }

    private static double y(Axis axis, double value) {
        return BOTTOM - (BOTTOM - TOP) * axis.share(value);
    }
}
