// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/** The index held against a commit's tree: two lists in the same order, walked side by side. */
final class StagedChanges {
    private final List<IndexEntry> entries;
    private final int most;
    private final Set<String> changes = new LinkedHashSet<>();
    private int next;

    private StagedChanges(List<IndexEntry> entries, int most) {
        this.entries = entries;
        this.most = most;
    }

    /** The first {@code most} of the paths that are staged otherwise than {@code tree} has them. */
    static Set<String> between(ObjectReader reader, ObjectId tree, Index index, int most) throws IOException {
        if (tree.equals(index.tree())) {
            return Set.of();
        }
        StagedChanges staged = new StagedChanges(index.entries(), most);
        try (TreeWalk walk = new TreeWalk(reader)) {
            walk.addTree(tree);
            while (staged.changes.size() < most && walk.next()) {
                staged.compare(walk);
            }
        }
        staged.addUpTo(null);
        return staged.changes;
    }

    private void compare(TreeWalk walk) throws IOException {
        byte[] path = walk.isSubtree() ? folder(walk.getRawPath()) : walk.getRawPath();
        addUpTo(path);
        if (next < entries.size() && entries.get(next).isAt(path)) {
            IndexEntry entry = entries.get(next++);
            if (entry.isUnmerged()
                    || !entry.mode().equals(walk.getRawMode(0))
                    || !entry.content().equals(walk.getObjectId(0))) {
                changes.add(entry.path());
            }
            while (next < entries.size() && entries.get(next).isAt(path)) {
                next++; // the other versions in a merge
            }
        } else if (walk.isSubtree()) {
            walk.enterSubtree();
        } else {
            changes.add(new String(path, StandardCharsets.UTF_8));
        }
    }

    /** The path of a folder as the index writes it. */
    private static byte[] folder(byte[] path) {
        byte[] folder = Arrays.copyOf(path, path.length + 1);
        folder[path.length] = '/';
        return folder;
    }

    /** What is staged before {@code path}, or to the end, is not in the tree. */
    private void addUpTo(byte @Nullable [] path) {
        while (next < entries.size()
                && changes.size() < most
                && (path == null || Arrays.compareUnsigned(entries.get(next).rawPath(), path) < 0)) {
            changes.add(entries.get(next++).path());
        }
    }
}
