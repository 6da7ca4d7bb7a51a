// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.BitSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LabelSetsTest {
    @Test
    void aRowOfOneClassHasItsNumber() {
        LabelSets sets = LabelSets.ofOneClass(3);

        assertThat(sets.number(set(2))).isEqualTo(2);
        assertThat(sets.members(2)).containsExactly(2);
        assertThat(sets.has(2, 2)).isTrue();
        assertThat(sets.has(2, 1)).isFalse();
        assertThat(sets.bound()).isEqualTo(3);
    }

    @Test
    void aRowOfOneClassHasNoOtherNumberOfClasses() {
        LabelSets sets = LabelSets.ofOneClass(3);

        assertThatIllegalArgumentException().isThrownBy(() -> sets.number(set()));
        assertThatIllegalArgumentException().isThrownBy(() -> sets.number(set(0, 1)));
    }

    @Test
    void classesByTheHundredThousandTakeNoSetEach() {
        LabelSets sets = LabelSets.ofOneClass(1_000_000);

        assertThat(sets.members(999_999)).containsExactly(999_999);
        assertThat(sets.number(set(999_999))).isEqualTo(999_999);
    }

    @Test
    void setsHaveOneNumberHoweverOftenTheyAreMet() {
        LabelSets sets = LabelSets.ofAnyClasses(70);
        BitSet scratch = set(1, 69);
        int number = sets.number(scratch);
        scratch.clear();
        int empty = sets.number(scratch);

        assertThat(empty).isNotEqualTo(number);
        assertThat(sets.number(set(1, 69))).isEqualTo(number);
        assertThat(sets.number(set())).isEqualTo(empty);
        assertThat(sets.members(number)).containsExactly(1, 69);
        assertThat(sets.members(empty)).isEmpty();
    }

    @Test
    void classesThatAreNotThereAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LabelSets.ofAnyClasses(3).number(set(3)));
    }

    @Test
    void othersDifferInOneClassOrInAll() {
        LabelSets sets = LabelSets.ofAnyClasses(3);
        int number = sets.number(set(1));

        assertThat(sets.others(number))
                .containsExactly(
                        sets.number(set(0, 1)), sets.number(set()), sets.number(set(1, 2)), sets.number(set(0, 2)));
        assertThat(LabelSets.ofOneClass(3).others(1)).containsExactly(0, 2);
    }

    @Test
    void theOrderOfSetsIsThatOfTheirClassesAndNotThatOfTheirComing() {
        LabelSets sets = LabelSets.ofAnyClasses(3);
        int later = sets.number(set(2));
        int earlier = sets.number(set(0, 1));
        int first = sets.number(set());

        assertThat(sets.compare(later, earlier)).isPositive();
        assertThat(sets.compare(first, earlier)).isNegative();
        assertThat(sets.compare(later, later)).isZero();
    }

    @Test
    void beyondTheMostThereIsNoRoomForNewSets() {
        LabelSets sets = LabelSets.ofAnyClasses(21);
        for (int bits = 0; bits < LabelSets.MOST; bits++) {
            sets.number(BitSet.valueOf(new long[] {bits}));
        }

        assertThat(sets.number(BitSet.valueOf(new long[] {LabelSets.MOST}))).isEqualTo(LabelSets.NO_ROOM);
        assertThat(sets.number(BitSet.valueOf(new long[] {5}))).isEqualTo(5);
        assertThat(sets.others(5)).hasSize(20).doesNotContain(LabelSets.NO_ROOM);
    }

    private static BitSet set(int... classes) {
        BitSet set = new BitSet();
        IntStream.of(classes).forEach(set::set);
        return set;
    }
}
