// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.validation.testkit.Requires;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code gatewright image}, by the installed program, and what it made by a real engine. */
@Timeout(600)
@Tag("slow")
class ProgramImageTest {
    private static final String NAME = "localhost:5000/gatewright-test/program:1";
    private static final String BASE = "localhost:5000/base/java:bookworm";

    @TempDir
    private Path folder;

    private Path home;

    /** What a process printed, and its exit code. */
    private record Ended(int code, String printed) {}

    @BeforeEach
    void install() throws IOException {
        home = InstalledProgram.make(folder.resolve("program"));
    }

    private Ended start(String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), printed);
    }

    private Ended gatewright(String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(home.resolve("bin/gatewright").toString()));
        command.addAll(List.of(arguments));
        return start(command.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            image Program:1 --base r.example/java:17 --push      | Program:1' is no name of an image
            image r.example/p:1 --base java --push               | java' is no image of a registry
            image r.example/p:1 --push                           | Missing required option:
            image r.example/p:1 --base r.example/java:17         | say where the image goes
            image r.example/p:1 --base r.example/java:17 --to p  | the file of --to ends in .tar
            image p:1 --base r.example/java:17 --push            | the registry that its name begins with
            image r.example/p:1 --base r.example/j --push --platform windows/amd64 | is not one of linux/amd64
            """)
    void refusesWhatIsWrong(String arguments, String sentence) throws Exception {
        Ended ended = gatewright(arguments.split(" "));

        assertThat(ended.printed()).contains(sentence);
        assertThat(ended.code()).isEqualTo(2);
    }

    @Test
    void saysThatABaseCannotBeHad() throws Exception {
        Ended ended = gatewright("image", "localhost:1/p:1", "--base", "localhost:1/java:17", "--to", "p.tar");

        assertThat(ended.printed()).contains("localhost:1 cannot be reached");
        assertThat(ended.code()).isEqualTo(3);
        assertThat(folder.resolve("p.tar")).doesNotExist();
    }

    /** With an engine and a registry. */
    @Tag("docker")
    @Test
    void judgesInAContainerAsNobodyOnAFileSystemThatItCannotWriteTo() throws Exception {
        Requires.docker();
        Path work = Files.createDirectory(folder.resolve("work"));
        Workplace.in(work, home);
        Ended made = gatewright("image", NAME, "--base", BASE, "--push");
        assertThat(made.printed()).contains("pushed " + NAME);
        assertThat(made.code()).isZero();
        assertThat(gatewright("image", NAME, "--base", BASE, "--to", "p.tar").printed())
                .as("the same bytes again")
                .endsWith(made.printed().substring(made.printed().indexOf("sha256:")));
        open(work);

        Ended ran = start(
                "docker",
                "run",
                "--rm",
                "--read-only",
                "--tmpfs",
                "/tmp:exec",
                "--cap-drop",
                "ALL",
                "-v",
                work + ":/work",
                "-w",
                "/work",
                NAME,
                "run",
                "gatewright.yaml");

        assertThat(ran.printed()).contains("PASSED  run");
        assertThat(ran.code()).isZero();
    }

    /** For whoever the container runs as. */
    private static void open(Path folder) throws Exception {
        assertThat(new ProcessBuilder("chmod", "-R", "a+rwX", folder.toString())
                        .start()
                        .waitFor())
                .isZero();
    }

    @AfterEach
    void remove() throws Exception {
        if (!System.getProperty("gatewright.docker", "").isEmpty()) {
            start("docker", "rmi", "-f", NAME);
        }
    }
}
