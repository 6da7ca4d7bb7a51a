// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the documentation says of the cases is what they are: {@code -Dgatewright.write-docs=true} writes it anew. */
class ConformancePageTest {
    private static final Path ROOT = Path.of("..", "..");
    private static final Pattern BLOCK =
            Pattern.compile("(?<=<!-- conformance -->\n).*?(?=<!-- /conformance -->)", Pattern.DOTALL);

    @Test
    void thePageIsTheTableOfCases() throws IOException {
        holds(ROOT.resolve("docs/conformance.md"), page());
    }

    @Test
    void theReadmeCountsTheCases() throws IOException {
        Path readme = ROOT.resolve("README.md");
        holds(readme, BLOCK.matcher(Files.readString(readme)).replaceFirst(summary()));
    }

    private static void holds(Path page, String made) throws IOException {
        if (Boolean.getBoolean("gatewright.write-docs")) {
            Files.writeString(page, made);
        }
        assertThat(page).content().isEqualTo(made);
    }

    private static String page() {
        StringBuilder page = new StringBuilder("""
                # Conformance: a green tick means that it was judged

                Each row is a test: a run that passes, and one thing of it broken. The program is run as users run it, and what it
                leaves is read: none of these may exit with 0, leave a stage or a run that says `PASSED`, leave a process behind,
                or leave out the cause. Beside each case runs its sound twin, which differs only in what is broken, and passes.

                The tests are in `stages/conformance`; this page is written from them and held against them.
                Run one alone: `./mvnw -pl stages/conformance test -Dgatewright.conformance.only=data/label-blank`.

                """);
        page.append(summary());
        for (Group group : Group.values()) {
            page.append("\n## ").append(group.title()).append("\n\n");
            page.append("| case | what is broken | verdict | exit | what is said |\n|---|---|---|---|---|\n");
            cases(group).forEach(each -> row(page, each));
        }
        return page.toString();
    }

    private static String summary() {
        StringBuilder table = new StringBuilder("| evidence | ways to break it |\n|---|---|\n");
        for (Group group : Group.values()) {
            table.append("| ").append(group.title()).append(" | ");
            table.append(cases(group).size()).append(" |\n");
        }
        return table.append("| **all** | **")
                .append(Cases.ALL.size())
                .append("** |\n")
                .toString();
    }

    private static void row(StringBuilder page, Case each) {
        Expected expected = each.expected();
        page.append("| `").append(each.name()).append("` | ").append(cell(each.title()));
        page.append(" | ").append(expected.word()).append(" | ").append(expected.exitCode());
        page.append(" | ").append(cell(expected.sentence().strip())).append(" |\n");
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;");
    }

    private static List<Case> cases(Group group) {
        return Cases.ALL.stream().filter(each -> each.group() == group).toList();
    }
}
