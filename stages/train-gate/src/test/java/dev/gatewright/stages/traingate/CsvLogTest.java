// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.traingate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.validation.testkit.Gen;
import dev.gatewright.validation.testkit.Seeded;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvLogTest {
    /** Line ends are written as {@code /}, carriage returns as {@code ~}. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "epoch,loss/1,0.5/2,0.4/|{epoch=[1.0, 2.0], loss=[0.5, 0.4]}",
                "epoch,loss/1,0.5/2,0.4|{epoch=[1.0, 2.0], loss=[0.5, 0.4]}",
                "epoch,loss~/1,0.5~/2,0.4~/|{epoch=[1.0, 2.0], loss=[0.5, 0.4]}",
                "\uFEFFepoch,loss/1,0.5/|{epoch=[1.0], loss=[0.5]}",
                " epoch , loss /1 ,\t0.5/|{epoch=[1.0], loss=[0.5]}",
                "\"epoch\",\"val, loss\"/\"1\",\"0.5\"/|{epoch=[1.0], val, loss=[0.5]}",
                "\"say \"\"loss\"\"\"/1/|{say \"loss\"=[1.0]}",
                "loss/1//2///|{loss=[1.0, 2.0]}",
                "//loss/1/|{loss=[1.0]}",
                "loss/nan/-NaN/inf/+Infinity/-inf/|{loss=[NaN, NaN, Infinity, Infinity, -Infinity]}",
                "loss/1e3/.5/5./-1E-2/+7/1e999/|{loss=[1000.0, 0.5, 5.0, -0.01, 7.0, Infinity]}",
                "epoch,train_loss,val_loss/1,0.5,/1,,0.6/2,0.4,/2,,0.5/"
                        + "|{epoch=[1.0, 1.0, 2.0, 2.0], train_loss=[0.5, 0.4], val_loss=[0.6, 0.5]}",
                "epoch,train_loss,val_loss,test_loss/1,0.5,0.6,/2,,,0.7/"
                        + "|{epoch=[1.0, 2.0], train_loss=[0.5], val_loss=[0.6], test_loss=[0.7]}",
            })
    void readsLogs(String log, String series) throws Exception {
        TrainingNumbers numbers = read(log, false);

        assertThat(numbers.series()).hasToString(series);
        assertThat(numbers.unusable()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|it has no header",
                "///|it has no header",
                "epoch,,loss/1,2,3/|line 1: column 2 has no name",
                "epoch,loss,/1,2,3/|line 1: column 3 has no name",
                "loss,epoch, loss/1,2,3/|line 1: two columns are called 'loss'",
                "epoch,loss/1,0.5/2/|line 3 has 1 cell, and the header has 2; found '2'",
                "epoch,loss/1,0,5/|line 2 has 3 cells, and the header has 2; found '1,0,5'",
                "epoch,\"loss/1,2/|line 1 has a quote that is not closed",
            })
    void saysWhatIsWrong(String log, String sentence) {
        assertThatThrownBy(() -> read(log, false))
                .isInstanceOf(IOException.class)
                .hasMessage(sentence);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "epoch,loss/1,0.5/2,NA/3,0.4/|has 'NA' in line 3, where a number is expected",
                "epoch,loss/1,0x1p3/|has '0x1p3' in line 2, where a number is expected",
                "epoch,loss/1,1d/|has '1d' in line 2, where a number is expected",
                "epoch,loss/1,\"0,5\"/|has '0,5' in line 2, where a number is expected",
                "epoch,loss/1,1.#QNAN/|has '1.#QNAN' in line 2, where a number is expected",
                "epoch,loss/1,/2,/|has no number in any line",
                "epoch,loss/|has no number in any line",
                // As pandas writes NaN.
                "epoch,loss/1,0.5/2,0.4/3,/|has a number in each of its first 2 rows and none after that, as where NaN was written",
                "epoch,loss/1,0.5/2,/3,/|has a number in each of its first 1 row and none after that, as where NaN was written",
            })
    void remembersWhatIsNoNumber(String log, String what) throws Exception {
        assertThat(read(log, false).unusable()).containsEntry("loss", what);
    }

    @Test
    void looksAtNoLineWithoutItsEndWhileTheTrainingRuns() throws Exception {
        assertThat(read("epoch,loss/1,0.5/2,0.", true).series())
                .isEqualTo(Map.of("epoch", List.of(1.0), "loss", List.of(0.5)));
        assertThat(read("epoch,loss/1,0.5/2", true).series())
                .isEqualTo(Map.of("epoch", List.of(1.0), "loss", List.of(0.5)));
        assertThatThrownBy(() -> read("epoch,lo", true)).hasMessage("it has no header");
    }

    /** The first line of a validation is still to come. */
    @Test
    void takesNoEmptyCellForNanWhileTheTrainingRuns() throws Exception {
        assertThat(read("epoch,train_loss,val_loss/1,0.5,0.6/2,0.4,/", true).unusable())
                .isEmpty();
        assertThat(read("epoch,train_loss,val_loss/1,0.5,0.6/2,0.4,/", false).unusable())
                .containsOnlyKeys("val_loss");
    }

    /** Whatever the bytes: an answer or a sentence, never another exception. */
    @Seeded(cases = 500)
    void answersAnyTextWithNumbersOrASentence(Gen gen) {
        StringBuilder text = new StringBuilder();
        int length = gen.integer(0, 60);
        for (int i = 0; i < length; i++) {
            text.append(gen.oneOf(
                    "a", "b", "1", ".", "-", "e", ",", ",", "\n", "\r", "\"", " ", "nan", "\uFEFF", "\0", "😀"));
        }
        try {
            TrainingNumbers numbers = new CsvLog(text.toString(), gen.chance(0.5)).read();
            assertThat(numbers.series().values())
                    .allSatisfy(values -> assertThat(values).isNotEmpty());
        } catch (IOException e) {
            assertThat(e).hasMessageMatching("(?s)(line \\d+|it has no header).*");
        }
    }

    private static TrainingNumbers read(String log, boolean stillWritten) throws IOException {
        return new CsvLog(log.replace('/', '\n').replace('~', '\r'), stillWritten).read();
    }
}
