// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.pipelinelibrary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.host.Host;
import dev.gatewright.stages.api.host.HostParameter;
import dev.gatewright.stages.api.host.ResultField;
import groovy.lang.Closure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every Jenkinsfile of the examples and the documentation runs: on the library, and on steps that are called as the stages are and take what
 * every step takes. One that is called otherwise, or given something else, is no step.
 */
class JenkinsfilesTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern SNIPPET = Pattern.compile("( *)```groovy\n(.*?)```", Pattern.DOTALL);

    /** What a declarative pipeline is made of. */
    private static final List<String> SECTIONS =
            List.of("pipeline", "stages", "steps", "post", "always", "failure", "unstable", "success", "script");

    private static final Set<String> PARAMETERS = Arrays.stream(HostParameter.values())
            .filter(parameter -> parameter.isOn(Host.JENKINS))
            .map(HostParameter::camelCase)
            .collect(Collectors.toSet());

    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicTest> run() throws IOException {
        Map<String, String> all = new LinkedHashMap<>();
        for (String name : List.of("Jenkinsfile", "Jenkinsfile.scripted", "Jenkinsfile.library")) {
            all.put(name, Files.readString(ROOT.resolve("examples/jenkins").resolve(name)));
        }
        for (String page : List.of("docs/jenkins.md", "pipeline-library/README.md")) {
            Matcher snippets = SNIPPET.matcher(Files.readString(ROOT.resolve(page)));
            while (snippets.find()) {
                all.put(page + " " + all.size(), snippets.group(2).replaceAll("(?m)^" + snippets.group(1), ""));
            }
        }
        assertThat(all).hasSizeGreaterThan(7);
        return all.entrySet().stream()
                .map(each -> DynamicTest.dynamicTest(each.getKey(), () -> judgesItsStages(each.getValue())));
    }

    /** A library's variables shadow steps. */
    @Test
    void theLibraryIsCalledAsNoStepIsAndHasAHelp() throws IOException {
        Set<String> steps = new HashSet<>(Build.STEPS);
        steps.addAll(Build.BLOCKS);
        steps.add("gatewright");
        for (StageName stage : StageName.values()) {
            steps.add(camelCase(stage));
        }
        try (Stream<Path> files = Files.list(ROOT.resolve("pipeline-library/vars"))) {
            List<String> names =
                    files.map(file -> file.getFileName().toString()).sorted().toList();
            assertThat(names)
                    .containsExactly(
                            "gatewrightPipeline.groovy",
                            "gatewrightPipeline.txt",
                            "gatewrightRun.groovy",
                            "gatewrightRun.txt");
            assertThat(names).noneMatch(name -> steps.contains(name.substring(0, name.indexOf('.'))));
        }
    }

    private void judgesItsStages(String jenkinsfile) throws Exception {
        Path own = Files.createTempDirectory(folder, "build");
        Build build = new Build(own);
        FakeProgram program = new FakeProgram(own.resolve("program"));
        program.ends(0, "PASSED", "DONE", "SUCCESS", "");
        build.setPath(program.path().getParent() + ":/usr/bin:/bin");
        List<String> judged = new ArrayList<>();
        PipelineUnit jenkins = new PipelineUnit(build);
        jenkins.variable("any", "any");
        jenkins.register("agent", List.of(Object.class), values -> null);
        for (String section : SECTIONS) {
            jenkins.register(section, List.of(Closure.class), values -> section(section, (Closure<?>) values.get(0)));
        }
        for (StageName stage : StageName.values()) {
            jenkins.register(camelCase(stage), List.of(Map.class), values -> {
                judged.add(stage.spelling());
                return step((Map<?, ?>) values.get(0), Optional.of(stage));
            });
        }
        jenkins.register("gatewright", List.of(Map.class), values -> step((Map<?, ?>) values.get(0), Optional.empty()));

        jenkins.run(jenkinsfile);

        for (List<String> call : program.calls()) {
            if (!call.get(0).equals("result")) {
                judged.add(call.get(0));
                isInSpec(Optional.of(StageName.of(call.get(0)).orElseThrow()), call.get(call.size() - 1));
            }
        }
        assertThat(judged).startsWith("evaluate-metrics").doesNotHaveDuplicates();
    }

    /** Of what follows the stages, only what is always done, or done after a success. */
    private static @Nullable Object section(String name, Closure<?> body) {
        return name.equals("failure") || name.equals("unstable") ? null : body.call();
    }

    private static Map<String, Object> step(Map<?, ?> parameters, Optional<StageName> stage) throws IOException {
        assertThat(PARAMETERS)
                .containsAll(new HashSet<>(
                        parameters.keySet().stream().map(Object::toString).toList()));
        isInSpec(stage, parameters.get("spec").toString());
        Map<String, Object> result = new LinkedHashMap<>();
        for (ResultField field : ResultField.values()) {
            result.put(field.camelCase(), field == ResultField.VERDICT ? "PASSED" : "");
        }
        return result;
    }

    private static void isInSpec(Optional<StageName> stage, String spec) throws IOException {
        String text = Files.readString(ROOT.resolve(spec).resolve("gatewright.yaml"));
        stage.ifPresent(name -> assertThat(text).contains("\n  " + name.spelling() + ":\n"));
    }

    private static String camelCase(StageName stage) {
        Matcher words = Pattern.compile("-([a-z])").matcher(stage.spelling());
        return words.replaceAll(word -> word.group(1).toUpperCase(java.util.Locale.ROOT));
    }
}
