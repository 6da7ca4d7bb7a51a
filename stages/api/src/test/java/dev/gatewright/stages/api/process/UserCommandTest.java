// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.validation.testkit.Requires;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
@Tag("slow")
class UserCommandTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final String mark = UUID.randomUUID().toString();
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();

    @TempDir
    private Path folder;

    @BeforeEach
    void needsProc() {
        Requires.that(Files.isDirectory(Path.of("/proc/self")), "needs /proc, by which the test finds processes");
    }

    /** Each test's commands carry a mark of their own in the environment. */
    @AfterEach
    void leavesNoProcessAndNoThread() throws Exception {
        assertThat(marked()).isEmpty();
        for (int i = 0; i < 100 && !pumps().isEmpty(); i++) {
            Thread.sleep(20);
        }
        assertThat(pumps()).isEmpty();
    }

    @Test
    void handsOverEachLineAndKeepsItInTheLog() throws Exception {
        assertThat(run("echo one; echo two >&2; printf 'three\\r\\nfour'")).isZero();

        assertThat(lines).containsExactly("one", "two", "three", "four");
        assertThat(log()).isEqualTo("one\ntwo\nthree\nfour\n");
    }

    @Test
    void keepsAllThatWasPrintedBeforeTheEnd() throws Exception {
        assertThat(run("i=0; while [ $i -lt 20000 ]; do echo $i; i=$((i+1)); done"))
                .isZero();

        assertThat(lines).hasSize(20_000);
        assertThat(log()).endsWith("\n19999\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "true|0",
                "false|1",
                "exit 3|3",
                "exit 255|255",
                "no-such-program|127",
                "/etc/passwd|126",
                "kill -9 $$|137",
                "kill -TERM $$|143",
                "exec sh -c 'kill -SEGV $$'|139",
                "sh -c 'exit 7'|7",
            })
    void tellsHowTheCommandEnded(String command, int exitCode) throws Exception {
        assertThat(run(command)).isEqualTo(exitCode);
    }

    @Test
    void runsInTheFolderWithTheEnvironmentAndWithoutInput() throws Exception {
        run("pwd; echo $GREETING; echo ${HOME:+inherited}; cat; echo end");

        assertThat(lines).containsExactly(folder.toRealPath().toString(), "hello world", "inherited", "end");
    }

    @Test
    void runsInASessionOfItsOwn() throws Exception {
        run("cut -d' ' -f6 /proc/$$/stat; echo $$");

        assertThat(lines).hasSize(2);
        assertThat(lines.poll()).isEqualTo(lines.poll());
    }

    @Test
    void endsACommandThatRunsOutOfTime() throws Exception {
        try (UserCommand command = start("echo started; sleep 300", lines::add)) {
            assertThat(command.awaitEnd(Duration.ofMillis(300))).isFalse();
            assertThat(marked()).isNotEmpty();
        }

        assertThat(marked()).isEmpty();
        assertThat(lines).containsExactly("started");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sleep 300 & sleep 300 & wait",
                "sleep 300 | cat | cat",
                "sleep 300 & exit 0",
                "nohup sleep 300 >/dev/null 2>&1 & exit 0",
                "setsid sleep 300 & exit 0",
                "(setsid sh -c 'sleep 300 & sleep 300 &' &) ; exit 0",
                "(setsid setsid nohup sleep 300 >/dev/null 2>&1 </dev/null &) ; cd / ; exit 1",
                "setsid sh -c 'env -i sleep 300; true' & sleep 0.5; exit 0",
                "sh -c 'sleep 300 & kill -9 $$'",
            })
    void endsAllThatTheCommandStarted(String command) throws Exception {
        try (UserCommand started = start(command, lines::add)) {
            started.awaitEnd(Duration.ofSeconds(1));
            while (marked().isEmpty()) {
                Thread.sleep(1); // it has been forked, and has its environment in a moment
            }
        }

        assertThat(marked()).isEmpty();
        assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "trap '' TERM; echo ready; while :; do sleep 1; done",
                // What is printed after the command's own end is lost, so it waits for that line.
                "setsid sh -c \"trap '' TERM; echo ready; touch there; while :; do sleep 1; done\" &"
                        + " while [ ! -e there ]; do sleep 0.1; done; exit 0",
                "trap 'setsid sleep 300 & exit' TERM; echo ready; while :; do sleep 0.1; done",
            })
    void endsWhatDoesNotWantToEnd(String command) throws Exception {
        endAfterTheFirstLine(command);

        assertThat(marked()).isEmpty();
    }

    @Test
    void asksBeforeItKills() throws Exception {
        endAfterTheFirstLine("trap 'echo cleaning; exit 0' TERM; echo ready; while :; do sleep 0.1; done");

        assertThat(lines).contains("ready", "cleaning");
        assertThat(log()).contains("cleaning\n");
    }

    @Test
    void handsOverNothingAfterItWasClosed() throws Exception {
        endAfterTheFirstLine("while :; do echo tick; done");
        int size = lines.size();
        Thread.sleep(200);

        assertThat(lines).hasSize(size);
    }

    @Test
    void holdsALineWithoutEndInPieces() throws Exception {
        AtomicLong characters = new AtomicLong();
        AtomicLong longest = new AtomicLong();
        try (UserCommand command = start("head -c 100000000 /dev/zero | tr '\\0' x", line -> {
            characters.addAndGet(line.length());
            longest.accumulateAndGet(line.length(), Math::max);
        })) {
            assertThat(command.awaitEnd(LONG)).isTrue();
        }

        assertThat(characters).hasValue(100_000_000);
        assertThat(longest).hasValue(BoundedLines.LONGEST);
    }

    @Test
    void keepsACharacterWholeWhereALineIsCut() throws Exception {
        assertThat(run("head -c 65535 /dev/zero | tr '\\0' x; printf '\\360\\237\\230\\200'; echo; echo end"))
                .isZero();

        assertThat(lines).containsExactly("x".repeat(65535) + "😀", "end");
        assertThat(log()).isEqualTo("x".repeat(65535) + "😀\nend\n");
    }

    @Test
    void showsWhatIsNotUtf8AsReplaced() throws Exception {
        run("printf 'a\\377b\\n'");

        assertThat(lines).containsExactly("a\uFFFDb");
    }

    @Test
    void saysThatItCouldNotKeepTheOutput() throws Exception {
        Requires.that(Files.exists(Path.of("/dev/full")), "needs /dev/full, a disk that is always full");
        UserCommand command =
                UserCommand.start("echo one; echo two", folder, environment(), Path.of("/dev/full"), lines::add);
        command.awaitEnd(LONG);

        assertThatThrownBy(command::close)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("cannot keep the command's output: ");
    }

    @Test
    void saysThatItsConsumerFailed() throws Exception {
        UserCommand command = start("echo one; echo two", line -> {
            throw new IllegalArgumentException("no " + line);
        });
        command.awaitEnd(LONG);

        assertThatThrownBy(command::close)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("cannot keep the command's output: java.lang.IllegalArgumentException: no one");
    }

    @Test
    void startsNothingWhereItCannot() {
        assertThatThrownBy(() -> UserCommand.start(
                        "echo", folder.resolve("missing"), environment(), folder.resolve("log.txt"), lines::add))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() ->
                        UserCommand.start("echo", folder, environment(), folder.resolve("missing/log.txt"), lines::add))
                .isInstanceOf(IOException.class);
        assertThat(openFiles()).noneMatch(file -> file.endsWith("log.txt"));
    }

    @Test
    void endsTheCommandOfAThreadThatIsInterrupted() throws Exception {
        List<Throwable> thrown = new ArrayList<>();
        List<Boolean> interrupted = new ArrayList<>();
        Thread thread = new Thread(() -> {
            try (UserCommand command = start("trap '' TERM; echo ready; sleep 300", lines::add)) {
                command.awaitEnd(LONG);
            } catch (InterruptedException e) {
                thrown.add(e);
                Thread.currentThread().interrupt();
            } catch (IOException e) {
                thrown.add(e);
            }
            interrupted.add(Thread.currentThread().isInterrupted());
        });
        thread.start();
        awaitLine();
        thread.interrupt();
        thread.join();

        assertThat(thrown).singleElement().isInstanceOf(InterruptedException.class);
        assertThat(interrupted).containsExactly(true);
    }

    @Test
    void staysInterruptedWhenItIsClosed() throws Exception {
        UserCommand command = start("sleep 300", lines::add);
        Thread.currentThread().interrupt();
        command.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(marked()).isEmpty();
    }

    private void endAfterTheFirstLine(String command) throws Exception {
        UserCommand started = start(command, lines::add);
        try {
            awaitLine();
        } finally {
            started.close();
        }
    }

    private int run(String command) throws Exception {
        try (UserCommand started = start(command, lines::add)) {
            assertThat(started.awaitEnd(LONG)).isTrue();
            return started.exitCode();
        }
    }

    private UserCommand start(String command, Consumer<String> consumer) throws IOException {
        return UserCommand.start(command, folder, environment(), folder.resolve("log.txt"), consumer);
    }

    private Map<String, String> environment() {
        return Map.of("GREETING", "hello world", "TEST_MARK", mark);
    }

    private void awaitLine() throws InterruptedException {
        while (lines.isEmpty()) {
            Thread.sleep(10);
        }
    }

    private String log() throws IOException {
        return Files.readString(folder.resolve("log.txt"));
    }

    /** The processes that carry this test's mark, by what they run; those that have ended show no environment. */
    private List<String> marked() throws IOException {
        List<String> found = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                try {
                    String environment =
                            new String(Files.readAllBytes(process.resolve("environ")), StandardCharsets.ISO_8859_1);
                    if (environment.contains("TEST_MARK=" + mark)) {
                        found.add(process + " "
                                + Files.readString(process.resolve("cmdline")).replace('\0', ' '));
                    }
                } catch (IOException e) {
                    // It has ended.
                }
            }
        }
        return found;
    }

    private static List<String> pumps() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("output of "))
                .toList();
    }

    private static List<String> openFiles() {
        List<String> files = new ArrayList<>();
        try (DirectoryStream<Path> open = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path file : open) {
                if (Files.isSymbolicLink(file)) {
                    files.add(Files.readSymbolicLink(file).toString());
                }
            }
        } catch (IOException e) {
            // One of them was closed in between.
        }
        return files;
    }
}
