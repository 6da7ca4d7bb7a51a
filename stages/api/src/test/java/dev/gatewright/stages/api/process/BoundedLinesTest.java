// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.validation.testkit.Gen;
import dev.gatewright.validation.testkit.Seeded;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoundedLinesTest {
    @Test
    void endsLinesAtFeedsAndReturns() throws IOException {
        assertThat(lines("a\nb\r\nc\rd")).containsExactly("a", "b", "c", "d");
        assertThat(lines("10%\r20%\r\r30%\n")).containsExactly("10%", "20%", "30%");
    }

    @Test
    void keepsEmptyLines() throws IOException {
        assertThat(lines("a\n\nb\r\n\r\nc\n")).containsExactly("a", "", "b", "", "c");
        assertThat(lines("\n")).containsExactly("");
        assertThat(lines("\r\na")).containsExactly("", "a");
        assertThat(lines("")).isEmpty();
    }

    @Test
    void cutsWhatHasNoEnd() throws IOException {
        int longest = BoundedLines.LONGEST;

        assertThat(lines("x".repeat(2 * longest + 1))).containsExactly("x".repeat(longest), "x".repeat(longest), "x");
        assertThat(lines("x".repeat(longest) + "\ny")).containsExactly("x".repeat(longest), "y");
        assertThat(lines("x".repeat(longest) + "\r\ny")).containsExactly("x".repeat(longest), "y");
        assertThat(lines("x".repeat(longest) + "\n\ny")).containsExactly("x".repeat(longest), "", "y");
    }

    @Test
    void cutsNoCharacterInHalf() throws IOException {
        String start = "x".repeat(BoundedLines.LONGEST - 1);

        assertThat(lines(start + "😀y\n")).containsExactly(start + "😀", "y");
    }

    @Seeded
    void losesNothingButLineEnds(Gen gen) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = gen.integer(0, 40); i > 0; i--) {
            text.append(gen.oneOf("a", "bc", "\n", "\r", "\r\n", "😀"));
        }

        List<String> lines = lines(text.toString());

        assertThat(String.join("", lines)).isEqualTo(text.toString().replaceAll("[\r\n]", ""));
        assertThat(lines).noneMatch(line -> line.contains("\n") || line.contains("\r"));
    }

    private static List<String> lines(String text) throws IOException {
        List<String> lines = new ArrayList<>();
        BoundedLines bounded = new BoundedLines(new StringReader(text));
        for (String line = bounded.next(); line != null; line = bounded.next()) {
            lines.add(line);
        }
        return lines;
    }
}
