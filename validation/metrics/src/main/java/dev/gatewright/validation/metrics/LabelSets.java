// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What rows are labelled and predicted as: sets of classes, each known by a number from 0. Where a row has exactly one class,
 * its number is that class. Else sets are numbered in the order in which they are met, and at most {@value #MOST} are.
 *
 * <p>Whoever counts rows counts numbers, and asks here what they stand for. Not for several threads at once.
 */
public final class LabelSets {
    /** How many different sets there can be: three numbers fit into one {@code long}. */
    public static final int MOST = 1 << 20;

    /** What {@link #number} gives where there is no room for another set. */
    public static final int NO_ROOM = -1;

    private final int classes;
    private final boolean oneClass;
    private final Map<BitSet, Integer> numbers = new HashMap<>();
    private final List<BitSet> sets = new ArrayList<>();
    private final List<int[]> members = new ArrayList<>();

    private LabelSets(int classes, boolean oneClass) {
        this.classes = classes;
        this.oneClass = oneClass;
    }

    /** For rows of exactly one class each. */
    public static LabelSets ofOneClass(int classes) {
        LabelSets sets = new LabelSets(classes, true);
        // There may be a hundred thousand: no set of bits is kept for each.
        for (int k = 0; k < classes; k++) {
            sets.members.add(new int[] {k});
        }
        return sets;
    }

    /** For rows of any number of classes each. */
    public static LabelSets ofAnyClasses(int classes) {
        return new LabelSets(classes, false);
    }

    /** The number of classes. */
    public int classes() {
        return classes;
    }

    /** Whether each row has exactly one class. */
    public boolean areOfOneClass() {
        return oneClass;
    }

    /** All numbers are below this one, those of sets that are not met yet as well. */
    public int bound() {
        return oneClass ? classes : MOST;
    }

    /**
     * The number of a set, which still belongs to the caller; {@link #NO_ROOM} where it is a new one and there are as many as
     * there can be.
     */
    public int number(BitSet set) {
        if (set.length() > classes || (oneClass && set.cardinality() != 1)) {
            throw new IllegalArgumentException("no row has the classes " + set);
        }
        Integer known = oneClass ? (Integer) set.nextSetBit(0) : numbers.get(set);
        if (known != null) {
            return known;
        }
        return sets.size() == MOST ? NO_ROOM : keep((BitSet) set.clone());
    }

    private int keep(BitSet set) {
        int number = sets.size();
        numbers.put(set, number);
        sets.add(set);
        members.add(set.stream().toArray());
        return number;
    }

    /** Whether class {@code k} is in the set. */
    public boolean has(int number, int k) {
        return oneClass ? number == k : sets.get(number).get(k);
    }

    /** The classes in the set, ascending; not to be written to. */
    public int[] members(int number) {
        return members.get(number);
    }

    /**
     * What a row might have been predicted as in the place of a set: another class; or the set with one class more or less, and
     * with all of them the other way.
     */
    public int[] others(int number) {
        if (oneClass) {
            return IntStream.range(0, classes).filter(k -> k != number).toArray();
        }
        BitSet set = (BitSet) sets.get(number).clone();
        int[] others = new int[otherCount()];
        for (int k = 0; k < classes; k++) {
            set.flip(k);
            others[k] = number(set);
            set.flip(k);
        }
        set.flip(0, classes);
        others[classes] = number(set);
        return Arrays.stream(others).filter(other -> other != NO_ROOM).toArray();
    }

    /** How many others a set has at most. */
    public int otherCount() {
        return oneClass ? classes - 1 : classes + 1;
    }

    /** An order of sets that does not depend on that in which they were met. */
    public int compare(int one, int other) {
        return oneClass ? Integer.compare(one, other) : Arrays.compare(members.get(one), members.get(other));
    }
}
