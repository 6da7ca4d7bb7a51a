// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.traingate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutputPatternTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "loss: {number}|loss: 0.5|0.5",
                "loss: {number}|loss:0.5|",
                "loss:{number}|loss:   0.5|0.5",
                "loss: {number}|Epoch 3/10 - loss:    -1.5e-3 - val_loss: 0.7|-0.0015",
                "loss: {number}|val_loss: 0.7|",
                "loss: {number}|val_loss: 0.7 loss: 0.2|0.2",
                "loss: {number}|LOSS: 0.7|",
                "loss {number}|the loss 3.|3",
                "loss {number}|loss 3, and more|3",
                "loss {number}|loss .5|0.5",
                "loss {number}|loss +5|5",
                "loss {number}|loss nan|NaN",
                "loss {number}|loss -Inf|-Infinity",
                "loss {number}|loss Infinity|Infinity",
                "acc {number}%|acc 97.5% of all|97.5",
                "[valid] * loss {number}|[valid] epoch 3 acc 0.9 loss 0.3|0.3",
                "[valid] * loss {number}|[train] epoch 3 acc 0.9 loss 0.4|",
                "[valid] * loss {number}|loss 0.4 [valid] done|",
                "loss={number}|3 \u001B[1;32mloss=\u001B[0m0.25\u001B[m|0.25",
                "Verlust {number}|Größe 5 Verlust 7|7",
            })
    void findsTheNumber(String pattern, String line, Double number) {
        OutputPattern.Found found = OutputPattern.of(pattern).orElseThrow().in(line);

        assertThat(found).isEqualTo(number == null ? null : new OutputPattern.Found.Value(number));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "loss: {number}|loss: n/a|n/a",
                "loss: {number}|loss: 0.3x|0.3x",
                "loss: {number}|loss: 1.2.3|1.2.3",
                "loss: {number}|loss: --|--",
                "loss: {number}|loss: 0x10|0x10",
                "loss: {number}|loss: tensor(0.3)|tensor(0.3)",
                "acc {number}%|acc 0.97|0.97",
            })
    void saysWhatStandsWhereANumberShould(String pattern, String line, String instead) {
        assertThat(OutputPattern.of(pattern).orElseThrow().in(line))
                .isEqualTo(new OutputPattern.Found.NoNumber(instead));
    }

    @ParameterizedTest
    @ValueSource(strings = {"loss", "{number}", "* {number}", "a {number} b {number}", "a {number} * b", " {number} x"})
    void isNoneWithoutANumberAndWhatStandsBeforeIt(String text) {
        assertThat(OutputPattern.of(text)).isEmpty();
    }

    /** Where a regular expression would try each way to share the letters out. */
    @Test
    @Timeout(20)
    void takesNoLongerOnHostileLines() {
        OutputPattern pattern = OutputPattern.of("a*a*a*a*a*a*a*b {number}").orElseThrow();
        OutputPattern number = OutputPattern.of("b {number}").orElseThrow();

        assertThat(pattern.in("a".repeat(64 * 1024))).isNull();
        assertThat(number.in("b " + "1".repeat(64 * 1024) + "x")).isInstanceOf(OutputPattern.Found.NoNumber.class);
        assertThat(number.in("b " + "1" + ".".repeat(64 * 1024))).isEqualTo(new OutputPattern.Found.Value(1));
    }
}
