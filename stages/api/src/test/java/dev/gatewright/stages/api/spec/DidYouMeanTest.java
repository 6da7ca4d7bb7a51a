// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.validation.testkit.Gen;
import dev.gatewright.validation.testkit.Seeded;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DidYouMeanTest {
    private static final List<String> KNOWN =
            List.of("accuracy", "precision", "recall", "max", "min", "max-degradation", "small-slices", "on-failure");

    @ParameterizedTest
    @CsvSource({
        "acuracy, accuracy",
        "accurracy, accuracy",
        "acucracy, accuracy",
        "Accuracy, accuracy",
        "max_degradation, max-degradation",
        "MAX-DEGRADATION, max-degradation",
        "smallslices, small-slices",
        "mxa, max",
        "mim, min",
        "onfailure, on-failure",
        "recal, recall",
    })
    void findsTheWordThatWasMeant(String word, String meant) {
        assertThat(DidYouMean.nearest(word, KNOWN)).contains(meant);
        assertThat(DidYouMean.hint(word, KNOWN)).isEqualTo("; did you mean '" + meant + "'?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "brightness", "accurately-speaking", "slices-of-small-things"})
    void guessesNothingWhereNothingIsNear(String word) {
        assertThat(DidYouMean.nearest(word, KNOWN)).isEmpty();
        assertThat(DidYouMean.hint(word, KNOWN)).isEqualTo("; known: " + String.join(", ", KNOWN));
    }

    @Test
    void saysNothingWhereNothingIsKnown() {
        assertThat(DidYouMean.hint("x", List.of())).isEmpty();
    }

    @Test
    void prefersTheNearerWord() {
        assertThat(DidYouMean.nearest("min-improvemen-percent", List.of("min-improvement", "min-improvement-percent")))
                .contains("min-improvement-percent");
    }

    /** One letter left out, put in, replaced or swapped with its neighbour still leads back to the word. */
    @Seeded
    void findsAWordAgainAfterOneSlip(Gen gen) {
        String word = gen.oneOf(KNOWN);
        int at = gen.integer(0, word.length() - 2);
        String before = word.substring(0, at);
        String rest = word.substring(at + 1);
        String slip = switch (gen.integer(0, 3)) {
            case 0 -> before + rest;
            case 1 -> before + "x" + word.substring(at);
            case 2 -> before + "x" + rest;
            default -> before + rest.charAt(0) + word.charAt(at) + rest.substring(1);
        };

        // Of "max" and "min" one slip can be as near to the other.
        assertThat(DidYouMean.nearest(slip, KNOWN)).isPresent();
        if (word.length() > 3) {
            assertThat(DidYouMean.nearest(slip, KNOWN)).contains(word);
        }
    }

    @Seeded
    void guessesOnlyKnownWordsAndTheWordItselfFirst(Gen gen) {
        String word = gen.oneOf(gen.oneOf(KNOWN), gen.oneOf(KNOWN).substring(gen.integer(0, 3)), "" + gen.anyLong());

        assertThat(DidYouMean.nearest(word, KNOWN)).satisfies(near -> {
            near.ifPresent(each -> assertThat(KNOWN).contains(each));
            if (KNOWN.contains(word)) {
                assertThat(near).contains(word);
            }
        });
    }

    @Test
    void spendsNothingOnAWordThatIsFarTooLong() {
        String hostile = "accuracy".repeat(1_000_000);

        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            for (int i = 0; i < 1000; i++) {
                assertThat(DidYouMean.nearest(hostile, KNOWN)).isEmpty();
            }
        });
    }
}
