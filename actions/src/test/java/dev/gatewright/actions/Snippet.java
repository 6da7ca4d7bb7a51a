// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.actions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A workflow in the documentation; its first line, a comment, is its name. */
record Snippet(String name, String text) {
    private static final Pattern BLOCK = Pattern.compile(
            "^```yaml\\n(# \\.github/workflows/([a-z-]+)\\.yml\\n.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    /** All of the pages for GitHub's users. */
    static List<Snippet> workflows() throws IOException {
        List<Snippet> snippets = new ArrayList<>();
        for (Path page : List.of(Path.of("docs/github.md"), Path.of("actions/README.md"))) {
            Matcher matcher = BLOCK.matcher(Files.readString(Action.ROOT.resolve(page)));
            while (matcher.find()) {
                snippets.add(new Snippet(matcher.group(2), matcher.group(1)));
            }
        }
        return snippets;
    }
}
