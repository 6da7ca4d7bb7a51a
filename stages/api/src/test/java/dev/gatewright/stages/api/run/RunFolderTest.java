// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.stages.api.spec.InvalidRequestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunFolderTest {
    @TempDir
    private Path runs;

    @Test
    void isOpenOnceInAProgram() throws IOException {
        RunFolder folder = RunFolder.open(runs, "a");

        assertThatThrownBy(() -> RunFolder.open(runs, "a"))
                .isInstanceOf(RunFolder.BusyException.class)
                .hasMessage("another process works on the run in " + runs.resolve("a"));
        RunFolder.open(runs, "b").close();
        folder.close();
        RunFolder.open(runs, "a").close();
    }

    @Test
    void isTheSameFolderByAnyName() throws IOException {
        Path link = Files.createSymbolicLink(runs.resolveSibling(runs.getFileName() + "-link"), runs);
        try (RunFolder folder = RunFolder.open(runs, "a")) {
            assertThat(folder.path()).isDirectory();
            assertThatThrownBy(() -> RunFolder.open(link, "a")).isInstanceOf(RunFolder.BusyException.class);
        } finally {
            Files.delete(link);
        }
    }

    @Test
    void closesMoreThanOnce() throws IOException {
        RunFolder folder = RunFolder.open(runs, "a");
        folder.close();
        try (RunFolder again = RunFolder.open(runs, "a")) {
            folder.close();

            assertThat(again.path()).isDirectory();
            assertThatThrownBy(() -> RunFolder.open(runs, "a")).isInstanceOf(RunFolder.BusyException.class);
        }
    }

    @Test
    void isBusyWhileAnotherProcessHoldsIt() throws Exception {
        try (Forked other = Forked.start(HoldingProgram.class, List.of(runs.toString(), "a"))) {
            assertThat(other.line()).isEqualTo("held");

            assertThatThrownBy(() -> RunFolder.open(runs, "a")).isInstanceOf(RunFolder.BusyException.class);
            other.kill();

            RunFolder.open(runs, "a").close();
        }
    }

    /** A second try in this program must not give this program's lock away. */
    @Test
    void staysBusyForAnotherProcessAfterASecondTryHere() throws Exception {
        try (RunFolder folder = RunFolder.open(runs, "a")) {
            assertThat(folder.path()).isDirectory();
            assertThatThrownBy(() -> RunFolder.open(runs, "a")).isInstanceOf(RunFolder.BusyException.class);

            try (Forked other = Forked.start(HoldingProgram.class, List.of(runs.toString(), "a"))) {
                assertThat(other.line()).isEqualTo("busy");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "../a", "a/b", "/tmp/a", "a\\b", "-a", "a\nb", "a b"})
    void refusesRunIdsThatLeadElsewhere(String runId) {
        assertThatThrownBy(() -> RunFolder.open(runs, runId))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith("--run-id:1:1: '")
                .hasMessageEndingWith("' is not a name of letters, digits, '.', '_' and '-'");
        assertThat(runs).isEmptyDirectory();
    }

    /** Opens a run, says so, and holds it. */
    static final class HoldingProgram {
        private HoldingProgram() {}

        public static void main(String[] arguments) throws Exception {
            try (RunFolder folder = RunFolder.open(Path.of(arguments[0]), arguments[1])) {
                System.out.println("held");
                Thread.sleep(60_000);
                System.out.println(folder.path());
            } catch (RunFolder.BusyException e) {
                System.out.println("busy");
            }
        }
    }
}
