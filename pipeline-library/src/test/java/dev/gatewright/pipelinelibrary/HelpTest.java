// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.pipelinelibrary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.stages.api.host.FailOn;
import dev.gatewright.stages.api.host.Host;
import dev.gatewright.stages.api.host.HostParameter;
import dev.gatewright.stages.api.host.HostResult;
import dev.gatewright.stages.api.host.ResultField;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.report.Status;
import dev.gatewright.validation.metrics.gate.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What users read is what every host offers: {@code -Dgatewright.write-docs=true} writes the tables anew. */
class HelpTest {
    @ParameterizedTest
    @ValueSource(strings = {"vars/gatewrightRun.txt", "vars/gatewrightPipeline.txt"})
    void helpHasTheParameters(String file) throws IOException {
        assertThat(Files.readString(Path.of(file)).lines())
                .containsAll(parameters()
                        .map(parameter -> parameter.camelCase() + ": " + parameter.description())
                        .toList());
    }

    @Test
    void helpHasTheFieldsOfTheMap() throws IOException {
        assertThat(Files.readString(Path.of("vars/gatewrightRun.txt")).lines())
                .containsAll(Arrays.stream(ResultField.values())
                        .map(field -> field.camelCase() + ": " + field.description())
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "../docs/jenkins.md"})
    void pagesHaveBothTables(String file) throws IOException {
        holds(
                Path.of(file),
                "parameters",
                table(
                        List.of("parameter", "is"),
                        parameters()
                                .map(parameter ->
                                        List.of("`" + parameter.camelCase() + "`", parameter.description()))));
        holds(
                Path.of(file),
                "fields",
                table(
                        List.of("field", "holds"),
                        Arrays.stream(ResultField.values())
                                .map(field -> List.of("`" + field.camelCase() + "`", field.description()))));
    }

    @Test
    void thePageSaysWhatBecomesOfABuild() throws IOException {
        Stream<List<String>> rows = Stream.of(
                        Verdict.PASSED, Verdict.INCONCLUSIVE, Verdict.FAILED, Verdict.NOT_EVALUATED)
                .map(verdict -> Stream.concat(
                                Stream.of("`" + verdict + "`"),
                                Arrays.stream(FailOn.values())
                                        .map(failOn ->
                                                result(verdict).ending(failOn).name()))
                        .toList());

        holds(
                Path.of("../docs/jenkins.md"),
                "endings",
                table(
                        List.of(
                                "verdict",
                                "`failOn: 'INCONCLUSIVE'`",
                                "`failOn: 'FAILED'`",
                                "`failOn: 'NOT_EVALUATED'`"),
                        rows));
    }

    @Test
    void theSentencesOfThePageAreSaid() throws IOException {
        String page = Files.readString(Path.of("../docs/jenkins.md"));
        String table = page.substring(page.indexOf("## What went wrong"));
        StringBuilder said = new StringBuilder();
        for (String sources : List.of("src/dev", "../stages/api/src/main/java/dev/gatewright/stages/api/host")) {
            try (Stream<Path> files = Files.walk(Path.of(sources))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    said.append(Files.readString(file));
                }
            }
        }

        List<String> sentences = Pattern.compile("^\\| (`.*?) \\|", Pattern.MULTILINE)
                .matcher(table)
                .results()
                .flatMap(row -> Arrays.stream(row.group(1).split("`( or `)?", -1)))
                .filter(sentence -> !sentence.isEmpty())
                .toList();
        assertThat(sentences).hasSizeGreaterThan(8);
        assertThat(sentences).allSatisfy(sentence -> assertThat(said).contains(sentence));
    }

    private static Stream<HostParameter> parameters() {
        return Arrays.stream(HostParameter.values()).filter(parameter -> parameter.isOn(Host.SHARED_LIBRARY));
    }

    private static HostResult result(Verdict verdict) {
        Json.Obj none = Json.object().build();
        return new HostResult(verdict, Status.DONE, "", none, null, null, "r1", null, null, null, null);
    }

    private static String table(List<String> head, Stream<List<String>> rows) {
        StringBuilder table =
                new StringBuilder(row(head)).append("|---".repeat(head.size())).append("|\n");
        rows.forEach(row -> table.append(row(row)));
        return table.toString();
    }

    private static String row(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }

    private static void holds(Path page, String name, String made) throws IOException {
        String text = Files.readString(page);
        Pattern block = Pattern.compile("(?<=<!-- " + name + " -->\n).*?(?=<!-- /" + name + " -->)", Pattern.DOTALL);
        String held = block.matcher(text).replaceFirst(Matcher.quoteReplacement(made));
        if (Boolean.getBoolean("gatewright.write-docs")) {
            Files.writeString(page, held);
        }
        assertThat(block.matcher(text).find()).as(page + " has a block " + name).isTrue();
        assertThat(page).content().isEqualTo(held);
    }
}
