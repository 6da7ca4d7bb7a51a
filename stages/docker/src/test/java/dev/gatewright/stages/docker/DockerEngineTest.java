// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.stages.oci.DockerCredentials;
import dev.gatewright.stages.oci.Reference;
import dev.gatewright.validation.testkit.Requires;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** On a real engine. */
@Tag("docker")
@Timeout(300)
class DockerEngineTest {
    private static final Reference BASE =
            Reference.parse("localhost:5000/base/python:bookworm").orElseThrow();
    private static final Reference NAME =
            Reference.parse("localhost:5000/gatewright-test/engine:1").orElseThrow();
    private static final DockerCredentials NOBODY = new DockerCredentials(name -> Optional.empty());
    private static final String SERVER = """
            FROM localhost:5000/base/python:bookworm
            COPY said.txt /srv/said.txt
            WORKDIR /srv
            CMD ["python3", "-m", "http.server", "8000"]
            """;

    @TempDir
    private Path folder;

    @TempDir
    private Path work;

    private DockerEngine engine;
    private final List<String> printed = new ArrayList<>();

    @BeforeEach
    void connects() throws IOException {
        engine = DockerEngine.connect(Requires.docker());
        Files.writeString(folder.resolve("said.txt"), "as it is in the folder");
    }

    @AfterEach
    void removes() throws IOException {
        if (engine != null) {
            engine.remove(NAME.toString());
            engine.close();
        }
    }

    private DockerImage build(String dockerfile, Map<String, Path> instead) throws Exception {
        Path file = Files.writeString(folder.resolve("Dockerfile"), dockerfile);
        return engine.build(
                new DockerBuild(
                        folder,
                        file,
                        Set.of("secret"),
                        instead,
                        NAME,
                        BASE,
                        "linux/amd64",
                        Map.of(),
                        Map.of("of", "a test"),
                        null),
                work,
                NOBODY,
                printed::add);
    }

    @Test
    void findsWhatItHasBuiltAgain() throws Exception {
        DockerImage one = build(SERVER, Map.of());
        DockerImage again = build(SERVER, Map.of());

        assertThat(again).isEqualTo(one);
        assertThat(engine.image(NAME.toString())).contains(one);
        assertThat(one.entrypoint()).containsExactly("python3", "-m", "http.server", "8000");
        assertThat(one.layers()).hasSizeGreaterThan(1);
        assertThat(printed).anyMatch(line -> line.contains("COPY said.txt"));
    }

    @Test
    void putsOtherFilesIntoThePlaceOfThoseOfTheFolder() throws Exception {
        Path other = Files.writeString(Files.createTempFile(folder, "other", ""), "as it was judged");

        DockerImage image = build(SERVER, Map.of("said.txt", other));

        Path copied = folder.resolve("copied");
        engine.copy(image, Map.of("/srv/said.txt", copied), 100);
        assertThat(copied).hasContent("as it was judged");
    }

    @Test
    void leavesOutWhatTheFolderSays() throws Exception {
        Files.writeString(folder.resolve(".dockerignore"), "*.txt\n");

        assertThatThrownBy(() -> build(SERVER, Map.of()))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("could not build the image")
                .hasMessageContaining("said.txt");
    }

    @Test
    void leavesOutWhatNeverGoesWhateverTheDockerfileCopies() throws Exception {
        Files.writeString(Files.createDirectories(folder.resolve("secret/deep")).resolve("rows.csv"), "rows");

        DockerImage image = build("FROM localhost:5000/base/python:bookworm\nCOPY . /srv\n", Map.of());

        engine.copy(image, Map.of("/srv/said.txt", work.resolve("x")), 100);
        assertThatThrownBy(() -> engine.copy(image, Map.of("/srv/secret/deep/rows.csv", work.resolve("y")), 100))
                .hasMessageContaining("Could not find the file");
    }

    @Test
    void saysWhatABuildFailedOf() {
        assertThatThrownBy(() -> build("FROM localhost:5000/base/python:bookworm\nRUN exit 7\n", Map.of()))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("returned a non-zero code: 7");
    }

