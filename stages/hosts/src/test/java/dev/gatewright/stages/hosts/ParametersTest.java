// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.host.Host;
import dev.gatewright.stages.api.host.HostParameter;
import dev.gatewright.stages.api.host.ResultField;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * One table of parameters, and one of results: what every host offers is held against them, and what is missing, too much or
 * told in other words is named.
 */
class ParametersTest {
    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final Path STEPS = ROOT.resolve("plugin/src/main");

    /** What only the action at the root has: it fetches the program too. */
    private static final List<String> OF_SETUP = List.of("path", "url", "sha256");

    static Stream<String> actions() {
        return Stream.concat(
                Stream.of("action.yml", "actions/run/action.yml"),
                Arrays.stream(StageName.values()).map(stage -> "actions/" + stage.spelling() + "/action.yml"));
    }

    @ParameterizedTest
    @MethodSource("actions")
    void anActionHasTheInputsOfTheTable(String action) throws IOException {
        Map<String, String> inputs = descriptions(action, "inputs");
        if (action.equals("action.yml")) {
            inputs.keySet().removeAll(OF_SETUP);
        }

        assertAreTold("inputs of " + action, inputs, parameters(Host.GITHUB_ACTIONS, HostParameter::spelling));
    }

    @ParameterizedTest
    @MethodSource("actions")
    void anActionHasTheOutputsOfTheTable(String action) throws IOException {
        assertAreTold("outputs of " + action, descriptions(action, "outputs"), results(ResultField::spelling));
    }

    @Test
    void everyActionIsOfAStage() throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve("actions"))) {
            assertThat(files.filter(folder -> Files.exists(folder.resolve("action.yml")))
                            .map(folder -> "actions/" + folder.getFileName() + "/action.yml"))
                    .containsExactlyInAnyOrderElementsOf(
                            Stream.concat(actions().skip(1), Stream.of("actions/setup/action.yml"))
                                    .toList());
        }
    }

    @Test
    void stepsHaveTheParametersOfTheTable() throws IOException {
        List<String> expected = Arrays.stream(HostParameter.values())
                .filter(parameter -> parameter.isOn(Host.JENKINS))
                .map(parameter -> "set" + capital(parameter.camelCase()))
                .toList();
        String base = Files.readString(STEPS.resolve("java/dev/gatewright/plugin/GateStep.java"));

        assertThat(java.util.regex.Pattern.compile("@DataBoundSetter\\s+public (?:final )?void (set\\w+)\\(")
                        .matcher(base)
                        .results()
                        .map(found -> found.group(1)))
                .as("setters of GateStep.java")
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void everyStageHasAStep() {
        for (StageName stage : StageName.values()) {
            String name = pascal(stage) + "Step.java";
            assertThat(STEPS.resolve("java/dev/gatewright/plugin").resolve(name))
                    .as(stage.spelling())
                    .exists();
        }
        assertThat(STEPS.resolve("java/dev/gatewright/plugin/GatewrightStep.java"))
                .exists();
    }

    @Test
    void stepsHaveAHelpForEachParameter() throws IOException {
        for (HostParameter parameter : HostParameter.values()) {
            if (parameter.isOn(Host.JENKINS)) {
                Path help = STEPS.resolve(
                        "resources/dev/gatewright/plugin/GateStep/help-" + parameter.camelCase() + ".html");
                assertThat(help).exists();
                assertThat(plain(Files.readString(help))).as("%s", help).contains(parameter.description());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pipeline-library/vars/gatewrightRun.txt", "pipeline-library/README.md", "docs/jenkins.md"})
    void pagesOfJenkinsTellEveryParameter(String page) throws IOException {
        assertTells(page, parameters(Host.SHARED_LIBRARY, HostParameter::camelCase));
    }

    @Test
    void thePageOfActionsTellsEveryParameterAndResult() throws IOException {
        assertTells("actions/README.md", parameters(Host.GITHUB_ACTIONS, HostParameter::spelling));
        assertTells("actions/README.md", results(ResultField::spelling));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pipeline-library/README.md", "docs/jenkins.md"})
    void pagesOfJenkinsTellEveryResult(String page) throws IOException {
        assertTells(page, results(ResultField::camelCase));
    }

    @Test
    void theManualTellsEveryOption() throws IOException {
        String manual = Files.readString(ROOT.resolve("stages/cli/src/main/program/share/man/man1/gatewright.1"))
                .replace("\\-", "-");
        for (StageName stage : StageName.values()) {
            int start = manual.indexOf(".SS \\fBgatewright " + stage.spelling() + "\\fR");
            assertThat(start).as(stage.spelling()).isNotNegative();
            String section = manual.substring(start, manual.indexOf("\n.S", start));
            for (HostParameter parameter : HostParameter.values()) {
                if (parameter.isOn(Host.COMMAND_LINE)) {
                    assertThat(section)
                            .as(stage.spelling())
                            .contains(parameter == HostParameter.SPEC ? "SPEC" : "--" + parameter.spelling());
                }
            }
        }
    }

    /** The same names, each in the table's words; how a host writes several values may follow. */
    private static void assertAreTold(String where, Map<String, String> told, Map<String, String> table) {
        assertThat(told.keySet()).as(where).containsExactlyInAnyOrderElementsOf(table.keySet());
        table.forEach((name, description) ->
                assertThat(told.get(name)).as("%s: %s", where, name).startsWith(description));
    }

    /** Each name and its words stand on one line, as in a row of a table. */
    private static void assertTells(String page, Map<String, String> names) throws IOException {
        List<String> lines = Files.readAllLines(ROOT.resolve(page));
        names.forEach((name, description) -> assertThat(lines)
                .as("%s tells of %s: %s", page, name, description)
                .anyMatch(line -> line.contains(name) && line.contains(description)));
    }

    private static Map<String, String> parameters(Host host, Function<HostParameter, String> name) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (HostParameter parameter : HostParameter.values()) {
            if (parameter.isOn(host)) {
                parameters.put(name.apply(parameter), parameter.description());
            }
        }
        return parameters;
    }

    private static Map<String, String> results(Function<ResultField, String> name) {
        Map<String, String> results = new LinkedHashMap<>();
        for (ResultField field : ResultField.values()) {
            results.put(name.apply(field), field.description());
        }
        return results;
    }

    private static Map<String, String> descriptions(String action, String part) throws IOException {
        Object document =
                new Load(LoadSettings.builder().build()).loadFromString(Files.readString(ROOT.resolve(action)));
        Map<String, String> descriptions = new LinkedHashMap<>();
        Object members = ((Map<?, ?>) Objects.requireNonNull(document)).get(part);
        ((Map<?, ?>) Objects.requireNonNull(members, part))
                .forEach((name, value) -> descriptions.put(
                        String.valueOf(name),
                        String.valueOf(((Map<?, ?>) Objects.requireNonNull(value)).get("description"))));
        return descriptions;
    }

    /** The text of a page of HTML without its tags, in one line. */
    private static String plain(String html) {
        return html.replaceAll("<[^>]*>", " ")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&")
                .replaceAll("\\s+", " ");
    }

    private static String pascal(StageName stage) {
        List<String> words = new ArrayList<>();
        for (String word : stage.spelling().split("-", -1)) {
            words.add(capital(word));
        }
        return String.join("", words);
    }

    private static String capital(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }
}
