// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.git;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * The tag that names a commit, as {@code git describe} finds it: of the ten tagged commits that come first when the
 * history is walked from its newest commits, the one that the fewest commits are not part of.
 *
 * <p>JGit's own command is not used: where there are fewer than ten tags it walks the whole history.
 *
 * @param name the name of the tag
 * @param distance how many commits the described commit has that the tagged one does not have
 */
record NearestTag(String name, int distance) {
    private static final int MOST_CANDIDATES = 10;

    /** The nearest of {@code tags}; none where there is none among the {@code most} newest commits. */
    static Optional<NearestTag> of(RevWalk walk, RevCommit commit, Map<ObjectId, String> tags, int most)
            throws IOException {
        if (tags.isEmpty()) {
            return Optional.empty();
        }
        Search search = new Search(walk, tags, most);
        search.meet(commit, 0);
        if (!search.findCandidates()) {
            return Optional.empty();
        }
        // Chosen before the rest is counted, as git does, though another one may turn out to be nearer.
        Candidate best = search.best();
        return search.measure(best) ? Optional.of(new NearestTag(best.name, best.distance)) : Optional.empty();
    }

    private static final class Candidate {
        private final String name;
        private final int bit;
        private int distance;

        private Candidate(String name, int bit, int distance) {
            this.name = name;
            this.bit = bit;
            this.distance = distance;
        }
    }

    private record Waiting(RevCommit commit, int order) {}

    private static final class Search {
        private final RevWalk walk;
        private final Map<ObjectId, String> tags;
        private final int most;
        private int visited;

        /** Newest first, else in the order in which they were met. */
        private final PriorityQueue<Waiting> waiting = new PriorityQueue<>(
                Comparator.<Waiting>comparingInt(w -> -w.commit().getCommitTime())
                        .thenComparingInt(Waiting::order));

        /** For each commit met, a bit for each candidate that has it. */
        private final Map<RevCommit, Integer> within = new HashMap<>();

        private final List<Candidate> candidates = new ArrayList<>();

        private Search(RevWalk walk, Map<ObjectId, String> tags, int most) {
            this.walk = walk;
            this.tags = tags;
            this.most = most;
        }

        private void meet(RevCommit commit, int bits) throws IOException {
            Integer known = within.get(commit);
            if (known == null) {
                walk.parseHeaders(commit);
                waiting.add(new Waiting(commit, within.size()));
            }
            within.put(commit, known == null ? bits : known | bits);
        }

        private void meetParents(RevCommit commit) throws IOException {
            for (RevCommit parent : commit.getParents()) {
                meet(parent, bits(commit));
            }
        }

        private int bits(RevCommit commit) {
            return within.getOrDefault(commit, 0);
        }

        /** Collects the candidates; false where there is none, or the walk is too long. */
        private boolean findCandidates() throws IOException {
            while (!waiting.isEmpty() && visited < most) {
                Waiting next = waiting.remove();
                RevCommit commit = next.commit();
                String tag = tags.get(commit);
                if (tag != null && candidates.size() == MOST_CANDIDATES) {
                    waiting.add(next);
                    return true;
                }
                if (tag != null) {
                    Candidate candidate = new Candidate(tag, 1 << candidates.size(), visited);
                    candidates.add(candidate);
                    within.merge(commit, candidate.bit, (a, b) -> a | b);
                }
                visited++;
                candidates.stream().filter(c -> (bits(commit) & c.bit) == 0).forEach(c -> c.distance++);
                if (waiting.isEmpty() && isInEveryBest(commit)) {
                    break; // all that is left is part of what is found
                }
                meetParents(commit);
            }
            return !candidates.isEmpty() && visited < most;
        }

        private boolean isInEveryBest(RevCommit commit) {
            return !candidates.isEmpty()
                    && candidates.stream()
                            .filter(c -> c.distance == best().distance)
                            .allMatch(c -> (bits(commit) & c.bit) != 0);
        }

        /** The first of the nearest candidates. */
        private Candidate best() {
            return candidates.stream()
                    .min(Comparator.comparingInt(c -> c.distance))
                    .orElseThrow();
        }

        /** Counts the rest of the commits that {@code best} does not have; false where the walk is too long. */
        private boolean measure(Candidate best) throws IOException {
            while (!waiting.isEmpty() && visited < most) {
                RevCommit commit = waiting.remove().commit();
                visited++;
                if ((bits(commit) & best.bit) == 0) {
                    best.distance++;
                } else if (waiting.stream().allMatch(w -> (bits(w.commit()) & best.bit) != 0)) {
                    break;
                }
                meetParents(commit);
            }
            return visited < most;
        }
    }
}
