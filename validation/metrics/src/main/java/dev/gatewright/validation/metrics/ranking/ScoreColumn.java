// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.ranking;

import java.util.ArrayList;
import java.util.List;

/**
 * Scores of one kind of rows, of which only the ascending order matters: sorted in runs as they come, in memory while
 * there is any and in its file from then on, and merged when they are walked through.
 */
final class ScoreColumn {
    /** The most bytes of scores that are sorted at once, 8 million floats: their sorting takes room for as many again. */
    private static final long LONGEST_RUN_BYTES = 32L << 20;

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
        while (!open.offer(score)) {
            makeRoom();
        }
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

    /** Doubles the room, be it for more scores or for wider ones, or starts anew where memory or a run's length ends. */
    private void makeRoom() {
        long wanted = 2 * open.bytes();
        if (open.size() < SHORTEST_RUN) {
            open.grow();
        } else if (wanted <= LONGEST_RUN_BYTES && memory.take(wanted - taken)) {
            taken = wanted;
            open.grow();
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
