// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.ExtensionList;
import hudson.FilePath;
import hudson.model.Node;
import hudson.model.TaskListener;
import hudson.tools.InstallSourceProperty;
import hudson.util.FormValidation;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatewrightInstallationTest {
    private static final GatewrightInstallation.DescriptorImpl ALL =
            ExtensionList.lookupSingleton(GatewrightInstallation.DescriptorImpl.class);

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();

    @AfterEach
    void forget() {
        ALL.setInstallations();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " "})
    void withoutANameIsTheProgramOnThePath(@Nullable String tool) throws Exception {
        assertThat(launcher(tool)).isEqualTo("gatewright");
    }

    @Test
    void isAFolderThatIsThere() throws Exception {
        Path program = program(folder.resolve("gatewright-1"));
        ALL.setInstallations(
                new GatewrightInstallation("new", "/elsewhere", null),
                new GatewrightInstallation("old", "${PLACE}/gatewright-1", List.of()));

        assertThat(launcher("old")).isEqualTo(program.toString());
    }

    @Test
    void saysWhatIsMissing() {
        assertThatThrownBy(() -> launcher("old"))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("called 'old': none is configured");
        ALL.setInstallations(
                new GatewrightInstallation("new", null, null),
                new GatewrightInstallation("gone", folder.resolve("gone").toString(), null),
                new GatewrightInstallation("relative", "gatewright-1", null));
        assertThatThrownBy(() -> launcher("old"))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("configured are new, gone, relative");
        assertThatThrownBy(() -> launcher("new"))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("no installation directory on the agent linux");
        assertThatThrownBy(() -> launcher("gone"))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("no program bin/gatewright in " + folder.resolve("gone"));
        assertThatThrownBy(() -> launcher("relative"))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("no program bin/gatewright");
    }

    @Test
    void saysThatTheAgentIsAway() {
        ALL.setInstallations(new GatewrightInstallation("old", folder.toString(), null));

        assertThatThrownBy(() -> GatewrightInstallation.launcher("old", new Agent(null), new EnvVars(), listener()))
                .isInstanceOf(AbortException.class)
                .hasMessage("The agent linux is not connected.");
    }

    @Test
    void isFetchedOnce() throws Exception {
        Path archive = folder.resolve("gatewright.zip");
        String sha256 = Archive.ofTheProgram().writeTo(archive);
        ALL.setInstallations(fetched(archive.toUri().toString(), sha256));

        String program = launcher("fetched");

        assertThat(program)
                .isEqualTo(folder.resolve("agent/tools/gatewright/" + sha256 + "/bin/gatewright")
                        .toString());
        assertThat(log.toString(StandardCharsets.UTF_8)).contains("fetching " + archive.toUri());

        log.reset();
        Files.delete(archive);
        assertThat(launcher("fetched")).isEqualTo(program);
        assertThat(log.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void isNotFetchedWithoutADigest() throws Exception {
        Path archive = folder.resolve("gatewright.zip");
        String sha256 = Archive.ofTheProgram().writeTo(archive);
        for (String wrong :
                List.of("", sha256.substring(1), sha256 + "0", "../" + sha256.substring(3), "g".repeat(64))) {
            ALL.setInstallations(fetched(archive.toUri().toString(), wrong));

            assertThatThrownBy(() -> launcher("fetched"))
                    .isInstanceOf(AbortException.class)
                    .hasMessageContaining("64 hexadecimal digits");
        }
        assertThat(folder.resolve("agent")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "gatewright.zip",
                "/opt/gatewright.zip",
                "ftp://example.com/gatewright.zip",
                "jar:file:///opt/a.jar!/b",
                "http:gatewright.zip",
                "http:///gatewright.zip",
                "https://user:password@example.com/gatewright.zip",
                "file://example.com/gatewright.zip",
                "file:gatewright.zip",
                "file:///gatewright.zip?x=1",
                "http://exa mple.com/",
                "javascript:alert(1)"
            })
    void refusesOtherAddresses(String url) {
        ALL.setInstallations(fetched(url, "0".repeat(64)));

        assertThatThrownBy(() -> launcher("fetched"))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("URL of the archive");
        assertThat(new GatewrightInstaller.DescriptorImpl().doCheckUrl(url).kind)
                .isEqualTo(FormValidation.Kind.ERROR);
    }

    @Test
    void theFormTakesWhatTheInstallerTakes() {
        GatewrightInstaller.DescriptorImpl form = new GatewrightInstaller.DescriptorImpl();

        for (String url : List.of(
                "https://example.com/gatewright.zip?x=1",
                "http://[::1]:8080/a",
                " HTTPS://example.com/ ",
                "file:///opt/gatewright.zip",
                "file:/opt/gatewright.zip")) {
            assertThat(form.doCheckUrl(url).kind).as(url).isEqualTo(FormValidation.Kind.OK);
        }
        assertThat(form.doCheckSha256("0".repeat(63) + "F").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(form.doCheckSha256("0".repeat(63)).kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(form.isApplicable(GatewrightInstallation.class)).isTrue();
        assertThat(ALL.getDefaultInstallers()).singleElement().isInstanceOf(GatewrightInstaller.class);
    }

    @Test
    void itsFolderIsPutBeforeThePath() {
        EnvVars variables = new EnvVars();

        new GatewrightInstallation("old", "/opt/gatewright-1", null).buildEnvVars(variables);

        assertThat(variables).containsEntry("PATH+GATEWRIGHT", "/opt/gatewright-1/bin");
    }

    private static GatewrightInstallation fetched(String url, String sha256) {
        try {
            return new GatewrightInstallation(
                    "fetched",
                    null,
                    List.of(new InstallSourceProperty(List.of(new GatewrightInstaller(null, url, sha256)))));
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Path program(Path home) throws java.io.IOException {
        Path program = Files.createDirectories(home.resolve("bin")).resolve("gatewright");
        return Files.writeString(program, "");
    }

    private String launcher(@Nullable String tool) throws Exception {
        EnvVars variables = new EnvVars();
        variables.put("PLACE", folder.toString());
        Node agent = new Agent(new FilePath(folder.resolve("agent").toFile()));
        return GatewrightInstallation.launcher(tool, agent, variables, listener());
    }

    private TaskListener listener() {
        return () -> new PrintStream(log, true, StandardCharsets.UTF_8);
    }

    private static final class Agent extends Node {
        private final @Nullable FilePath root;

        Agent(@Nullable FilePath root) {
            this.root = root;
        }

        @Override
        public String getNodeName() {
            return "linux";
        }

        @Override
        public @Nullable FilePath getRootPath() {
            return root;
        }
    }
}