    @Test
    void saysWhatItDoesNotFindInAnImage() throws Exception {
        DockerImage image = build(SERVER, Map.of());

        assertThatThrownBy(() -> engine.copy(image, Map.of("/srv/nothing", folder.resolve("x")), 100))
                .hasMessageContaining("Could not find the file /srv/nothing");
        assertThatThrownBy(() -> engine.copy(image, Map.of("/srv", folder.resolve("x")), 100))
                .hasMessageContaining("is no file of its own");
        assertThatThrownBy(() -> engine.copy(image, Map.of("/srv/said.txt", folder.resolve("x")), 10))
                .hasMessageContaining("at most 10");
        assertThat(containers()).isEmpty();
    }

    @Test
    void asksAContainerOnAPortOfThisMachineAndRemovesIt() throws Exception {
        DockerImage image = build(SERVER, Map.of());
        try (DockerContainer container = engine.start(new ContainerRequest(image.id(), 8000, true))) {
            assertThat(read(container.port())).isEqualTo("as it is in the folder");
            assertThat(container.ended()).isEmpty();
            assertThat(container.peakMemory().orElseThrow()).isGreaterThan(1 << 20);
            assertThat(container.output()).contains("GET /said.txt");
            assertThat(containers()).hasSize(1);
        }

        assertThat(containers()).isEmpty();
    }

    @Test
    void letsAConfinedContainerWriteNothing() throws Exception {
        DockerImage image = build("""
                FROM localhost:5000/base/python:bookworm
                CMD ["sh", "-c", "touch /tmp/x && (touch /srv/x || id -u) && sleep 60"]
                """, Map.of());
        try (DockerContainer container = engine.start(new ContainerRequest(image.id(), 8000, true))) {
            String output = "";
            while (!output.contains("Read-only file system")) {
                output = container.output();
                assertThat(container.ended()).isEmpty();
                Thread.sleep(50);
            }
        }
    }

    @Test
    void saysHowAContainerEnded() throws Exception {
        DockerImage image = build(
                "FROM localhost:5000/base/python:bookworm\nCMD [\"sh\", \"-c\", \"echo gone; sleep 1; exit 3\"]\n",
                Map.of());
        try (DockerContainer container = engine.start(new ContainerRequest(image.id(), 8000, false))) {
            while (container.ended().isEmpty()) {
                Thread.sleep(50);
            }
            assertThat(container.ended()).contains("ended with 3");
            assertThat(container.output()).contains("gone");
        }
    }

    @Test
    void pushesToTheRegistryOfTheName() throws Exception {
        build(SERVER, Map.of());

        engine.push(NAME, NOBODY, printed::add);

        assertThat(read(URI.create("http://localhost:5000/v2/gatewright-test/engine/tags/list")))
                .contains("\"1\"");
        engine.remove(NAME.toString());
        assertThat(engine.image(NAME.toString())).isEmpty();
    }

    @Test
    void saysThatARegistryCannotBeHad() throws Exception {
        Reference elsewhere = Reference.parse("localhost:1/x:1").orElseThrow();

        assertThatThrownBy(() -> engine.push(elsewhere, NOBODY, printed::add))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("could not push localhost:1/x:1");
    }

    @Test
    void removesWhatAKilledProcessHasLeft() throws Exception {
        DockerImage image = build(SERVER, Map.of());
        Process process = Forked.start(engine.host().toString(), image.id().toString());
        try {
            assertThat(Forked.firstLine(process)).isEqualTo("started");
            assertThat(containers()).hasSize(1);
        } finally {
            process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }

        try (DockerContainer own = engine.start(new ContainerRequest(image.id(), 8000, true))) {
            assertThat(own.ended()).isEmpty();
            assertThat(containers()).hasSize(1);
        }
    }

    private List<String> containers() throws IOException {
        return engine.containersOf(NAME.toString());
    }

    private static String read(int port) throws Exception {
        while (true) {
            try {
                return read(URI.create("http://127.0.0.1:" + port + "/said.txt"));
            } catch (IOException e) {
                Thread.sleep(100);
            }
        }
    }

    private static String read(URI address) throws IOException {
        try (InputStream in = address.toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
