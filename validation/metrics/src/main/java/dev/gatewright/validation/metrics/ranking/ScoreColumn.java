// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.ranking;

import java.util.ArrayList;
import java.util.List;

/**
 * Scores of one kind of rows, of which only the ascending order matters: sorted in runs as they come, in memory while
 * there is any and in its file from then on, and merged when they are walked through.
 */
final class ScoreColumn {
    /** The most scores that are sorted at once: their sorting takes room for as many again. */
    private static final int LONGEST_RUN = 1 << 22;

    /** So many scores are gathered even where no memory is left. */
    private static final int SHORTEST_RUN = 1 << 13;

    private final ScoreMemory memory;
    private final List<SortedRun> runs = new ArrayList<>();
    private final Scores open = new Scores();
    private long taken;
    private long size;

    ScoreColumn(ScoreMemory memory) {
        this.memory = memory;
    }

    void add(double score) {
        if (open.size() == open.capacity() && open.size() >= SHORTEST_RUN) {
            makeRoom();
        }
        open.add(score);
        size++;
    }

    long size() {
        return size;
    }

    /** Adds all that {@code other} holds, which keeps it. */
    void merge(ScoreColumn other) {
        runs.addAll(other.runs);
        size += other.size - other.open.size();
        for (int i = 0; i < other.open.size(); i++) {
            add(other.open.get(i));
        }
    }

    /** Whether each score is a {@code float}. */
    boolean isNarrow() {
        closeRun();
        return runs.stream().allMatch(SortedRun::isNarrow);
    }

    /** All scores in ascending order; nothing may be added while it is in use. */
    ScoreCursor ascending() {
        closeRun();
        return ScoreCursor.over(runs);
    }

    private void makeRoom() {
        // The room doubles, and any score may turn out to be no float.
        long wanted = 2L * open.capacity() * Double.BYTES;
        if (open.size() < LONGEST_RUN && memory.take(wanted - taken)) {
            taken = wanted;
        } else {
            closeRun();
        }
    }

    private void closeRun() {
        if (open.size() == 0) {
            return;
        }
        SortedRun run = open.takeSorted();
        memory.give(taken);
        taken = 0;
        runs.add(run.keptIn(memory));
    }
}
