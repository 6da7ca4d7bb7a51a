// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.actions;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.gatewright.validation.testkit.Gen;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the program comes to a runner: only as it was asked for, and whole. */
class InstallTest {
    @TempDir
    private Path folder;

    private Action action;
    private Runner runner;

    @BeforeEach
    void makeRunner() throws IOException {
        action = Action.in("actions/setup");
        runner = new Runner(folder).with("JAVA_HOME", System.getProperty("java.home"));
    }

    @Test
    void takesAFolderAsItIs() throws Exception {
        Path home = unpacked();
        Runner.Ended ended = install("path", home.toString());

        assertThat(ended.code()).as(ended.log()).isZero();
        assertThat(ended.path()).isEqualTo(home + "/bin\n");
        assertThat(ended.outputs()).isEqualTo("path=" + home + "\n");
        assertThat(runner.tools()).doesNotExist();
    }

    @Test
    void unpacksAnArchiveOnce() throws Exception {
        Path zip = Archives.zip(folder.resolve("p.zip"), Archives.program());
        Runner.Ended first = install("path", zip.toString());
        Path home = runner.tools().resolve(Archives.sha256(zip));
        Files.writeString(home.resolve("mark"), "");
        Runner.Ended second = install("path", zip.toString(), "sha256", Archives.sha256(zip));

        assertThat(first.code()).as(first.log()).isZero();
        assertThat(first.outputs()).isEqualTo("path=" + home + "\n").isEqualTo(second.outputs());
        assertThat(home.resolve("bin/gatewright")).isExecutable();
        assertThat(home.resolve("mark")).exists();
        assertOnlyIn(home);
    }

    @Test
    void unpacksATarToo() throws Exception {
        Path all = Files.createDirectory(folder.resolve("all"));
        Files.move(unpacked(), all.resolve("gatewright-1"));
        Files.createSymbolicLink(all.resolve("gatewright-1/lib/again"), Path.of("../bin/gatewright"));
        Path tar = Archives.tar(folder.resolve("p.tar.gz"), all.resolve("."));
        Runner.Ended ended = install("path", tar.toString());

        assertThat(ended.code()).as(ended.log()).isZero();
        assertThat(ended.output("path")).endsWith(Archives.sha256(tar));
    }

    @Test
    void needsNoUnzip() throws Exception {
        Path zip = Archives.zip(folder.resolve("p.zip"), Archives.program());
        Path bin = Files.createDirectory(folder.resolve("few"));
        for (String name : List.of(
                "bash",
                "mktemp",
                "basename",
                "sha256sum",
                "cut",
                "tr",
                "grep",
                "head",
                "find",
                "mkdir",
                "mv",
                "dirname",
                "rm",
                "chmod",
                "readlink",
                "wc",
                "cat")) {
            Path own = Files.writeString(bin.resolve(name), "#!/bin/sh\nexec " + which(name) + " \"$@\"\n");
            assertThat(own.toFile().setExecutable(true)).isTrue();
        }
        Runner.Ended ended = runner.with("PATH", bin.toString()).run(action, 0, Map.of("path", zip.toString()));

        assertThat(ended.code()).as(ended.log()).isZero();
        assertThat(Path.of(ended.output("path")).resolve("bin/gatewright")).isExecutable();
    }

