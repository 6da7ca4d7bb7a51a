// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IgnoreFileTest {
    @ParameterizedTest(name = "{0} leaves out {1}: {2}")
    @CsvSource({
        "*.md, README.md, true",
        "*.md, docs/README.md, false",
        "**/*.md, README.md, true",
        "**/*.md, a/b/README.md, true",
        "**/*.md, a/b/README.mdx, false",
        "docs, docs, true",
        "docs, docs/a/b, true",
        "docs, other/docs, false",
        "/docs/, docs/a, true",
        "./docs/../data, data/x, true",
        "temp?, temp1, true",
        "temp?, temp, false",
        "temp?, temp/, false",
        "a/**/b, a/b, true",
        "a/**/b, a/x/y/b, true",
        "a/**, a/x/y, true",
        "[ab].txt, a.txt, true",
        "[ab].txt, c.txt, false",
        "\\*.txt, *.txt, true",
        "\\*.txt, a.txt, false",
        "a.b, axb, false",
        ".git, .gitignore, false"
    })
    void followsThePatterns(String pattern, String path, boolean leftOut) throws IOException {
        assertThat(IgnoreFile.parse(List.of(pattern)).ignores(path)).isEqualTo(leftOut);
    }

    @Test
    void letsTheLastPatternThatMatchesDecide() throws IOException {
        IgnoreFile ignored = IgnoreFile.parse(List.of("*", "!app", "app/*.log", "!app/keep.log"));

        assertThat(ignored.ignores("model.bin")).isTrue();
        assertThat(ignored.ignores("app/main.py")).isFalse();
        assertThat(ignored.ignores("app/a.log")).isTrue();
        assertThat(ignored.ignores("app/keep.log")).isFalse();
    }

    @Test
    void knowsNotesAndEmptyLines() throws IOException {
        IgnoreFile ignored = IgnoreFile.parse(List.of("# *", "", "  ", ".", " data "));

        assertThat(ignored.ignores("model.bin")).isFalse();
        assertThat(ignored.ignores("data/x")).isTrue();
    }

    @Test
    void saysWhichPatternIsNone() {
        assertThatThrownBy(() -> IgnoreFile.parse(List.of("ok", "[b-a]")))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("'[b-a]' in .dockerignore");
    }
}
