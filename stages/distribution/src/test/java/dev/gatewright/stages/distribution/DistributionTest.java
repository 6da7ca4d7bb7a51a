// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.json.JsonReader;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The zip that users install: what is in it, and what is said of that. */
class DistributionTest {
    private static final Path TARGET = Path.of("target");

    private static Path zip;
    private static FileSystem files;
    private static Path home;
    private static Json.Obj bill;

    @BeforeAll
    static void open() throws IOException {
        try (Stream<Path> found = Files.list(TARGET)) {
            zip = found.filter(file -> file.toString().endsWith(".zip"))
                    .findFirst()
                    .orElseThrow();
        }
        files = FileSystems.newFileSystem(zip, Map.of("enablePosixFileAttributes", "true"));
        home = files.getPath(zip.getFileName().toString().replace(".zip", ""));
        bill = (Json.Obj) JsonReader.read(Files.readAllBytes(home.resolve("bill-of-materials.cdx.json")));
    }

    @AfterAll
    static void close() throws IOException {
        files.close();
    }

    @Test
    void hasOneFolderWithTheProgramAndWhatIsSaidOfIt() throws IOException {
        assertThat(names(files.getPath("/"))).containsExactly(home.toString());
        assertThat(names(home))
                .containsExactlyInAnyOrder(
                        "LICENSE", "NOTICE", "bill-of-materials.cdx.json", "bin", "lib", "licences", "share");
    }

    @Test
    void unpacksALauncherThatCanBeStarted() throws IOException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(home.resolve("bin/gatewright"));

        assertThat(permissions).contains(PosixFilePermission.OWNER_EXECUTE, PosixFilePermission.OTHERS_EXECUTE);
        assertThat(Files.readString(home.resolve("bin/gatewright"))).doesNotContain("\r");
    }

    @Test
    void bringsAManualPageAndCompletionForShells() {
        assertThat(home.resolve("share/man/man1/gatewright.1")).isNotEmptyFile();
        assertThat(home.resolve("share/bash-completion/completions/gatewright")).isNotEmptyFile();
    }

    @Test
    void startsJavaOnWindowsAsOnUnix() throws IOException {
        String unix = Files.readString(home.resolve("bin/gatewright"));
        String windows = Files.readString(home.resolve("bin/gatewright.cmd"));

        assertThat(flags(windows)).isEqualTo(flags(unix)).isNotEmpty();
        assertThat(windows.lines().count())
                .as("each line ends as Windows wants it")
                .isEqualTo(count("\r\n", windows));
    }

    @Test
    void hasItsDigestBesideIt() throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(zip));

        assertThat(Path.of(zip + ".sha256"))
                .content()
                .isEqualToIgnoringNewLines(HexFormat.of().formatHex(digest) + "  " + zip.getFileName());
    }

    @Test
    void billOfMaterialsNamesEveryJarAndNothingElse() throws IOException {
        Set<String> listed = bill.objects("components").stream()
                .map(part -> part.text("name").orElseThrow()
                        + "-"
                        + part.text("version").orElseThrow()
                        + ".jar")
                .map(jar -> jar.startsWith("stages-cli-") ? "gatewright-cli.jar" : jar)
                .collect(Collectors.toCollection(TreeSet::new));

        Set<String> there = new TreeSet<>(names(home.resolve("lib")));
        there.removeAll(Set.of("server", "worker"));
        there.addAll(names(home.resolve("lib/server")));
        there.addAll(names(home.resolve("lib/worker")));

        assertThat(there).isEqualTo(listed).contains("gatewright-cli.jar");
        assertThat(Path.of(zip.toString().replace(".zip", ".cdx.json")))
                .hasBinaryContent(Files.readAllBytes(home.resolve("bill-of-materials.cdx.json")));
    }

    @Test
    void everyLibraryHasItsLicenceInTheNotice() throws IOException {
        String notice = Files.readString(home.resolve("NOTICE"));

        for (Json.Obj part : bill.objects("components")) {
            if (!part.text("group").orElse("").equals("dev.gatewright")) {
                String name = part.text("name").orElseThrow();
                List<String> licences = part.objects("licenses").stream()
                        .map(each -> each.object("license").text("id").orElseThrow())
                        .toList();
                // Several are a choice, of which the notice says first which one is taken.
                assertThat(notice)
                        .as(name)
                        .containsPattern(
                                "(?m)^" + Pattern.quote(name) + " +(?:" + String.join("|", licences) + ")(?![\\w.-])");
                if (!licences.contains("Apache-2.0")) {
                    assertThat(home.resolve("licences").resolve(name))
                            .as("texts")
                            .isNotEmptyDirectory();
                }
            }
        }
    }

    @Test
    void everyFolderOfLicencesHoldsAText() throws IOException {
        try (Stream<Path> found = Files.walk(home.resolve("licences"))) {
            assertThat(found.filter(Files::isDirectory).toList())
                    .allSatisfy(folder -> assertThat(folder).isNotEmptyDirectory());
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> found = Files.list(folder)) {
            return found.map(file -> file.getFileName().toString().replace("/", ""))
                    .toList();
        }
    }

    private static Set<String> flags(String launcher) {
        return Pattern.compile("-(?:XX|X|D|cp )[A-Za-z:+-][\\w:+.=-]*")
                .matcher(launcher)
                .results()
                .map(match -> match.group())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static long count(String what, String text) {
        return Pattern.compile(Pattern.quote(what)).matcher(text).results().count();
    }
}
