// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class HostileRepositoryTest {
    /** Every setting that makes git run something while it looks at a repository; %s is the program. */
    private static final String CONFIG = """
            [core]
            	fsmonitor = %1$s
            	hooksPath = %2$s
            	sshCommand = %1$s
            	pager = %1$s
            	editor = %1$s
            	askPass = %1$s
            	gitProxy = %1$s
            	attributesFile = %3$s
            [filter "evil"]
            	clean = %1$s
            	smudge = %1$s
            	process = %1$s
            	required = true
            [diff]
            	external = %1$s
            [diff "evil"]
            	command = %1$s
            	textconv = %1$s
            [merge "evil"]
            	driver = %1$s
            [gpg]
            	program = %1$s
            [log]
            	showSignature = true
            [credential]
            	helper = !%1$s
            [alias]
            	status = !%1$s
            	describe = !%1$s
            [trailer "evil"]
            	command = %1$s
            """;

    @TempDir
    Path folder;

    @Test
    void nothingThatAnyConfigurationNamesIsRun() throws Exception {
        RealGit git = RealGit.init(folder.resolve("repository"))
                .write("a.txt", "aaaa\n")
                .write("b.txt", "bbbb\n")
                .commitAll("first");
        Path marker = folder.resolve("marker");
        Path programs = Files.createDirectories(folder.resolve("programs"));
        String script = "#!/bin/sh\necho \"$0 $*\" >> '" + marker + "'\ncat\n";
        // What a program on the PATH would be run for, and every hook.
        for (String name : List.of(
                "evil",
                "git",
                "sh",
                "bash",
                "ssh",
                "gpg",
                "uname",
                "pre-commit",
                "post-index-change",
                "fsmonitor-watchman",
                "reference-transaction",
                "post-checkout")) {
            Path program = Files.writeString(programs.resolve(name), script);
            assertThat(program.toFile().setExecutable(true)).isTrue();
        }
        Path attributes = Files.writeString(folder.resolve("attributes"), "* filter=evil diff=evil merge=evil\n");
        String config = CONFIG.formatted(programs.resolve("evil"), programs, attributes);
        Path home = Files.createDirectories(folder.resolve("home/.config/git"));
        Files.writeString(home.resolve("config"), config);
        Files.writeString(folder.resolve("home/.gitconfig"), config);
        Files.writeString(folder.resolve("included"), config);
        Path settings = git.folder().resolve(".git/config");
        Files.writeString(
                settings,
                Files.readString(settings) + config + "[include]\n\tpath = " + folder.resolve("included") + "\n");
        git.write(".gitattributes", "* filter=evil diff=evil merge=evil text eol=crlf\n");
        // Both files must be looked into: the same content at another time, another content of the same size.
        Files.setLastModifiedTime(git.folder().resolve("a.txt"), FileTime.fromMillis(0));
        git.write("b.txt", "cccc\n");
        Map<Path, FileTime> before = listing();

        Process process = java(programs, git.folder());
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(printed).isZero();
        assertThat(printed).matches("[0-9a-f]{40} [0-9a-f]{7} \\[b.txt]\n");
        assertThat(marker).doesNotExist();
        assertThat(listing()).isEqualTo(before);
    }

    /** The facts in a new process that knows only the hostile home and the hostile programs. */
    private Process java(Path programs, Path repository) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Duser.home=" + folder.resolve("home"),
                FactsProgram.class.getName(),
                repository.toString());
        builder.environment().clear();
        builder.environment().put("PATH", programs.toString());
        builder.environment().put("HOME", folder.resolve("home").toString());
        return builder.redirectErrorStream(true).start();
    }

    /** Every file below, with its time. */
    private Map<Path, FileTime> listing() throws IOException {
        Map<Path, FileTime> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            all.forEach(file -> files.put(file, modified(file)));
        }
        return files;
    }

    private static FileTime modified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aPipeInPlaceOfATrackedFileIsNotOpened() throws Exception {
        RealGit git = RealGit.init(folder).write("a.txt", "a").commitAll("first");
        Files.delete(folder.resolve("a.txt"));
        makePipe(folder.resolve("a.txt"));
        assertThat(git.facts().changedPaths()).containsExactly("a.txt");
    }

    @Test
    void aRepositoryThatDoesNotAnswerEndsInTime() throws Exception {
        RealGit git = RealGit.init(folder).write("a.txt", "a").commitAll("first");
        Path head = folder.resolve(".git/HEAD");
        Files.delete(head);
        makePipe(head);
        GitRepository repository = GitRepository.find(git.folder()).orElseThrow();
        assertThatThrownBy(() -> repository.facts(Duration.ofMillis(300)))
                .isInstanceOf(GitException.class)
                .hasMessageContaining("PT0.3S");
        FileChannel.open(head, StandardOpenOption.READ, StandardOpenOption.WRITE)
                .close(); // who waits there may go
    }

    private static void makePipe(Path path) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor())
                .isZero();
    }

    @Test
    void linksOutOfTheTreeAreNotFollowed() throws IOException {
        RealGit git = RealGit.init(folder.resolve("repository"))
                .write("a/secret.txt", "secret\n")
                .commitAll("first");
        RealGit outside = RealGit.init(folder.resolve("outside")).write("secret.txt", "secret\n");
        Files.delete(git.folder().resolve("a/secret.txt"));
        Files.delete(git.folder().resolve("a"));
        Files.createSymbolicLink(git.folder().resolve("a"), outside.folder());
        assertThat(git.facts().changedPaths()).containsExactly("a/secret.txt");
    }

    @Test
    void aWorkTreeElsewhereIsRefused() {
        RealGit git =
                RealGit.init(folder.resolve("repository")).write("a.txt", "a").commitAll("first");
        git.run("config", "core.worktree", "/etc");
        assertCannotBeAsked(git, "/etc");
    }

    @Test
    void referencesInACircleAreRefused() throws IOException {
        RealGit git = RealGit.init(folder).write("a.txt", "a").commitAll("first");
        Files.writeString(folder.resolve(".git/refs/heads/main"), "ref: refs/heads/other\n");
        Files.writeString(folder.resolve(".git/refs/heads/other"), "ref: refs/heads/main\n");
        assertCannotBeAsked(git, ".git");
    }

    @Test
    void aConfigurationThatIncludesItselfIsRefused() throws IOException {
        RealGit git = RealGit.init(folder).write("a.txt", "a").commitAll("first");
        Files.writeString(folder.resolve(".git/config"), "[include]\n\tpath = config\n");
        assertCannotBeAsked(git, ".git");
    }

    @Test
    void aMissingCommitIsRefused() throws IOException {
        RealGit git = RealGit.init(folder).write("a.txt", "a").commitAll("first");
        Files.writeString(folder.resolve(".git/refs/heads/main"), "0123456789".repeat(4) + "\n");
        assertCannotBeAsked(git, "0123456789");
    }

    @Test
    void anEndlessCommitIsRefused() {
        RealGit git = RealGit.init(folder).write("a.txt", "a").commitAll("first");
        String commit = git.run("cat-file", "commit", "HEAD") + "x".repeat(1 << 20);
        git.run("update-ref", "HEAD", git.feed(commit, "hash-object", "-t", "commit", "-w", "--stdin"));
        assertCannotBeAsked(git, "1048576");
    }

    @Test
    void aDamagedSubmoduleCountsAsChanged() throws IOException {
        RealGit part = RealGit.init(folder.resolve("part")).write("p.txt", "p").commitAll("part");
        RealGit git = RealGit.init(folder.resolve("repository")).write("a.txt", "a");
        git.run(
                "-c",
                "protocol.file.allow=always",
                "submodule",
                "-q",
                "add",
                part.folder().toString(),
                "part");
        git.commitAll("with a part");
        assertThat(git.facts().dirty()).isFalse();
        Files.writeString(git.folder().resolve(".git/modules/part/index"), "no index");
        assertThat(git.facts().changedPaths()).containsExactly("part");
    }

    private static void assertCannotBeAsked(RealGit git, String naming) {
        assertThatThrownBy(git::facts).isInstanceOf(GitException.class).hasMessageContaining(naming);
    }
}
