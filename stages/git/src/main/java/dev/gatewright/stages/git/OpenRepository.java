// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jgit.api.errors.InvalidConfigurationException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.AbbrevConfig;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.jspecify.annotations.Nullable;

/** One repository while it is read. */
final class OpenRepository implements AutoCloseable {
    private static final int DEEPEST_SUBMODULE = 16;
    private static final long LARGEST_COMMIT = 1L << 20;

    /** How far back a tag is looked for: some tenths of a second. */
    private static final int MOST_COMMITS = 20_000;

    private final Repository repository;
    private final @Nullable Path workTree;
    private final int depth;

    private OpenRepository(Repository repository, @Nullable Path workTree, int depth) {
        this.repository = repository;
        this.workTree = workTree;
        this.depth = depth;
    }

    /** Opens the repository {@code dotGit}, a folder or the file that names it, of {@code workTree}; null if bare. */
    static OpenRepository open(Path dotGit, @Nullable Path workTree, int depth) throws IOException {
        if (depth > DEEPEST_SUBMODULE) {
            throw new GitException("more than " + DEEPEST_SUBMODULE + " submodules lie in each other at " + dotGit);
        }
        Confinement.enter();
        FileRepositoryBuilder builder = new FileRepositoryBuilder().setMustExist(true);
        if (workTree == null) {
            builder.setBare().setGitDir(dotGit.toFile());
        } else {
            builder.setWorkTree(workTree.toFile()); // and JGit follows its .git
        }
        Repository repository = builder.build();
        try {
            return new OpenRepository(repository, checkedWorkTree(repository.getConfig(), dotGit, workTree), depth);
        } catch (IOException | RuntimeException e) {
            repository.close();
            throw e;
        }
    }

    private static @Nullable Path checkedWorkTree(Config config, Path dotGit, @Nullable Path workTree)
            throws IOException {
        String format = config.getString("extensions", null, "objectformat");
        if (format != null && !format.equalsIgnoreCase("sha1")) {
            throw new GitException("the git repository " + dotGit + " keeps its objects by " + format
                    + ", which cannot be read here; expected sha1");
        }
        if (workTree == null || !Files.isDirectory(dotGit)) {
            return workTree; // a linked work tree or a submodule: the settings speak of the main one
        }
        if (config.getBoolean("core", "bare", false)) {
            return null;
        }
        String elsewhere = config.getString("core", null, "worktree");
        if (elsewhere != null && !Files.isSameFile(dotGit.resolve(elsewhere), workTree)) {
            throw new GitException("the git repository " + dotGit + " names " + elsewhere
                    + " as its working tree (core.worktree), not the folder that it lies in: start from there");
        }
        return workTree;
    }

    /** The commit that is checked out; none if there is none yet. */
    Optional<ObjectId> head() throws IOException {
        return Optional.ofNullable(headReference().getObjectId());
    }

    private Ref headReference() throws IOException {
        Ref head = repository.exactRef(Constants.HEAD);
        if (head == null) {
            throw new GitException("the git repository " + repository.getDirectory() + " has no HEAD");
        }
        return head;
    }

    Optional<CommitFacts> facts() throws IOException {
        Optional<ObjectId> head = head();
        if (head.isEmpty()) {
            return Optional.empty();
        }
        try (RevWalk walk = new RevWalk(repository)) {
            RevCommit commit = parse(walk, head.get());
            PersonIdent author = commit.getAuthorIdent();
            if (author == null) {
                throw new GitException("the commit " + commit.name() + " has no author");
            }
            Set<String> changes = changes(commit, CommitFacts.MOST_PATHS);
            return Optional.of(new CommitFacts(
                    commit.name(),
                    describe(walk, commit),
                    !changes.isEmpty(),
                    List.copyOf(changes),
                    author.getName(),
                    author.getEmailAddress(),
                    author.getWhenAsInstant(),
                    branch().orElse(null),
                    remoteUrl().orElse(null)));
        }
    }

    /** Whether a tracked file differs from the commit that is checked out. */
    boolean isDirty() throws IOException {
        try (RevWalk walk = new RevWalk(repository)) {
            Optional<ObjectId> head = head();
            return head.isEmpty() || !changes(parse(walk, head.get()), 1).isEmpty();
        }
    }

