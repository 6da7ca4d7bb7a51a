// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.testkit;

import dev.gatewright.stages.api.progress.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/** Keeps what a stage tells about itself, and calls back at each event: a test can act in the middle of a stage. */
public final class RecordingProgress implements Progress {
    private final List<String> events = new ArrayList<>();
    private final IntConsumer onEvent;

    /** Only keeps the events. */
    public RecordingProgress() {
        this(count -> {});
    }

    /** Calls {@code onEvent} with the number of events so far, on the thread that tells the event. */
    public RecordingProgress(IntConsumer onEvent) {
        this.onEvent = onEvent;
    }

    @Override
    public void step(String what) {
        add("step: " + what);
    }

    @Override
    public void advanced(long done, long total) {
        add("advanced: " + done + " of " + total);
    }

    @Override
    public void output(String line) {
        add("output: " + line);
    }

    /** What was told so far: {@code "step: training"}, {@code "advanced: 3 of 10"}, {@code "output: epoch 1"}. */
    public List<String> events() {
        synchronized (events) {
            return List.copyOf(events);
        }
    }

    private void add(String event) {
        int count;
        synchronized (events) {
            events.add(event);
            count = events.size();
        }
        onEvent.accept(count);
    }
}
