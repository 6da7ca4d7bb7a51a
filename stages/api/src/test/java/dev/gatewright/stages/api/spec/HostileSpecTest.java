// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatewright.validation.testkit.Gen;
import dev.gatewright.validation.testkit.Seeded;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that attack their reader: each is refused with a sentence, in less than a second of work. */
class HostileSpecTest {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final Duration AT_MOST = Duration.ofSeconds(1);

    @TempDir
    private Path folder;

    static Stream<Arguments> attacks() {
        String values = "more than 100000 values, aliases unfolded";
        String characters = "more than 1048576 characters, aliases unfolded";
        String deep = "nested deeper than 50 levels, aliases unfolded";
        return Stream.of(
                attack("billion laughs", values, () -> laughs(9, 9)),
                attack("a short text often", characters, () -> often("x".repeat(1000), 2000)),
                attack("a long text often", characters, () -> often("x".repeat(500_000), 90_000)),
                attack("a long text at once", "the file has more than 1048576 characters", () -> "x".repeat(2_000_000)),
                attack("deep by aliases", deep, () -> chain(60)),
                attack("deep lists", deep, () -> "[".repeat(100_000)),
                attack("deep mappings", deep, () -> "{a: ".repeat(100_000)),
                attack("deep lists of lines", deep, () -> "- ".repeat(100_000)),
                attack(
                        "deep mappings of lines",
                        deep,
                        () -> IntStream.range(0, 1000)
                                .mapToObj(i -> " ".repeat(i) + "a:\n")
                                .collect(Collectors.joining())),
                attack("deep keys", deep, () -> "? ".repeat(100_000)),
                attack("itself in a list", "*a names nothing that is complete", () -> "&a [*a]"),
                attack("itself as its key", "*a names nothing that is complete", () -> "&a {*a : 1}"),
                attack(
                        "the one that is not complete",
                        "*a names nothing that is complete",
                        () -> "[&a [x], &a [y, *a]]"),
                attack(
                        "many values",
                        values,
                        () -> IntStream.range(0, 200_000)
                                .mapToObj(i -> "1")
                                .collect(Collectors.joining(",", "[", "]"))),
                attack(
                        "many unknown keys",
                        "a spec has no key 'k0'",
                        () -> IntStream.range(0, 20_000)
                                .mapToObj(i -> "k" + i + ": 1\n")
                                .collect(Collectors.joining())),
                attack(
                        "many gates of unknown keys",
                        "a gate has no key 'mertic'",
                        () ->
                                "gatewright: 1\nmodel: {name: m, task: regression}\nstages:\n  evaluate-metrics:\n    gates:\n"
                                        + "      - {mertic: a, coonfidence: b, slicee: c, minsample: d, onfailure: e}\n"
                                                .repeat(4_000)),
                attack(
                        "a key of a million letters",
                        "has no key",
                        () -> "? \"" + "metric".repeat(170_000) + "\"\n: 1\n"),
                attack(
                        "a word of a million letters",
                        "is not one of auto, cpu",
                        () -> "device: " + "cuda".repeat(250_000)),
                attack(
                        "words that are nearly known",
                        "is not one of",
                        () -> "model: {name: m, task: x}\nbaseline: {policy: none}\ndata:\n"
                                + IntStream.range(0, 6_000)
                                        .mapToObj(i -> "  d" + i
                                                + ": {path: a, label: {column: a, as: nmae}, features: {x: a}}\n")
                                        .collect(Collectors.joining())),
                attack(
                        "a tag of a language",
                        "the tag tag:yaml.org,2002:python/object",
                        () -> "!!python/object:os.system [x]"),
                attack("a tag of its own", "the tag !secret is not allowed", () -> "a: !secret b"),
                attack(
                        "a tag by a directive",
                        "the tag tag:example.com,2026:x is not allowed",
                        () -> "%TAG !e! tag:example.com,2026:\n---\n!e!x {a: b}"),
                attack("a tag of nothing", "the tag ! is not allowed", () -> "a: ! b"),
                attack("a version of the future", "this is not YAML", () -> "%YAML 2.0\n---\na: b"),
                attack("only a directive", "this is not YAML", () -> "%YAML 1.2\n"),
                attack("an end and no start", "this is not YAML", () -> "...\n"),
                attack("a NUL", "the character U+0000 is not allowed", () -> "gatewright: 1\nmodel: {name: \"a\0\"}"),
                attack("an escape", "the character U+001B is not allowed", () -> "a: \u001B[2J"),
                attack("a mark in the middle", "this is not YAML", () -> "a: [\uFEFF"),
                attack("a non-character", "the character U+FFFE is not allowed", () -> "a: \uFFFE"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    void isRefusedInLessThanASecond(String name, String message, Supplier<String> attack) throws IOException {
        Path file = Files.writeString(folder.resolve("gatewright.yaml"), attack.get());
        assertThat(Files.size(file)).isLessThan(4 << 20);

        String refusal = refusal(file).getMessage();
        long before = THREADS.getCurrentThreadCpuTime();
        refusal(file);
        Duration work = Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - before);

        assertThat(refusal.contains(message))
                .as(refusal.substring(0, Math.min(1000, refusal.length())))
                .isTrue();
        assertThat(work).isLessThan(AT_MOST);
    }

    static Stream<byte[]> notUtf8() {
        return Stream.of(
                new byte[] {'a', ':', ' ', (byte) 0xFF},
                new byte[] {'a', ':', ' ', (byte) 0xC0, (byte) 0x80},
                new byte[] {'a', ':', ' ', (byte) 0xED, (byte) 0xA0, (byte) 0x80},
                new byte[] {'a', ':', ' ', (byte) 0xE2, (byte) 0x82},
                "gatewright: 1".getBytes(StandardCharsets.UTF_16));
    }

    @ParameterizedTest
    @MethodSource("notUtf8")
    void refusesWhatIsNotUtf8(byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve("gatewright.yaml"), bytes);

        assertThat(refusal(file)).hasMessage(file + ":1:1: the file is not UTF-8");
    }

    @Test
    void refusesAFileOfAGigabyteUnread() throws IOException {
        Path file = folder.resolve("gatewright.yaml");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(1L << 30);
        }

        long before = THREADS.getCurrentThreadCpuTime();

        assertThat(refusal(file)).hasMessage(file + ":1:1: the file has more than 4194304 bytes");
        assertThat(Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - before)).isLessThan(AT_MOST);
    }

    @Test
    void saysThePlaceOfACharacterThatIsNotAllowed() throws IOException {
        Path file = folder.resolve("gatewright.yaml");
        Files.writeString(file, "gatewright: 1\nmodel: {name: \"a\0\"}\n");

        assertThat(refusal(file)).hasMessage(file + ":2:17: the character U+0000 is not allowed");
    }

    @Test
    void refusesWhatIsNoFile() throws IOException {
        String noFile = ":1:1: there is no such file; `gatewright init` writes a spec from a model and a data file";
        Path missing = folder.resolve("missing.yaml");
        Path link = Files.createSymbolicLink(folder.resolve("link.yaml"), missing);
        Path within =
                Files.createDirectories(folder.resolve("a/gatewright.yaml")).getParent();

        assertThat(refusal(missing)).hasMessage(missing + noFile);
        assertThat(refusal(link)).hasMessage(link + noFile);
        assertThat(refusal(folder)).hasMessage(folder.resolve("gatewright.yaml") + noFile);
        assertThat(refusal(within)).hasMessage(within.resolve("gatewright.yaml") + noFile);
        assertThat(refusal(Path.of("/dev/zero"))).hasMessage("/dev/zero" + noFile);
    }

    @Test
    void passesOverAByteOrderMark() {
        Spec spec = Specs.read(folder, "\uFEFF" + VALID);

        assertThat(spec.model().name()).isEqualTo("m");
    }

    /** Whatever stands in the file: it is a spec, or there are sentences with places. */
    @Seeded
    void isReadOrRefusedWithPlaces(Gen gen) throws IOException {
        Path file = folder.resolve("gatewright.yaml");
        String pieces = "&a*a!|>-?:,[]{}#\"'%@`~ \t\n\\<=${env:MODEL}";
        for (int attempt = 0; attempt < 10; attempt++) {
            StringBuilder text = new StringBuilder(VALID);
            for (int i = gen.integer(1, 4); i > 0; i--) {
                int from = gen.integer(0, text.length() - 1);
                int to = Math.min(text.length(), from + gen.integer(0, 6));
                int piece = gen.integer(0, pieces.length() - 2);
                text.replace(
                        from, to, pieces.substring(piece, gen.integer(piece, Math.min(piece + 4, pieces.length()))));
            }
            Files.writeString(file, text);

            for (Problem problem : Specs.problems(Specs.reader(), file, List.of())) {
                assertThat(problem.message()).isNotBlank();
                assertThat(problem.place().file()).isEqualTo(file.toString());
                assertThat(problem.place().line()).isBetween(1, 30);
                assertThat(problem.place().column()).isPositive();
            }
        }
    }

    private static final String VALID = """
            gatewright: 1
            model:
              name: m
              task: binary-classification
              classes: ["no", "yes"]
              path: ${env:MODEL}
            data:
              holdout: &holdout
                path: data/holdout.csv
                label: {column: y, as: name}
                features: {image: "pixel_*", other: [a, b]}
                slices: [writer]
              again: *holdout
            baseline: {policy: none}
            device: cpu
            stages:
              evaluate-metrics:
                data: holdout
                gates:
                  - {metric: accuracy, min: 0.9, slice: writer}
                  - metric: f1
                    average: macro
                    min: 0.8
            """;

    private static InvalidRequestException refusal(Path file) {
        return catchThrowableOfType(
                InvalidRequestException.class, () -> Specs.reader().read(file, List.of()));
    }

    private static Arguments attack(String name, String message, Supplier<String> text) {
        return Arguments.of(name, message, text);
    }

    private static String laughs(int levels, int each) {
        StringBuilder text = new StringBuilder("a0: &a0 lol\n");
        for (int level = 1; level <= levels; level++) {
            String alias = "*a" + (level - 1);
            text.append("a" + level + ": &a" + level + " ")
                    .append(IntStream.range(0, each).mapToObj(i -> alias).collect(Collectors.joining(",", "[", "]\n")));
        }
        return text.toString();
    }

    private static String often(String word, int times) {
        return "a: &a \"" + word + "\"\nb: [" + "*a,".repeat(times) + "]\n";
    }

    private static String chain(int links) {
        StringBuilder text = new StringBuilder("a0: &a0 " + "[".repeat(40) + "]".repeat(40) + "\n");
        for (int link = 1; link <= links; link++) {
            text.append("a" + link + ": &a" + link + " " + "[".repeat(40) + "*a" + (link - 1) + "]".repeat(40) + "\n");
        }
        return text.toString();
    }
}