    @Test
    void fetchesWhatHasTheDigestThatIsAskedFor() throws Exception {
        Path zip = Archives.zip(folder.resolve("p.zip"), Archives.program());
        AtomicInteger asked = new AtomicInteger();
        HttpServer server = serve(zip, asked);
        String url = "http://localhost:" + server.getAddress().getPort() + "/gatewright.zip";
        try {
            Runner.Ended wrong = install("url", url, "sha256", "0".repeat(64));
            assertRefused(
                    wrong, "has the SHA-256 " + Archives.sha256(zip) + ", and " + "0".repeat(64) + " is asked for");
            assertOnlyIn();

            Runner.Ended first =
                    install("url", url, "sha256", Archives.sha256(zip).toUpperCase(Locale.ROOT));
            Runner.Ended second = install("url", url, "sha256", Archives.sha256(zip));
            assertThat(first.code()).as(first.log()).isZero();
            assertThat(second.outputs()).isEqualTo(first.outputs());
            assertThat(asked).as("what is cached is not fetched again").hasValue(2);
            assertOnlyIn(runner.tools().resolve(Archives.sha256(zip)));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void refusesWhatIsNoWholeRequest() throws Exception {
        assertRefused(install(), "neither path nor url is given");
        assertRefused(install("url", "http://localhost:1/a.zip"), "a url needs a sha256 beside it");
        assertRefused(install("url", "file:///a.zip", "sha256", "0".repeat(64)), "the url is none of http or https");
        assertRefused(install("url", "http://localhost:1/a.zip", "sha256", "0".repeat(64)), "cannot be fetched");
        assertRefused(install("path", "gone"), "there is no gone");
        assertRefused(install("path", folder.toString()), "is no program");
        assertRefused(
                install("path", unpacked().toString(), "sha256", "0".repeat(64)), "is a folder, which has no sha256");
        assertRefused(install("path", "a", "url", "b"), "both path and url are given");
        assertRefused(
                install("path", Files.writeString(folder.resolve("a.zip"), "PK").toString()), "that can be read");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../harmed", "gatewright-1/../../harmed", "/tmp/gatewright-harmed", "gatewright-1/a\\..\\..\\b"})
    void refusesAnArchiveWithNamesThatLeave(String name) throws Exception {
        Map<String, String> files = Archives.program();
        files.put(name, "harm");
        Path zip = Archives.zip(folder.resolve("p.zip"), files);

        assertRefused(install("path", zip.toString()), "names files outside of the folder");
        assertOnlyIn();
        assertThat(Path.of("/tmp/gatewright-harmed")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/passwd", "../../..", "../gone/../../.."})
    void refusesAnArchiveWithLinksThatLeave(String target) throws Exception {
        Path all = Files.createDirectory(folder.resolve("all"));
        Files.move(unpacked(), all.resolve("gatewright-1"));
        Path link = Files.createSymbolicLink(all.resolve("gatewright-1/link"), Path.of(target));

        assertRefused(
                install("path", Archives.tar(folder.resolve("p.tar.gz"), all).toString()),
                "has links that lead outside");
        assertOnlyIn();
        Files.delete(link);
    }

    @Test
    void twoAtOnceGetOneWholeProgram() throws Exception {
        Path zip = large();
        List<Runner.Started> both = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            both.add(runner.start(action, 0, Map.of("path", zip.toString())));
        }
        for (Runner.Started each : both) {
            Runner.Ended ended = each.ended();
            assertThat(ended.code()).as(ended.log()).isZero();
            assertThat(ended.output("path")).isEqualTo(runner.tools() + "/" + Archives.sha256(zip));
        }
        assertOnlyIn(runner.tools().resolve(Archives.sha256(zip)));
        assertThat(names(runner.tools().resolve(Archives.sha256(zip)))).containsExactlyInAnyOrder("bin", "lib");
    }

    @Test
    void whatWasKilledInTheMiddleIsNoProgram() throws Exception {
        Path zip = large();
        Path home = runner.tools().resolve(Archives.sha256(zip));
        Runner.Started killed = runner.start(action, 0, Map.of("path", zip.toString()));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (names(runner.tools()).isEmpty() && killed.process().isAlive() && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        killed.process().descendants().forEach(ProcessHandle::destroyForcibly);
        killed.process().destroyForcibly().waitFor();
        boolean isHalf = !Files.exists(home);
        Runner.Ended ended = install("path", zip.toString());

        assertThat(isHalf).as("it was killed before it was done").isTrue();
        assertThat(ended.code()).as(ended.log()).isZero();
        assertThat(home.resolve("lib/499")).exists();
    }

    @Test
    void makesABrokenOneAnew() throws Exception {
        Path zip = Archives.zip(folder.resolve("p.zip"), Archives.program());
        Path home = Path.of(install("path", zip.toString()).output("path"));
        Files.delete(home.resolve("lib/gatewright-cli.jar"));
        Runner.Ended ended = install("path", zip.toString());

        assertThat(ended.code()).as(ended.log()).isZero();
        assertThat(home.resolve("lib/gatewright-cli.jar")).exists();
        assertOnlyIn(home);
    }

    @Test
    void saysWhichJavaIsNeeded() throws Exception {
        Path old = Files.createDirectories(folder.resolve("old/bin"));
        Path java =
                Files.writeString(old.resolve("java"), "#!/bin/sh\necho 'openjdk version \"11.0.2\" 2019-01-15' >&2\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Map<String, String> inputs = Map.of("path", unpacked().toString());

        assertRefused(
                runner.with("JAVA_HOME", old.getParent().toString()).run(action, 0, inputs), "is too old: a step with");
        assertRefused(
                runner.with("JAVA_HOME", folder.toString()).run(action, 0, inputs), "there is no Java on this runner");
    }

    @Test
    void asksForNoJavaWhereTheProgramBringsItsOwn() throws Exception {
        Path home = unpacked();
        Files.createDirectories(home.resolve("runtime/bin"));
        assertThat(Files.writeString(home.resolve("runtime/bin/java"), "")
                        .toFile()
                        .setExecutable(true))
                .isTrue();

        assertThat(runner.with("JAVA_HOME", folder.toString())
                        .run(action, 0, Map.of("path", home.toString()))
                        .code())
                .isZero();
    }

    @Test
    void aThousandHostileValuesBringNothing() throws Exception {
        for (int seed = 0; seed < 500; seed++) {
            Gen gen = new Gen(seed);
            Map<String, String> inputs = new HashMap<>();
            inputs.put(seed % 2 == 0 ? "path" : "url", HostileValues.next(gen));
            inputs.put("sha256", seed % 5 == 0 ? "0".repeat(64) : HostileValues.next(gen));
            Runner.Ended ended = runner.run(action, 0, inputs);

            assertThat(ended.code()).as("seed %s: %s", seed, ended.log()).isEqualTo(3);
            assertThat(ended.outputs() + ended.path()).as("seed %s", seed).isEmpty();
            assertThat(ended.log().lines().filter(line -> line.contains("::") || line.contains("##[")))
                    .as("seed %s", seed)
                    .singleElement()
                    .asString()
                    .startsWith("::error title=Gatewright::");
        }
        assertThat(runner.workspace()).isEmptyDirectory();
    }

    private Runner.Ended install(String... inputsAndValues) throws IOException, InterruptedException {
        Map<String, String> inputs = new HashMap<>();
        for (int i = 0; i < inputsAndValues.length; i += 2) {
            inputs.put(inputsAndValues[i], inputsAndValues[i + 1]);
        }
        return runner.run(action, 0, inputs);
    }

    private static void assertRefused(Runner.Ended ended, String why) {
        assertThat(ended.log()).contains("::error title=Gatewright::", why);
        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.outputs() + ended.path()).isEmpty();
    }

    /** Nothing is left in the tool cache but these. */
    private void assertOnlyIn(Path... homes) throws IOException {
        assertThat(names(runner.tools()))
                .containsExactlyInAnyOrderElementsOf(Stream.of(homes)
                        .map(home -> home.getFileName().toString())
                        .toList());
    }

    private static List<String> names(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private Path unpacked() throws IOException {
        Path home = folder.resolve("unpacked");
        for (Map.Entry<String, String> file : Archives.program().entrySet()) {
            Path path = home.resolve(file.getKey().substring("gatewright-1/".length()));
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        return home;
    }

    /** An archive that takes its time. */
    private Path large() throws IOException {
        Map<String, String> files = Archives.program();
        for (int i = 0; i < 500; i++) {
            files.put("gatewright-1/lib/" + i, "x".repeat(20_000));
        }
        return Archives.zip(folder.resolve("large.zip"), files);
    }

    private static HttpServer serve(Path file, AtomicInteger asked) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            byte[] bytes = Files.readAllBytes(file);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static Path which(String name) {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .map(each -> Path.of(each, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }
}
