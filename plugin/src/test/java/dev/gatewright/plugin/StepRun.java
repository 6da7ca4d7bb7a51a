// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.plugin;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Node;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** One step that runs in a build. Its controller can be killed, and started anew from what was saved. */
final class StepRun {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Map<String, StepRun> ALL = new ConcurrentHashMap<>();

    private final String id = UUID.randomUUID().toString();
    private final TestBuild build;
    private final FlowNode node = new StepNode();
    private final CompletableFuture<Object> end = new CompletableFuture<>();
    private final AtomicInteger ends = new AtomicInteger();
    private final AtomicInteger controllers = new AtomicInteger(1);
    private volatile boolean diesWithItsResult;
    private volatile StepExecution execution;
    private final List<byte[]> saved = new CopyOnWriteArrayList<>();

    private StepRun(TestBuild build) {
        this.build = build;
    }

    static StepRun start(TestBuild build, GateStep step) throws Exception {
        StepRun run = new StepRun(build);
        ALL.put(run.id, run);
        Context context = new Context(run.id, 1);
        run.execution = step.start(context);
        run.save();
        if (run.execution.start()) {
            throw new AssertionError("it does not wait for its program");
        }
        return run;
    }

    /** What a script is given; fails where the step fails. */
    @SuppressWarnings("unchecked")
    Map<String, Object> result() throws Exception {
        return (Map<String, Object>) end.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** With what the step fails. */
    Throwable failure() throws Exception {
        return end.handle((result, failure) -> {
                    if (failure == null) {
                        throw new AssertionError("it did not fail, and came to " + result);
                    }
                    return failure;
                })
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    int controllers() {
        return controllers.get();
    }

    boolean hasEnded() {
        return end.isDone();
    }

    /** How often it ended. */
    int ends() {
        return ends.get();
    }

    FlowNode node() {
        return node;
    }

    StageExecution execution() {
        return (StageExecution) execution;
    }

    void stop(Throwable cause) throws Exception {
        execution.stop(cause);
    }

    /** Kills the controller: what it has not saved is lost, and what still runs of it reaches nothing. */
    void killController() {
        controllers.incrementAndGet();
    }

    /** Kills it in the moment in which the step has its result, so that this is lost. */
    void killControllerWithTheResult() {
        diesWithItsResult = true;
    }

    /** Starts another controller on what the last one saved. */
    void startController() throws Exception {
        startController(saved.size() - 1);
    }

    /** Starts another controller on what was saved then, counted from 0. */
    void startController(int save) throws Exception {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(saved.get(save)))) {
            execution = (StepExecution) in.readObject();
        }
        execution.onResume();
    }

    static void await(Callable<Boolean> condition) throws Exception {
        long start = System.nanoTime();
        while (!condition.call()) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new AssertionError("what is waited for does not come");
            }
            Thread.sleep(10);
        }
    }

    private synchronized void save() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(execution);
        }
        saved.add(bytes.toByteArray());
    }

    /** Saved by its id; the one that is read back belongs to the controller that runs then. */
    private static final class Context extends StepContext {
        private static final long serialVersionUID = 1;

        private final String id;
        private final transient int controller;

        Context(String id, int controller) {
            this.id = id;
            this.controller = controller;
        }

        private Object readResolve() {
            return new Context(id, ALL.get(id).controllers.get());
        }

        private StepRun step() {
            StepRun step = ALL.get(id);
            if (step.controllers.get() != controller) {
                throw new IllegalStateException("this controller was killed");
            }
            return step;
        }

        @Override
        public <T> T get(Class<T> key) throws IOException {
            TestBuild build = step().build;
            Object value = null;
            if (key == Run.class) {
                value = build.run();
            } else if (key == FlowNode.class) {
                value = step().node;
            } else if (key == Node.class) {
                value = build.node();
            } else if (key == FilePath.class) {
                value = build.remoteWorkspace();
            } else if (key == Launcher.class) {
                value = build.launcher();
            } else if (key == EnvVars.class) {
                value = new EnvVars(build.environment());
            } else if (key == TaskListener.class) {
                value = build.listener();
            }
            return key.cast(value);
        }

        @Override
        public void onSuccess(Object result) {
            StepRun step = step();
            if (step.diesWithItsResult) {
                step.diesWithItsResult = false;
                step.killController();
                throw new IllegalStateException("this controller dies");
            }
            step.ends.incrementAndGet();
            step.end.complete(result);
        }

        @Override
        public void onFailure(Throwable failure) {
            StepRun step = ALL.get(id);
            if (step.controllers.get() != controller) {
                return; // nobody hears it
            }
            step.ends.incrementAndGet();
            step.end.completeExceptionally(failure);
        }

        @Override
        public ListenableFuture<Void> saveState() {
            try {
                step().save();
                return Futures.immediateFuture(null);
            } catch (IOException e) {
                return Futures.immediateFailedFuture(e);
            }
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Context context && context.id.equals(id);
        }

        @Override
        public int hashCode() {
            return id.hashCode();
        }
    }

    private static final class StepNode extends FlowNode {
        StepNode() {
            super(new FlowExecution() {}, "7");
        }

        @Override
        protected String getTypeDisplayName() {
            return "a step";
        }
    }
}