    private static RevCommit parse(RevWalk walk, ObjectId id) throws IOException {
        if (walk.getObjectReader().getObjectSize(id, Constants.OBJ_COMMIT) > LARGEST_COMMIT) {
            throw new GitException("the commit " + id.name() + " is larger than " + LARGEST_COMMIT + " bytes");
        }
        return walk.parseCommit(id);
    }

    /** The first {@code most} of the tracked paths that differ from {@code commit}, staged or not. */
    private Set<String> changes(RevCommit commit, int most) throws IOException {
        if (workTree == null) {
            return Set.of();
        }
        Index index = Index.read(repository.getIndexFile().toPath());
        TreeSet<String> changes = new TreeSet<>(
                new WorkTree(workTree, index.written(), repository.getConfig(), depth).changes(index.entries(), most));
        try (RevWalk walk = new RevWalk(repository)) {
            changes.addAll(StagedChanges.between(walk.getObjectReader(), commit.getTree(), index, most));
        }
        while (changes.size() > most) {
            changes.pollLast();
        }
        return changes;
    }

    private String describe(RevWalk walk, RevCommit commit) throws IOException {
        String id = walk.getObjectReader().abbreviate(commit, abbreviation()).name();
        try {
            return NearestTag.of(walk, commit, annotatedTags(walk), MOST_COMMITS)
                    .map(tag -> tag.distance() == 0 ? tag.name() : tag.name() + "-" + tag.distance() + "-g" + id)
                    .orElse(id);
        } catch (MissingObjectException e) {
            return id; // a part of the history is not here
        }
    }

    private int abbreviation() {
        try {
            return AbbrevConfig.parseFromConfig(repository).get();
        } catch (InvalidConfigurationException e) {
            throw new GitException("core.abbrev is no length", e);
        }
    }

    /** The names of the annotated tags by their commits; of two tags the newer one, else the first. */
    private Map<ObjectId, String> annotatedTags(RevWalk walk) throws IOException {
        Map<ObjectId, Ref> tags = new HashMap<>();
        for (Ref reference : repository.getRefDatabase().getRefsByPrefix(Constants.R_TAGS)) {
            Ref tag = repository.getRefDatabase().peel(reference);
            ObjectId commit = tag.getPeeledObjectId();
            if (commit != null && (!tags.containsKey(commit) || isNewer(walk, tag, tags.get(commit)))) {
                tags.put(commit, tag);
            }
        }
        Map<ObjectId, String> names = new HashMap<>();
        tags.forEach((commit, tag) -> names.put(commit, tag.getName().substring(Constants.R_TAGS.length())));
        return names;
    }

    private static boolean isNewer(RevWalk walk, Ref tag, Ref other) throws IOException {
        return madeAt(walk, tag).isAfter(madeAt(walk, other));
    }

    private static Instant madeAt(RevWalk walk, Ref tag) throws IOException {
        PersonIdent tagger = walk.parseTag(tag.getObjectId()).getTaggerIdent();
        return tagger == null ? Instant.EPOCH : tagger.getWhenAsInstant();
    }

    private Optional<String> branch() throws IOException {
        Ref head = headReference();
        String target = head.getTarget().getName();
        return head.isSymbolic() && target.startsWith(Constants.R_HEADS)
                ? Optional.of(target.substring(Constants.R_HEADS.length()))
                : Optional.empty();
    }

    /** The address of the remote that the branch follows, else of {@code origin}, else of the only one. */
    private Optional<String> remoteUrl() throws IOException {
        Config config = repository.getConfig();
        Set<String> remotes = config.getSubsections("remote");
        String followed =
                branch().map(name -> config.getString("branch", name, "remote")).orElse("");
        String remote = remotes.contains(followed)
                ? followed
                : remotes.size() == 1 ? remotes.iterator().next() : Constants.DEFAULT_REMOTE_NAME;
        return Optional.ofNullable(config.getString("remote", remote, "url")).flatMap(RemoteUrl::withoutCredentials);
    }

    @Override
    public void close() {
        repository.close();
    }
}
