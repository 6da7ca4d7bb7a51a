// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The git repository that a folder lies in: a plain one, a linked work tree, a submodule, a shallow or a bare one.
 *
 * <p>Only the folder decides: {@code GIT_DIR} and the like are not read.
 */
public final class GitRepository {
    private final Path gitDirectory;
    private final @Nullable Path workTree;

    private GitRepository(Path gitDirectory, @Nullable Path workTree) {
        this.gitDirectory = gitDirectory;
        this.workTree = workTree;
    }

    /**
     * The repository that holds {@code place}, a file or a folder, looked for from there upwards. No repository is a
     * normal answer. Nothing of the repository is opened yet.
     */
    public static Optional<GitRepository> find(Path place) {
        for (Path folder = place.toAbsolutePath().normalize(); folder != null; folder = folder.getParent()) {
            Path dotGit = folder.resolve(".git");
            // A file names the place of the repository, in a linked work tree or a submodule.
            if (isGitDirectory(dotGit) || Files.isRegularFile(dotGit, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.of(new GitRepository(dotGit, folder));
            }
            if (isGitDirectory(folder) && Files.isDirectory(folder.resolve("refs"))) {
                return Optional.of(new GitRepository(folder, null));
            }
        }
        return Optional.empty();
    }

    private static boolean isGitDirectory(Path folder) {
        return Files.isDirectory(folder.resolve("objects"))
                && Files.exists(folder.resolve("HEAD"), LinkOption.NOFOLLOW_LINKS);
    }

    /** The folder whose files are tracked; none where the repository is bare. */
    public Optional<Path> workTree() {
        return Optional.ofNullable(workTree);
    }

    /**
     * The facts about the commit that is checked out; none where there is no commit yet.
     *
     * @param limit the time after which the repository counts as unreadable
     * @throws GitException if the repository cannot be read, is damaged or does not answer in time
     */
    public Optional<CommitFacts> facts(Duration limit) {
        // On a thread of its own: a repository can make its reader wait, recurse or fill the heap without end.
        FutureTask<Optional<CommitFacts>> reading = new FutureTask<>(this::read);
        Thread thread = new Thread(reading, "git facts");
        thread.setDaemon(true);
        thread.start();
        try {
            return reading.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GitException known) {
                throw new GitException(known.getMessage(), known);
            }
            throw new GitException(
                    "cannot read the git repository " + gitDirectory + ": " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            thread.interrupt();
            throw new GitException(
                    "the git repository " + gitDirectory + " was not read within " + limit
                            + ": see whether `git status` ends there, and mend the repository",
                    e);
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            throw new GitException("interrupted while the git repository " + gitDirectory + " was read", e);
        }
    }

    private Optional<CommitFacts> read() throws IOException {
        try (OpenRepository repository = OpenRepository.open(gitDirectory, workTree, 0)) {
            return repository.facts();
        }
    }
}
