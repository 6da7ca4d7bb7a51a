// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.actions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.validation.testkit.Gen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** From an action's inputs to the arguments of the program. */
class LaunchTest {
    /** Tells its arguments, each with a NUL behind it, and which inputs it still finds in its environment. */
    private static final String PROGRAM = """
            #!/bin/sh
            printf '%s\\0' "$@" >"$TOLD"
            [ -z "${GATEWRIGHT_SPEC-}${GATEWRIGHT_SET-}${GATEWRIGHT_RUN_ID-}${GATEWRIGHT_DEVICE-}" ] || echo 'inputs are passed on'
            exit "${CODE:-0}"
            """;

    private static final String NOT_STARTED = "verdict=NOT_EVALUATED\nstatus=NOT_STARTED\n";

    @TempDir
    private Path folder;

    private Path told;
    private Runner runner;

    @BeforeEach
    void placeProgram() throws IOException {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        told = folder.resolve("told");
        executable(bin.resolve("gatewright"), PROGRAM);
        runner = new Runner(folder)
                .with("PATH", bin + ":" + System.getenv("PATH"))
                .with("TOLD", told.toString());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void callsTheProgram(String folder, String command) throws Exception {
        Action action = Action.in(folder);
        Runner.Ended ended = runner.run(action, action.steps().size() - 1, Map.of());

        assertThat(ended.code()).as(ended.log()).isZero();
        assertThat(ended.log()).isEmpty();
        assertThat(ended.outputs()).isEqualTo(NOT_STARTED);
        assertThat(told())
                .containsExactly(command, "--host=github-actions", "--run-id=github-77-2", "--", "gatewright.yaml");
    }

    static Stream<Arguments> commands() throws IOException {
        return Action.folders().stream()
                .filter(folder -> !folder.equals("actions/setup"))
                .map(folder -> Arguments.of(folder, folder.isEmpty() ? "run" : folder.substring("actions/".length())));
    }

    @Test
    void takesALineOfSetForASetting() throws Exception {
        runner.run(
                Action.in("actions/run"),
                0,
                Map.of(
                        "spec", "models/digits",
                        "set", "a.b=1\n\n  \nc=x y\r\nd=\n",
                        "run-id", "r-7",
                        "device", "cuda"));

        assertThat(told())
                .containsExactly(
                        "run",
                        "--host=github-actions",
                        "--run-id=r-7",
                        "--set=a.b=1",
                        "--set=c=x y",
                        "--set=d=",
                        "--device=cuda",
                        "--",
                        "models/digits");
    }

    @Test
    void twoThousandHostileValuesStayArguments() throws Exception {
        Action action = Action.in("actions/run");
        for (int seed = 0; seed < 500; seed++) {
            Gen gen = new Gen(seed);
            String spec = HostileValues.next(gen);
            String set = HostileValues.next(gen);
            String id = HostileValues.next(gen);
            String device = HostileValues.next(gen);
            Runner.Ended ended =
                    runner.run(action, 0, Map.of("spec", spec, "set", set, "run-id", id, "device", device));

            List<String> expected = new ArrayList<>(List.of("run", "--host=github-actions", "--run-id=" + id));
            for (String line : set.split("\n", -1)) {
                String setting = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
                if (!setting.isBlank()) {
                    expected.add("--set=" + setting);
                }
            }
            expected.addAll(List.of("--device=" + device, "--", spec));
            assertThat(told()).as("seed %s", seed).isEqualTo(expected);
            assertThat(ended.outputs()).as("seed %s", seed).isEqualTo(NOT_STARTED);
            assertThat(ended.log()).as("seed %s", seed).isEmpty();
        }
        assertThat(runner.workspace()).isEmptyDirectory();
    }

    @Test
    void endsAsTheProgramEnds() throws Exception {
        for (int code : List.of(0, 1, 2, 3, 4, 130)) {
            Runner.Ended ended = runner.with("CODE", Integer.toString(code)).run(Action.in(""), 1, Map.of());

            assertThat(ended.code()).isEqualTo(code);
        }
    }

    @Test
    void becomesTheProgram() throws Exception {
        executable(
                folder.resolve("bin/gatewright"),
                "#!/bin/sh\necho $$ >\"$TOLD.part\"; mv \"$TOLD.part\" \"$TOLD\"; exec sleep 60\n");
        Runner.Started started = runner.start(Action.in("actions/run"), 0, Map.of());
        try {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (!Files.exists(told) && System.nanoTime() < end) {
                Thread.sleep(10);
            }
            assertThat(Files.readString(told).strip())
                    .isEqualTo(Long.toString(started.process().pid()));
        } finally {
            started.process().destroyForcibly();
        }
    }

    @Test
    void saysWhereTheProgramComesFromWhereThereIsNone() throws Exception {
        Files.delete(folder.resolve("bin/gatewright"));
        Runner.Ended ended = runner.run(Action.in("actions/run"), 0, Map.of());

        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.outputs()).isEqualTo(NOT_STARTED);
        assertThat(ended.log())
                .isEqualTo("::error title=Gatewright::there is no program gatewright on the PATH: a step with"
                        + " actions/setup puts it there\n");
    }

    private List<String> told() throws IOException {
        String all = Files.readString(told);
        return Arrays.asList(all.substring(0, all.length() - 1).split("\0", -1));
    }

    private static void executable(Path file, String text) throws IOException {
        Files.writeString(file, text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }
}
