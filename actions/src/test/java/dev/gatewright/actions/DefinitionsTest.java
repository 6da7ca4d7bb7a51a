// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.actions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.host.Host;
import dev.gatewright.stages.api.host.HostParameter;
import dev.gatewright.stages.api.host.ResultField;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every action offers what the program's tables say, and none of its inputs is a part of a line of shell. */
class DefinitionsTest {
    private static final List<String> SETUP = List.of("path", "url", "sha256");

    @Test
    void thereIsOneOfEachStage() throws IOException {
        List<String> expected = new ArrayList<>(List.of("", "actions/run", "actions/setup"));
        Stream.of(StageName.values())
                .map(stage -> "actions/" + stage.spelling())
                .forEach(expected::add);

        assertThat(Action.folders()).containsExactlyInAnyOrderElementsOf(expected);
    }

    @ParameterizedTest
    @MethodSource("thatRun")
    void inputsAreTheParametersOfARun(String folder) throws IOException {
        Map<String, Object> inputs = Action.in(folder).inputs();

        for (HostParameter parameter : parameters()) {
            assertThat(inputs).as("inputs of '%s'", folder).containsKey(parameter.spelling());
            assertThat(description(inputs, parameter.spelling())).startsWith(parameter.description());
        }
        List<String> all = new ArrayList<>(
                parameters().stream().map(HostParameter::spelling).toList());
        all.addAll(folder.isEmpty() ? SETUP : List.of());
        assertThat(inputs).containsOnlyKeys(all);
    }

    @ParameterizedTest
    @MethodSource("thatRun")
    void outputsAreTheFieldsOfAResult(String folder) throws IOException {
        Map<String, Object> outputs = Action.in(folder).outputs();

        assertThat(outputs)
                .containsOnlyKeys(Arrays.stream(ResultField.values())
                        .map(ResultField::spelling)
                        .toList());
        for (ResultField field : ResultField.values()) {
            String otherwise = switch (field) {
                case VERDICT -> " || 'NOT_EVALUATED'";
                case STATUS -> " || 'NOT_STARTED'";
                default -> "";
            };
            assertThat(description(outputs, field.spelling())).isEqualTo(field.description());
            assertThat(Action.map(outputs.get(field.spelling())).get("value"))
                    .isEqualTo("${{ steps.gatewright.outputs." + field.spelling() + otherwise + " }}");
        }
    }

    @Test
    void theRootSetsUpToo() throws IOException {
        Map<String, Object> setup = Action.in("actions/setup").inputs();

        assertThat(setup).containsOnlyKeys(SETUP);
        for (String name : SETUP) {
            assertThat(description(Action.in("").inputs(), name)).startsWith(description(setup, name));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void inputsGoThroughTheEnvironment(String folder) throws IOException {
        Action action = Action.in(folder);
        List<Object> taken = new ArrayList<>();
        for (Map<String, Object> step : action.steps()) {
            assertThat(step).containsEntry("shell", "bash").containsOnlyKeys(keys(step));
            assertThat(step.get("run").toString())
                    .as("else what the step starts is not told of its end")
                    .startsWith("exec \"$GITHUB_ACTION_PATH/")
                    .doesNotContain("${{");
            taken.addAll(Action.map(step.get("env")).values());
        }
        assertThat(taken)
                .containsExactlyInAnyOrderElementsOf(action.inputs().keySet().stream()
                        .map(input -> (Object) ("${{ inputs." + input + " }}"))
                        .toList());
    }

    @Test
    void theReadmeHasAllOfThem() throws IOException {
        String readme = Files.readString(Action.ROOT.resolve("actions/README.md"));

        for (HostParameter parameter : parameters()) {
            assertThat(readme).contains("| `" + parameter.spelling() + "` | " + parameter.description());
        }
        for (String name : SETUP) {
            assertThat(readme)
                    .contains("| `" + name + "` | "
                            + description(Action.in("actions/setup").inputs(), name));
        }
        for (ResultField field : ResultField.values()) {
            assertThat(readme).contains("| `" + field.spelling() + "` | " + field.description());
        }
        for (String folder : Action.folders()) {
            assertThat(readme).contains(folder.isEmpty() ? "| `action.yml` |" : "`" + folder + "`");
        }
    }

    /** No key by which a "no" would be softened. */
    private static String[] keys(Map<String, Object> step) {
        return step.containsKey("if")
                ? new String[] {"id", "if", "shell", "env", "run"}
                : new String[] {"id", "shell", "env", "run"};
    }

    private static List<HostParameter> parameters() {
        return Arrays.stream(HostParameter.values())
                .filter(parameter -> parameter.isOn(Host.GITHUB_ACTIONS))
                .toList();
    }

    private static String description(Map<String, Object> of, String name) {
        return Action.map(of.get(name)).get("description").toString();
    }

    static List<String> all() throws IOException {
        return Action.folders();
    }

    static List<String> thatRun() throws IOException {
        return Action.folders().stream()
                .filter(folder -> !folder.equals("actions/setup"))
                .toList();
    }
}
