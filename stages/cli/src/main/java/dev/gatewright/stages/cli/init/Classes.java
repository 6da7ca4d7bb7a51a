// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.init;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;

/** Names of classes, in the orders that they come in. */
final class Classes {
    private Classes() {}

    /** Numbers by size, all else by letters: the order in which trainings usually number their classes. */
    static List<String> sorted(Collection<String> names) {
        Comparator<String> order = areWhole(names) ? Comparator.comparing(BigInteger::new) : Comparator.naturalOrder();
        return names.stream().distinct().sorted(order).toList();
    }

    static boolean areWhole(Collection<String> names) {
        return names.stream().allMatch(name -> name.matches("-?\\d{1,18}"));
    }

    /** {@code 0} to {@code count − 1}. */
    static List<String> counted(int count) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add(Integer.toString(i));
        }
        return names;
    }

    /** Whether {@code names} are numbers below {@code count}, so that each can only be its own position. */
    static boolean arePositions(Collection<String> names, int count) {
        return new HashSet<>(counted(count)).containsAll(names);
    }

    /** As {@code --classes} takes them. */
    static String option(Collection<String> names) {
        return "--classes " + String.join(",", names);
    }
}
