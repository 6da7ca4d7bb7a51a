// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.host.Host;
import dev.gatewright.stages.api.host.HostParameter;
import dev.gatewright.stages.api.host.ResultField;
import hudson.AbortException;
import hudson.Extension;
import java.beans.Introspector;
import java.beans.PropertyDescriptor;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

class GateStepTest {
    @TempDir
    private Path folder;

    static List<GateStep> steps() {
        return List.of(
                new GatewrightStep(),
                new TrainGateStep(),
                new EvaluateMetricsStep(),
                new ExportOnnxStep(),
                new QuantizeStep(),
                new ContainerizeStep(),
                new CanaryDeployStep(),
                new SmokeTestStep());
    }

    /** {@code canary-deploy} is the step {@code canaryDeploy} of the class {@code CanaryDeployStep}. */
    @Test
    void everyStageHasItsStepWithItsName() {
        List<Optional<StageName>> all = new ArrayList<>(List.of(Optional.empty()));
        Arrays.stream(StageName.values()).map(Optional::of).forEach(all::add);
        assertThat(steps().stream().map(GateStep::stage).toList()).isEqualTo(all);
        for (GateStep step : steps()) {
            String function = step.getDescriptor().getFunctionName();
            assertThat(step.getClass().getSimpleName())
                    .isEqualTo(Character.toUpperCase(function.charAt(0)) + function.substring(1) + "Step");
            assertThat(step.stage()
                            .map(stage -> stage.spelling().replace("-", ""))
                            .orElse("gatewright"))
                    .isEqualToIgnoringCase(function);
        }
    }

    @ParameterizedTest
    @MethodSource("steps")
    void jenkinsFindsItAndMakesIt(GateStep step) throws Exception {
        StepDescriptor descriptor = step.getDescriptor();

        assertThat(descriptor.getClass().getEnclosingClass()).isEqualTo(step.getClass());
        assertThat(descriptor.getClass()).hasAnnotation(Extension.class);
        assertThat(descriptor.getDisplayName()).startsWith("Gatewright: ");
        assertThat(step.getClass().getConstructor())
                .satisfies(made -> assertThat(made.isAnnotationPresent(DataBoundConstructor.class))
                        .isTrue());
    }

    /** Declarative and scripted Pipelines set what is a text, or a list of texts. */
    @Test
    void itsParametersAreThoseOfTheTable() throws Exception {
        for (HostParameter parameter : HostParameter.values()) {
            String name = parameter.camelCase();
            PropertyDescriptor property = Arrays.stream(
                            Introspector.getBeanInfo(GateStep.class).getPropertyDescriptors())
                    .filter(each -> each.getName().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("the steps have no parameter " + name));
            Method setter = property.getWriteMethod();
            assertThat(setter.isAnnotationPresent(DataBoundSetter.class))
                    .as(name)
                    .isTrue();
            assertThat(setter.getParameterTypes()[0])
                    .isEqualTo(parameter == HostParameter.SET ? List.class : String.class);
            assertThat(resource("GateStep/config.jelly")).contains("field=\"" + name + "\"");
        }
        assertThat(Arrays.stream(GateStep.class.getMethods())
                        .filter(method -> method.isAnnotationPresent(DataBoundSetter.class)))
                .hasSize((int) Arrays.stream(HostParameter.values())
                        .filter(parameter -> parameter.isOn(Host.JENKINS))
                        .count());
    }

    @Test
    void everyParameterHasItsHelpInTheWordsOfTheTable() throws Exception {
        for (HostParameter parameter : HostParameter.values()) {
            String help = resource("GateStep/help-" + parameter.camelCase() + ".html");
            assertThat(help).isEqualTo("<div>" + parameter.description() + "</div>\n");
        }
    }

    @ParameterizedTest
    @MethodSource("steps")
    void itsHelpNamesWhatItReturns(GateStep step) throws Exception {
        String help = resource(step.getClass().getSimpleName() + "/help.html");

        assertThat(help).contains(step.stage().map(StageName::spelling).orElse("all stages"));
        for (ResultField field : ResultField.values()) {
            assertThat(help).contains("<code>" + field.camelCase() + "</code>");
        }
    }

    @Test
    void whatAFormLeavesEmptyIsNotGiven() {
        GateStep step = new EvaluateMetricsStep();
        step.setSpec(" ");
        step.setSet(List.of("", "a=1"));
        step.setFailOn("");

        assertThat(step.getSpec()).isNull();
        assertThat(step.getSet()).containsExactly("a=1");
        assertThat(step.getFailOn()).isNull();
        step.setSet(List.of(""));
        assertThat(step.getSet()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"failed", "NEVER", "PASSED"})
    void anUnknownFailOnIsRefusedBeforeAnythingStarts(String failOn) {
        GateStep step = new EvaluateMetricsStep();
        step.setFailOn(failOn);

        assertThatThrownBy(() -> build().start(step))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("[INCONCLUSIVE, FAILED, NOT_EVALUATED]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "a/b", "../x", "a b", "a\nb", "é"})
    void aRunIdThatLeadsElsewhereIsRefusedBeforeAnythingStarts(String runId) {
        GateStep step = new EvaluateMetricsStep();
        step.setRunId(runId);

        assertThatThrownBy(() -> build().start(step))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("is not a name");
    }

    @Test
    void theFormOffersWhatThereIs() {
        GateStepDescriptor descriptor = (GateStepDescriptor) new EvaluateMetricsStep().getDescriptor();

        assertThat(descriptor.doFillFailOnItems())
                .extracting(choice -> choice.value)
                .containsExactly("", "INCONCLUSIVE", "FAILED", "NOT_EVALUATED");
        assertThat(descriptor.doFillDeviceItems())
                .extracting(choice -> choice.value)
                .containsExactly("", "auto", "cpu", "cuda", "tensorrt");
        assertThat(descriptor.doFillToolItems().get(0).value).isEmpty();
        assertThat(descriptor.argumentsToString(Map.of("spec", "a.yaml", "device", "cpu")))
                .isEqualTo("a.yaml");
    }

    private TestBuild build() throws Exception {
        return TestBuild.in(folder, folder);
    }

    private static String resource(String name) throws Exception {
        try (InputStream in = GateStep.class.getResourceAsStream(name)) {
            assertThat(in).as(name).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
