// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import hudson.AbortException;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ProgramArchiveTest {
    @TempDir
    private Path folder;

    @Test
    void hasTheProgramUnderItsDigest() throws Exception {
        Path archive = folder.resolve("gatewright.zip");
        String sha256 = Archive.ofTheProgram().writeTo(archive);

        install(archive, sha256);

        Path home = tools().resolve(sha256);
        assertThat(home.resolve("bin/gatewright")).isExecutable().hasContent("#!/bin/sh\necho 1.0\n");
        assertThat(home.resolve("lib/gatewright-cli.jar")).hasContent("jar");
        assertThat(tools()).isDirectoryContaining(home::equals);
        assertThat(all(tools())).as("nothing else is left").containsExactly(home);
        assertThat(new ProgramArchive.IsThere().invoke(home.toFile(), null)).isTrue();
    }

    @Test
    void hasAProgramWithoutAFolderAroundIt() throws Exception {
        Path archive = folder.resolve("gatewright.zip");
        String sha256 = new Archive()
                .with("bin/gatewright", "")
                .with("bin/gatewright.cmd", "")
                .writeTo(archive);

        install(archive, sha256);

        assertThat(tools().resolve(sha256).resolve("bin/gatewright")).isExecutable();
    }

    @Test
    void unpacksNothingOfAnotherDigest() throws Exception {
        Path archive = folder.resolve("gatewright.zip");
        String sha256 = Archive.ofTheProgram().writeTo(archive);
        String other = sha256.replace(sha256.charAt(0), sha256.charAt(0) == '0' ? '1' : '0');

        assertThatThrownBy(() -> install(archive, other))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining(sha256)
                .hasMessageContaining(other)
                .hasMessageContaining("nothing of it was unpacked");
        assertThat(all(tools())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../evil",
                "gatewright-1/../../evil",
                "/evil",
                "..\\evil",
                "C:/evil",
                "C:\\evil",
                "a/\u0000b",
                "..",
                "a/.."
            })
    void refusesWhatLeadsOutOfIt(String name) throws Exception {
        Path archive = folder.resolve("gatewright.zip");
        String sha256 = Archive.ofTheProgram().with(name, "evil").writeTo(archive);

        assertThatThrownBy(() -> install(archive, sha256))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("leads out of it");
        assertThat(all(tools())).isEmpty();
        try (Stream<Path> everywhere = Files.walk(folder)) {
            assertThat(everywhere).noneMatch(path -> path.endsWith("evil"));
        }
    }

    @Test
    void refusesLinks() throws Exception {
        Path archive = folder.resolve("gatewright.zip");
        String sha256 = Archive.ofTheProgram()
                .withLink("gatewright-1/lib/evil.jar", "/etc/passwd")
                .writeTo(archive);

        assertThatThrownBy(() -> install(archive, sha256)).hasMessageContaining("link");
        assertThat(all(tools())).isEmpty();
    }

    @Test
    void refusesWhatIsNoArchive() throws Exception {
        byte[] whole = Archive.ofTheProgram().bytes();
        for (int length = 0; length < whole.length; length++) {
            Path archive = folder.resolve("gatewright.zip");
            byte[] torn = java.util.Arrays.copyOf(whole, length);
            Files.write(archive, torn);

            assertThatThrownBy(() -> install(archive, Archive.sha256(torn)))
                    .as("%s of %s bytes", length, whole.length)
                    .isInstanceOf(IOException.class);
        }
        assertThat(all(tools())).isEmpty();
    }

    @Test
    void refusesAnArchiveWithoutTheProgram() throws Exception {
        Path archive = folder.resolve("other.zip");
        String sha256 = new Archive().with("other/bin/other", "").writeTo(archive);

        assertThatThrownBy(() -> install(archive, sha256)).hasMessageContaining("bin/gatewright");
        assertThat(all(tools())).isEmpty();
    }

    @Test
    void fetchesFromAServer() throws Exception {
        byte[] bytes = Archive.ofTheProgram().bytes();
        try (Served served = new Served(bytes)) {
            String sha256 = Archive.sha256(bytes);
            new ProgramArchive(served.url("gatewright.zip"), sha256).invoke(tools().toFile(), null);
            assertThat(tools().resolve(sha256).resolve("bin/gatewright")).isExecutable();

            assertThatThrownBy(
                            () -> new ProgramArchive(served.url("missing.zip"), sha256).invoke(tools().toFile(), null))
                    .hasMessageContaining("404");
        }
    }

    @Test
    void isSafeForManyAtOnce() throws Exception {
        Path archive = folder.resolve("gatewright.zip");
        String sha256 = Archive.ofTheProgram()
                .with("gatewright-1/lib/large", noise(1 << 20))
                .writeTo(archive);
        ExecutorService builds = Executors.newFixedThreadPool(8);
        try {
            for (int round = 0; round < 10; round++) {
                Callable<Path> install = () -> {
                    install(archive, sha256);
                    assertThat(tools().resolve(sha256).resolve("lib/large")).hasSize(1 << 20);
                    return archive;
                };
                for (Future<Path> each : builds.invokeAll(java.util.Collections.nCopies(8, install))) {
                    each.get();
                }
                assertThat(all(tools())).containsExactly(tools().resolve(sha256));
                hudson.FilePath home =
                        new hudson.FilePath(tools().resolve(sha256).toFile());
                home.deleteRecursive();
            }
        } finally {
            builds.shutdownNow();
        }
    }

    /** Another build may be running it. */
    @Test
    void leavesWhatIsThere() throws Exception {
        Path archive = folder.resolve("gatewright.zip");
        String sha256 = Archive.ofTheProgram().writeTo(archive);
        install(archive, sha256);
        Path another = Files.writeString(tools().resolve(sha256).resolve("another"), "");

        install(archive, sha256);

        assertThat(another).exists();
        assertThat(all(tools())).containsExactly(tools().resolve(sha256));
    }

    @Test
    void replacesWhatIsBroken() throws Exception {
        Path archive = folder.resolve("gatewright.zip");
        String sha256 = Archive.ofTheProgram().writeTo(archive);
        Files.createDirectories(tools().resolve(sha256).resolve("lib"));

        install(archive, sha256);

        assertThat(tools().resolve(sha256).resolve("bin/gatewright")).isExecutable();
        assertThat(all(tools())).containsExactly(tools().resolve(sha256));
    }

    /** Another process is killed at different moments: what it leaves is whole, or is not taken for the program. */
    @Test
    void isSafeForAKillAtAnyMoment() throws Exception {
        Path archive = folder.resolve("gatewright.zip");
        Archive large = Archive.ofTheProgram();
        for (int i = 0; i < 200; i++) {
            large.with("gatewright-1/lib/" + i, noise(1 << 14));
        }
        String sha256 = large.writeTo(archive);
        Path home = tools().resolve(sha256);
        for (String moment : List.of("archive.zip", "unpacked", "unpacked/gatewright-1/lib/9")) {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Killed.class.getName(),
                            archive.toUri().toString(),
                            sha256,
                            tools().toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            while (process.isAlive() && !isAt(moment)) {
                Thread.onSpinWait();
            }
            process.destroyForcibly();
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();

            if (Files.exists(home)) {
                assertThat(home.resolve("lib/199")).hasSize(1 << 14);
            }
            assertThat(new ProgramArchive.IsThere().invoke(home.toFile(), null)).isEqualTo(Files.exists(home));
        }
        List<Path> left = new ArrayList<>(all(tools()));
        left.remove(home);
        assertThat(left).as("what was killed leaves something behind").isNotEmpty();
        for (Path each : left) {
            Files.setLastModifiedTime(each, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
        }

        install(archive, sha256);

        assertThat(all(tools())).containsExactly(home);
        assertThat(home.resolve("lib/199")).hasSize(1 << 14);
    }

    private boolean isAt(String moment) throws IOException {
        return all(tools()).stream().anyMatch(each -> Files.exists(each.resolve(moment)));
    }

    /** A process to be killed. */
    static final class Killed {
        private Killed() {}

        public static void main(String[] args) throws Exception {
            new ProgramArchive(args[0], args[1]).invoke(new File(args[2]), null);
        }
    }

    private void install(Path archive, String sha256) throws IOException, InterruptedException {
        new ProgramArchive(archive.toUri().toString(), sha256).invoke(tools().toFile(), null);
    }

    private Path tools() {
        return folder.resolve("tools");
    }

    private static byte[] noise(int bytes) {
        byte[] noise = new byte[bytes];
        new Random(7).nextBytes(noise);
        return noise;
    }

    private static List<Path> all(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.toList();
        }
    }

    /** A server with one file. */
    private static final class Served implements AutoCloseable {
        private final HttpServer server;

        Served(byte[] bytes) throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                boolean there = exchange.getRequestURI().getPath().equals("/gatewright.zip");
                exchange.sendResponseHeaders(there ? 200 : 404, there ? bytes.length : -1);
                if (there) {
                    try (OutputStream body = exchange.getResponseBody()) {
                        body.write(bytes);
                    }
                }
                exchange.close();
            });
            server.start();
        }

        String url(String file) {
            return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + file;
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
