// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.validation.testkit.Gen;
import dev.gatewright.validation.testkit.Seeded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitRepositoryTest {
    @TempDir
    Path folder;

    /** What git itself says is what the facts say. */
    private static void assertSameAsGit(RealGit git) {
        CommitFacts facts = git.facts();
        List<String> changed = git.changedPaths();
        assertThat(facts.commit()).isEqualTo(git.run("rev-parse", "HEAD"));
        assertThat(facts.describe()).isEqualTo(git.run("describe", "--always"));
        assertThat(facts.branch() == null ? "" : facts.branch()).isEqualTo(git.run("branch", "--show-current"));
        assertThat(facts.changedPaths())
                .isEqualTo(changed.stream().limit(CommitFacts.MOST_PATHS).toList());
        assertThat(facts.dirty()).isEqualTo(!changed.isEmpty());
    }

    @Nested
    class Finding {
        @Test
        void noRepositoryIsANormalAnswer() {
            assertThat(GitRepository.find(folder.resolve("no/such/place"))).isEmpty();
        }

        @Test
        void findsTheRepositoryAboveAFile() {
            RealGit git = RealGit.init(folder.resolve("project")).write("models/digits/train.py", "pass");
            assertThat(GitRepository.find(git.folder().resolve("models/digits/train.py"))
                            .orElseThrow()
                            .workTree())
                    .contains(git.folder());
        }

        @Test
        void emptyRepositoryHasNoFacts() {
            RealGit git = RealGit.init(folder);
            git.write("a.txt", "a").run("add", "-A");
            assertThat(GitRepository.find(folder).orElseThrow().facts(Duration.ofMinutes(1)))
                    .isEmpty();
        }

        @Test
        void anEmptyFolderOfThatNameIsNoRepository() throws IOException {
            Files.createDirectories(folder.resolve(".git"));
            assertThat(GitRepository.find(folder)).isEmpty();
        }

        @Test
        void aFileOfThatNameThatNamesNothingCannotBeAsked() throws IOException {
            Files.writeString(folder.resolve(".git"), "gitdir: nowhere\n");
            assertThatThrownBy(() -> GitRepository.find(folder).orElseThrow().facts(Duration.ofMinutes(1)))
                    .isInstanceOf(GitException.class)
                    .hasMessageContaining(folder.resolve(".git").toString());
        }
    }

    @Nested
    class Commits {
        @Test
        void namesCommitAuthorAndBranch() {
            RealGit git = RealGit.init(folder).write("a.txt", "a").commitAll("first");
            assertSameAsGit(git);
            CommitFacts facts = git.facts();
            assertThat(facts.authorName()).isEqualTo("Ada Lovelace");
            assertThat(facts.authorEmail()).isEqualTo("ada@example.org");
            assertThat(facts.authoredAt())
                    .isEqualTo(Instant.ofEpochSecond(Long.parseLong(git.run("log", "-1", "--format=%at"))));
            assertThat(facts.branch()).isEqualTo("main");
            assertThat(facts.remoteUrl()).isNull();
        }

        @Test
        void aDetachedHeadHasNoBranch() {
            RealGit git = RealGit.init(folder).write("a.txt", "a").commitAll("first");
            git.run("checkout", "-q", "--detach");
            assertSameAsGit(git);
            assertThat(git.facts().branch()).isNull();
        }

        @Test
        void aBranchMayHaveFolders() {
            RealGit git = RealGit.init(folder).write("a.txt", "a").commitAll("first");
            git.run("checkout", "-q", "-b", "feature/ink/heavy");
            git.run("pack-refs", "--all");
            assertSameAsGit(git);
        }

        @Test
        void textFromTheRepositoryIsOneBoundedLine() {
            RealGit git = RealGit.init(folder);
            git.write("a.txt", "a").run("add", "-A");
            git.run(
                    "commit",
                    "-q",
                    "-m",
                    "x",
                    "--author",
                    "E\u001b[31mve\u202e" + "e".repeat(400) + " <eve@example.org>");
            assertThat(git.facts().authorName())
                    .startsWith("E\ufffd[31mve\ufffdeee")
                    .endsWith("e…")
                    .hasSize(CommitFacts.LONGEST_TEXT);
        }

        @Test
        void theRemoteIsTheOneThatTheBranchFollows() {
            RealGit git = RealGit.init(folder).write("a.txt", "a").commitAll("first");
            git.run("remote", "add", "upstream", "https://user:secret@example.org/up/stream.git?private_token=secret");
            assertThat(git.facts().remoteUrl()).isEqualTo("https://example.org/up/stream.git");
            git.run("remote", "add", "origin", "git@example.org:or/igin.git");
            assertThat(git.facts().remoteUrl()).isEqualTo("example.org:or/igin.git");
            git.run("config", "branch.main.remote", "upstream");
            assertThat(git.facts().remoteUrl()).isEqualTo("https://example.org/up/stream.git");
        }
    }

    @Nested
    class Layouts {
        @Test
        void linkedWorkTree() {
            RealGit git =
                    RealGit.init(folder.resolve("main")).write("a.txt", "a").commitAll("first");
            git.run("worktree", "add", "-q", "-b", "side", "../side");
            RealGit side = new RealGit(folder.resolve("side"));
            side.write("b.txt", "b").commitAll("second").write("a.txt", "changed");
            assertSameAsGit(side);
            assertSameAsGit(git);
            assertThat(side.facts().changedPaths()).containsExactly("a.txt");
        }

        @Test
        void bareRepositoryIsNeverDirty() {
            RealGit git =
                    RealGit.init(folder.resolve("main")).write("a.txt", "a").commitAll("first");
            git.run("clone", "-q", "--bare", ".", "../bare.git");
            RealGit bare = new RealGit(folder.resolve("bare.git"));
            assertThat(bare.facts().commit()).isEqualTo(git.facts().commit());
            assertThat(bare.facts().dirty()).isFalse();
            assertThat(GitRepository.find(bare.folder().resolve("refs"))
                            .orElseThrow()
                            .workTree())
                    .isEmpty();
        }

        @Test
        void aWorkTreeOfABareRepositoryHasFiles() {
            RealGit git =
                    RealGit.init(folder.resolve("main")).write("a.txt", "a").commitAll("first");
            git.run("clone", "-q", "--bare", ".", "../project/.git");
            RealGit bare = new RealGit(folder.resolve("project"));
            bare.run("worktree", "add", "-q", "side");
            RealGit side = new RealGit(folder.resolve("project/side")).write("a.txt", "changed");
            assertSameAsGit(side);
            assertThat(bare.facts().dirty()).isFalse();
        }

        @Test
        void shallowClone() {
            RealGit git = RealGit.init(folder.resolve("main"));
            IntStream.range(0, 5).forEach(i -> git.write("a.txt", "a" + i).commitAll("commit " + i));
            git.run("tag", "-a", "-m", "old", "v1", "HEAD~3");
            git.run("clone", "-q", "--depth", "2", "file://" + git.folder(), "../shallow");
            RealGit shallow = new RealGit(folder.resolve("shallow"));
            assertSameAsGit(shallow);
            assertThat(shallow.facts().remoteUrl()).isEqualTo("file://" + git.folder());
        }

        @Test
        void submoduleCountsByItsCommitAndItsFiles() {
            RealGit library =
                    RealGit.init(folder.resolve("library")).write("l.txt", "l").commitAll("library");
            RealGit git = RealGit.init(folder.resolve("main")).write("a.txt", "a");
            git.run(
                    "-c",
                    "protocol.file.allow=always",
                    "submodule",
                    "-q",
                    "add",
                    library.folder().toString(),
                    "parts/library");
            git.commitAll("with a part");
            RealGit part = new RealGit(git.folder().resolve("parts/library"));
            assertSameAsGit(git);
            assertSameAsGit(part);
            assertThat(GitRepository.find(part.folder()).orElseThrow().workTree())
                    .contains(part.folder());

            part.write("untracked.txt", "u");
            assertSameAsGit(git);
            part.write("l.txt", "changed");
            assertSameAsGit(git);
            assertThat(git.facts().changedPaths()).containsExactly("parts/library");

            part.commitAll("further");
            assertSameAsGit(git);
            assertThat(git.facts().dirty()).isTrue();

            git.run("submodule", "deinit", "-q", "--force", "--all");
            assertSameAsGit(git);
            assertThat(git.facts().dirty()).isFalse();
        }

        @Test
        void sparseCheckoutDoesNotMissWhatItLeavesOut() {
            RealGit git = RealGit.init(folder)
                    .write("kept/a.txt", "a")
                    .write("left/b.txt", "b")
                    .write("left/deep/c.txt", "c")
                    .write("z.txt", "z")
                    .commitAll("first");
            git.run("sparse-checkout", "set", "--cone", "kept");
            assertSameAsGit(git);
            git.run("sparse-checkout", "set", "--cone", "--sparse-index", "kept");
            assertSameAsGit(git);
            git.write("kept/a.txt", "changed").run("add", "kept/a.txt");
            assertSameAsGit(git);
            assertThat(git.facts().changedPaths()).containsExactly("kept/a.txt");
        }

        @Test
        void everyVersionOfTheIndex() {
            RealGit git = RealGit.init(folder);
            Set<String> names = new TreeSet<>();
            for (int i = 0; i < 200; i++) {
                names.add("folder" + i % 7 + "/" + "n".repeat(i) + i);
            }
            names.forEach(name -> git.write(name, name));
            git.commitAll("first").write("folder3/nnn3", "changed");
            for (String version : List.of("2", "3", "4")) {
                git.run("update-index", "--index-version", version);
                assertSameAsGit(git);
            }
            git.run("-c", "index.skipHash=true", "update-index", "--force-write-index");
            assertSameAsGit(git);
        }

        @Test
        void aSplitIndexIsRefusedWithWhatToDo() {
            RealGit git = RealGit.init(folder).write("a.txt", "a").commitAll("first");
            git.run("update-index", "--split-index");
            assertThatThrownBy(git::facts).isInstanceOf(GitException.class).hasMessageContaining("--no-split-index");
            git.run("update-index", "--no-split-index");
            assertSameAsGit(git);
        }

        @Test
        void objectsBySha256AreRefusedByName() {
            RealGit git = RealGit.init(folder);
            git.run("init", "-q", "--object-format=sha256", "other");
            RealGit other =
                    new RealGit(folder.resolve("other")).write("a.txt", "a").commitAll("first");
            assertThatThrownBy(other::facts).isInstanceOf(GitException.class).hasMessageContaining("sha256");
        }
    }

    @Nested
    class Changes {
        private RealGit git() {
            return RealGit.init(folder)
                    .write("a.txt", "aaaa\n")
                    .write("b/c.txt", "cccc\n")
                    .write("b/d.txt", "dddd\n")
                    .commitAll("first");
        }

        @Test
        void untrackedAndIgnoredFilesDoNotCount() {
            RealGit git = git().write(".gitignore", "*.log\n").commitAll("ignore");
            git.write("run.log", "x").write("new.txt", "y");
            assertSameAsGit(git);
            assertThat(git.facts().dirty()).isFalse();
        }

        @Test
        void aTrackedFileCountsThoughItIsIgnored() {
            RealGit git = git().write(".gitignore", "*.txt\n").commitAll("ignore");
            git.write("a.txt", "changed\n");
            assertSameAsGit(git);
            assertThat(git.facts().dirty()).isTrue();
        }

        @Test
        void aChangeOfTheSameSizeAtTheTimeOfTheIndexIsSeen() throws IOException {
            RealGit git = git();
            FileTime time = Files.getLastModifiedTime(folder.resolve("a.txt"));
            Files.setLastModifiedTime(folder.resolve(".git/index"), time);
            assertSameAsGit(git);
            git.write("a.txt", "bbbb\n");
            Files.setLastModifiedTime(folder.resolve("a.txt"), time);
            assertSameAsGit(git);
            assertThat(git.facts().changedPaths()).containsExactly("a.txt");
        }

        @Test
        void anEarlierTimeWithTheSameContentIsNoChange() throws IOException {
            RealGit git = git().settle();
            Files.setLastModifiedTime(folder.resolve("a.txt"), FileTime.from(Instant.parse("2001-02-03T04:05:06Z")));
            assertSameAsGit(git);
            assertThat(git.facts().dirty()).isFalse();
        }

        @Test
        void stagedOnly() {
            RealGit git = git();
            git.write("a.txt", "staged\n").run("add", "a.txt");
            git.write("a.txt", "aaaa\n");
            assertSameAsGit(git);
            git.write("e.txt", "new\n").run("add", "e.txt");
            git.run("rm", "-q", "--cached", "b/d.txt");
            assertSameAsGit(git);
            assertThat(git.facts().changedPaths()).containsExactly("a.txt", "b/d.txt", "e.txt");
        }

        @Test
        void announcedOnly() {
            RealGit git = git().write("e.txt", "new\n");
            git.run("add", "-N", "e.txt");
            assertSameAsGit(git);
            assertThat(git.facts().changedPaths()).containsExactly("e.txt");
        }

        @Test
        void deletedAndReplaced() throws IOException {
            RealGit git = git();
            Files.delete(folder.resolve("b/c.txt"));
            assertSameAsGit(git);
            Files.delete(folder.resolve("a.txt"));
            Files.createDirectories(folder.resolve("a.txt"));
            assertSameAsGit(git);
            assertThat(git.facts().changedPaths()).containsExactly("a.txt", "b/c.txt");
        }

        @Test
        void withoutAnIndexEverythingIsStagedForDeletion() throws IOException {
            RealGit git = git();
            Files.delete(folder.resolve(".git/index"));
            assertSameAsGit(git);
            assertThat(git.facts().changedPaths()).hasSize(3);
        }

        @Test
        void modeOfAFile() throws IOException {
            RealGit git = git();
            Path file = folder.resolve("a.txt");
            assertThat(file.toFile().setExecutable(true, false)).isTrue();
            assertSameAsGit(git);
            assertThat(git.facts().dirty()).isTrue();
            git.run("config", "core.fileMode", "false");
            assertSameAsGit(git);
            assertThat(git.facts().dirty()).isFalse();
        }

        @Test
        void links() throws IOException {
            RealGit git = git();
            Path link = folder.resolve("link");
            Files.createSymbolicLink(link, Path.of("a.txt"));
            git.commitAll("link");
            assertSameAsGit(git);
            Files.delete(link);
            Files.createSymbolicLink(link, Path.of("b.txt"));
            assertSameAsGit(git);
            Files.delete(link);
            git.write("link", "a.txt");
            assertSameAsGit(git);
            assertThat(git.facts().changedPaths()).containsExactly("link");
            git.run("config", "core.symlinks", "false");
            assertSameAsGit(git);
            assertThat(git.facts().dirty()).isFalse();
        }

        @Test
        void aFolderThatBecameALinkIsGone() throws IOException {
            RealGit git = git().settle();
            Files.move(folder.resolve("b"), folder.resolve("moved"));
            Files.createSymbolicLink(folder.resolve("b"), Path.of("moved"));
            assertSameAsGit(git);
            assertThat(git.facts().changedPaths()).containsExactly("b/c.txt", "b/d.txt");
        }

        @Test
        void lineEndsThatGitConvertsAreNoChange() throws IOException {
            RealGit git = RealGit.init(folder)
                    .write(".gitattributes", "*.bat text eol=crlf\n")
                    .write("run.bat", "a\r\nb\r\n")
                    .commitAll("first")
                    .settle();
            assertThat(git.run("cat-file", "-s", "HEAD:run.bat")).isEqualTo("4");
            assertSameAsGit(git);
            Files.setLastModifiedTime(folder.resolve("run.bat"), FileTime.fromMillis(0));
            assertSameAsGit(git);
            assertThat(git.facts().dirty()).isFalse();
            git.write("run.bat", "a\r\nc\r\n");
            assertSameAsGit(git);
            assertThat(git.facts().dirty()).isTrue();
        }

        @Test
        void lineEndsThatGitKeepsAreAChange() {
            RealGit git = git().settle();
            git.write("a.txt", "aaaa\r\n");
            assertSameAsGit(git);
            assertThat(git.facts().dirty()).isTrue();
        }

        @Test
        void otherLineEndsInAFileThatGitHasNotSeenAreAChange() {
            RealGit git = git();
            git.run("update-index", "--cacheinfo", "100644," + git.run("rev-parse", "HEAD:a.txt") + ",a.txt");
            assertSameAsGit(git);
            git.write("a.txt", "aaaa\r\n");
            assertSameAsGit(git);
            assertThat(git.facts().changedPaths()).containsExactly("a.txt");
        }

        @Test
        void aLargeFileBehindItsPointerIsNoChange() throws IOException {
            RealGit git = RealGit.init(folder)
                    .write(
                            "model.onnx",
                            "version https://git-lfs.github.com/spec/v1\noid sha256:"
                                    + "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824\nsize 5\n")
                    .commitAll("pointer");
            // As after a checkout with git-lfs: the file's own size stands in the index, the pointer's in the commit.
            git.write("model.onnx", "hello");
            String entry = git.run("rev-parse", "HEAD:model.onnx");
            git.run("update-index", "--cacheinfo", "100644," + entry + ",model.onnx");
            assertThat(git.facts().dirty()).isFalse();
            git.write("model.onnx", "hullo");
            assertThat(git.facts().changedPaths()).containsExactly("model.onnx");
        }

        @Test
        void aMergeInProgress() {
            RealGit git = git();
            git.run("checkout", "-q", "-b", "side");
            git.write("a.txt", "side\n").write("b/c.txt", "side\n").commitAll("side");
            git.run("checkout", "-q", "main");
            git.write("a.txt", "main\n").run("rm", "-q", "b/c.txt");
            git.commitAll("main");
            assertThat(git.ask("", "merge", "side").status()).isNotZero();
            assertSameAsGit(git);
            assertThat(git.facts().changedPaths()).containsExactly("a.txt", "b/c.txt");
        }

        @Test
        void whatHidesAChangeFromGitDoesNotHideItHere() {
            RealGit git = git();
            git.run("update-index", "--assume-unchanged", "a.txt");
            git.write("a.txt", "hidden\n");
            assertThat(git.changedPaths()).isEmpty();
            assertThat(git.facts().changedPaths()).containsExactly("a.txt");
        }

        @Test
        void manyChangesAreNamedUpToABound() {
            RealGit git = git();
            IntStream.range(10, 40).forEach(i -> git.write("many/" + i, "x").run("add", "many"));
            IntStream.range(10, 20).forEach(i -> git.write("many/" + i, "y"));
            assertSameAsGit(git);
            assertThat(git.facts().changedPaths())
                    .hasSize(CommitFacts.MOST_PATHS)
                    .contains("many/19");
        }

        @Test
        void aNameThatIsNotAsciiIsFound() {
            RealGit git = git().write("données/é.csv", "1\n").commitAll("accents");
            assertThat(git.facts().dirty()).isFalse();
            git.write("données/é.csv", "2\n");
            assertThat(git.facts().changedPaths()).containsExactly("données/é.csv");
        }

        @Seeded(cases = 25)
        void saysWhatGitSaysAfterAnything(Gen gen) throws IOException {
            RealGit git = RealGit.init(folder.resolve("r" + gen.seed()));
            List<String> names = List.of("a", "b/c", "b/d", "b/e/f", "b.x", "b0", "g/h/i/j", "k");
            names.forEach(name -> git.write(name, "%05d\n".formatted(gen.integer(0, 99))));
            git.commitAll("first");
            if (gen.chance(0.5)) {
                git.settle();
            }
            int steps = gen.integer(1, 8);
            for (int step = 0; step < steps; step++) {
                disturb(git, gen, gen.oneOf(names));
            }
            assertSameAsGit(git);
        }

        private void disturb(RealGit git, Gen gen, String name) throws IOException {
            Path file = git.folder().resolve(name);
            switch (gen.integer(0, 8)) {
                case 0 -> git.ask("", "add", "-A");
                case 1 -> git.ask("", "add", name);
                case 2 -> git.ask("", "rm", "-q", "--cached", "-r", name);
                case 3 -> Files.deleteIfExists(file);
                case 4 -> git.ask("", "stash", "-q");
                case 5 -> git.ask("", "commit", "-q", "-m", "step");
                case 6 -> {
                    if (Files.isRegularFile(file)) {
                        assertThat(file.toFile().setExecutable(gen.chance(0.5), false))
                                .isTrue();
                    }
                }
                case 7 -> {
                    if (Files.isRegularFile(file)) {
                        Files.setLastModifiedTime(file, FileTime.fromMillis(gen.integer(0, 1_000_000)));
                    }
                }
                default -> {
                    if (!Files.isDirectory(file)) {
                        git.write(name, "%05d\n".formatted(gen.integer(0, 99)));
                    }
                }
            }
        }
    }

    @Nested
    class Describing {
        @Test
        void namesTheNewerOfTwoTagsAndNoLightweightOne() {
            RealGit git = RealGit.init(folder).write("a.txt", "a").commitAll("first");
            git.run("-c", "user.name=x", "tag", "-a", "-m", "x", "v1");
            git.run("tag", "light");
            git.run("pack-refs", "--all");
            assertSameAsGit(git);
            git.write("a.txt", "b").commitAll("second");
            git.run("tag", "light2");
            assertSameAsGit(git);
            assertThat(git.facts().describe()).startsWith("v1-1-g");
        }

        @Seeded(cases = 25)
        void saysWhatGitSaysOnAnyHistory(Gen gen) {
            RealGit git = RealGit.init(folder.resolve("r" + gen.seed()));
            int commits = gen.integer(1, 60);
            StringBuilder history = new StringBuilder();
            for (int mark = 1; mark <= commits; mark++) {
                appendCommit(history, gen, mark);
            }
            double density = gen.oneOf(0.02, 0.1, 0.5);
            for (int mark = 1; mark <= commits; mark++) {
                if (gen.chance(density)) {
                    history.append("tag v%d\nfrom :%d\ntagger T <t@x> %d +0000\ndata 1\nt\n"
                            .formatted(mark, mark, gen.integer(1_000, 1_003)));
                }
            }
            git.feed(history.toString(), "fast-import", "--quiet");
            git.run("reset", "-q", "--hard", "main");
            assertThat(git.facts().describe()).isEqualTo(git.run("describe", "--always"));
        }

        /** A commit with up to three parents among the latest ones, at a time that may lie before theirs. */
        private static void appendCommit(StringBuilder history, Gen gen, int mark) {
            Set<Integer> parents = IntStream.range(0, gen.integer(1, 3))
                    .mapToObj(i -> mark - gen.oneOf(1, 2, 3, 5, 10, 20))
                    .filter(parent -> parent > 0)
                    .collect(Collectors.toCollection(TreeSet::new));
            history.append("commit refs/heads/main\nmark :%d\ncommitter C <c@x> %d +0000\ndata 1\nc\n"
                    .formatted(mark, 1_000_000 + mark * 10 + gen.integer(-15, 15)));
            String word = "from";
            for (int parent : parents) {
                history.append("%s :%d\n".formatted(word, parent));
                word = "merge";
            }
            history.append(parents.isEmpty() ? "deleteall\n" : "").append("\n");
        }

        @Test
        void aTagTooFarBackIsNotLookedFor() {
            RealGit git = RealGit.init(folder);
            StringBuilder history = new StringBuilder();
            for (int mark = 1; mark <= 20_010; mark++) {
                history.append("commit refs/heads/main\nmark :%d\ncommitter C <c@x> %d +0000\ndata 0\n"
                        .formatted(mark, 1_000_000 + mark));
            }
            history.append("tag near\nfrom :19000\ntagger T <t@x> 1000 +0000\ndata 0\n");
            history.append("tag far\nfrom :1\ntagger T <t@x> 1000 +0000\ndata 0\n");
            git.feed(history.toString(), "fast-import", "--quiet");
            assertThat(git.facts().describe()).isEqualTo(git.run("describe"));
            git.run("tag", "-d", "near");
            assertThat(git.facts().describe()).isEqualTo(git.run("rev-parse", "--short", "main"));
        }
    }
}
