// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.validation.data.Contents;
import dev.gatewright.validation.data.DataFile;
import dev.gatewright.validation.data.Selection;
import dev.gatewright.validation.data.format.OpenFile;
import dev.gatewright.validation.data.rows.BadDataException;
import dev.gatewright.validation.data.rows.ElementType;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.data.rows.Limits;
import dev.gatewright.validation.data.rows.RowBlock;
import dev.gatewright.validation.data.rows.RowReader;
import dev.gatewright.validation.data.text.Packing;
import dev.gatewright.validation.data.text.TextFile;
import dev.gatewright.validation.testkit.Gen;
import dev.gatewright.validation.testkit.Seeded;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of several windows, which are cut on a thread of their own. */
class CutAheadTest {
    private static final int ROWS = 100_000; // of some ten bytes: four windows
    private static final Field.Scalar NUMBER = new Field.Scalar("number");
    private static final Field.Matrix TEXT = new Field.Matrix("text", ElementType.STRING, List.of("text"));

    @TempDir
    Path folder;

    @AfterEach
    void endsTheThread() throws InterruptedException {
        for (Thread thread : cuttingThreads()) {
            thread.join(60_000); // what it ran has ended, which itself it may be about to
            assertThat(thread.isAlive()).isFalse();
        }
    }

    @Seeded(cases = 12)
    void givesWhatWasWrittenWhereverWindowsEnd(Gen gen) throws IOException {
        int longest = gen.oneOf(0, 3, 30, 1000, 400_000);
        List<Object> numbers = new ArrayList<>();
        List<Object> texts = new ArrayList<>();
        StringBuilder csv = new StringBuilder("number,text\n");
        while (csv.length() < 2_000_000) {
            numbers.add(gen.integer(-9, 1_000_000) / 100.0);
            texts.add(gen.oneOf("x", "é", "a,b", "\"", "\n", "\"\n\"") + "y".repeat(gen.integer(0, longest)));
            csv.append(numbers.get(numbers.size() - 1)).append(",\"");
            csv.append(texts.get(texts.size() - 1).toString().replace("\"", "\"\""));
            csv.append(gen.oneOf("\"\n", "\"\r\n"));
        }

        Contents contents = Contents.of(write(csv), gen.integer(1, 1000), NUMBER, TEXT);

        assertThat(contents.values(NUMBER)).isEqualTo(numbers);
        assertThat(contents.values(TEXT)).isEqualTo(texts);
    }

    @Test
    void takesMoreCellsAWindowThanAreCutTogether() throws IOException {
        assertThat(Contents.of(write("number\n" + "7\n".repeat(500_000)), 64, NUMBER)
                        .values(NUMBER))
                .hasSize(500_000)
                .containsOnly(7.0);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 400_000})
    void leavesTheRecordsAsTheyAreUntilTheNextAreAskedFor(int length) throws IOException {
        Path path = write("text\n" + ("a" + "b".repeat(length) + "\n").repeat(3_000_000 / length / 2));
        try (OpenFile file = OpenFile.open(path);
                CsvCutter cutter = new CsvCutter(new TextFile(file, Packing.NONE), Separator.COMMA, Limits.DEFAULT)) {
            CutAhead ahead = new CutAhead(cutter);
            ahead.next();
            Records records = ahead.next();
            byte[] before = records.bytes().clone();
            ahead.close(); // returns when what is cut ahead has been cut

            int end = records.to(records.count() - 1, 0);
            assertThat(Arrays.equals(records.bytes(), 0, end, before, 0, end)).isTrue();
        }
    }

    @Test
    void blamesTheFirstOfTwoBadRowsThoughTheSecondIsFoundFirst() throws IOException {
        StringBuilder csv = rows();
        csv.append("1,\"a\nb\"\noops,c\n2,d,e\n3,\"never closed\n");

        assertThatThrownBy(() -> Contents.of(write(csv), 64, NUMBER, TEXT))
                .isInstanceOf(BadDataException.class)
                .hasMessage("%s, row %d (line %d), column 'number': found 'oops', expected a number"
                        .formatted(folder.resolve("rows.csv"), ROWS + 2, ROWS + 4));
    }

    @Test
    void namesTheRowLineAndColumnThatCannotBeCut() throws IOException {
        StringBuilder csv = rows();
        csv.append("1,\"a\nb\"\n2,d\"e\n");

        assertThatThrownBy(() -> Contents.of(write(csv), 64, NUMBER, TEXT))
                .isInstanceOf(BadDataException.class)
                .hasMessageStartingWith("%s, row %d (line %d), column 'text': found a quote inside an unquoted cell"
                        .formatted(folder.resolve("rows.csv"), ROWS + 2, ROWS + 4));
    }

    @Test
    void givesEveryRowBeforeTheOneThatCannotBeCut() throws IOException {
        StringBuilder csv = rows();
        csv.append("1,d\"e\n");
        try (DataFile file = DataFile.open(write(csv));
                RowReader reader = selection(file).open()) {
            RowBlock block = block(file, 1);
            for (int i = 0; i < ROWS; i++) {
                assertThat(reader.read(block)).isOne();
            }
            assertThatThrownBy(() -> reader.read(block)).isInstanceOf(BadDataException.class);
            assertThatThrownBy(() -> reader.read(block)).isInstanceOf(BadDataException.class);
        }
    }

    @Test
    void endsWhereAReaderIsClosedInTheMidstAndLeavesTheFileOpen() throws IOException {
        try (DataFile file = DataFile.open(write(rows()))) {
            try (RowReader reader = selection(file).open()) {
                readIntoTheThirdWindow(reader, block(file, 1000));
                assertThat(cuttingThreads()).hasSize(1);
            }
            assertThat(file.digest()).hasSize(64);
        }
    }

    @Test
    void endsWhenItsReaderIsInterruptedWhichStaysSo() throws IOException {
        try (DataFile file = DataFile.open(write(rows()))) {
            RowBlock block = block(file, 1000);
            try (RowReader reader = selection(file).open()) {
                readIntoTheThirdWindow(reader, block);
                Thread.currentThread().interrupt();
                assertThatThrownBy(() -> {
                            while (reader.read(block) > 0) {}
                        })
                        .isInstanceOf(UncheckedIOException.class);
            }
            assertThat(Thread.interrupted()).isTrue();
            assertThat(file.digest()).hasSize(64);
        }
    }

    @Test
    void isNotStartedForASmallFile() throws IOException {
        try (DataFile file = DataFile.open(write("number,text\n1,a\n2,b\n"));
                RowReader reader = selection(file).open()) {
            RowBlock block = block(file, 1);
            while (reader.read(block) > 0) {
                assertThat(cuttingThreads()).isEmpty();
            }
        }
    }

    private static void readIntoTheThirdWindow(RowReader reader, RowBlock block) {
        for (int rows = 0; rows < ROWS / 2; rows += block.rows()) {
            reader.read(block);
        }
    }

    private static Selection selection(DataFile file) {
        return (Selection) file.select(List.of(NUMBER, TEXT));
    }

    private static RowBlock block(DataFile file, int rows) {
        return selection(file).newBlock(rows, Contents::allocate);
    }

    private static List<Thread> cuttingThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(CutAhead.THREAD))
                .toList();
    }

    private static StringBuilder rows() {
        StringBuilder csv = new StringBuilder("number,text\n");
        for (int i = 0; i < ROWS; i++) {
            csv.append(i % 1000 / 8.0).append(",text\n");
        }
        return csv;
    }

    private Path write(CharSequence csv) throws IOException {
        return Files.writeString(folder.resolve("rows.csv"), csv);
    }
}
