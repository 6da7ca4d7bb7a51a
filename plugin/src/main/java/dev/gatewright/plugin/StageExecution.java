// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.plugin;

import dev.gatewright.stages.api.host.HostResult;
import dev.gatewright.stages.api.report.RunDocument;
import dev.gatewright.stages.api.report.Status;
import dev.gatewright.validation.metrics.gate.Verdict;
import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Computer;
import hudson.model.Node;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.io.IOException;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.util.BuildListenerAdapter;
import jenkins.util.Timer;
import org.jenkinsci.plugins.durabletask.Controller;
import org.jenkinsci.plugins.workflow.FilePathUtils;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jspecify.annotations.Nullable;

/**
 * Runs the program on the agent, detached, and looks at it now and then until it has ended: then what it left is read, kept and
 * judged. Its fields are saved with the build, and are enough to go on after the controller, the agent, or both were started anew.
 */
final class StageExecution extends StepExecution {
    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(StageExecution.class.getName());

    /** By which what was started can be found, whatever became of the controller. */
    private static final String TOKEN = "GATEWRIGHT_STEP";

    /** So long, in milliseconds, it is looked away at least and at most; in between, a fiftieth of how long nothing has happened. */
    private static final long SHORTEST_PAUSE = 200;

    private static final long LONGEST_PAUSE = 15_000;
    private static final int SILENCE_TO_PAUSE = 50;

    private static final long PAUSE_AFTER_A_PROBLEM = 1_000;
    private static final int MOST_PROBLEMS = 3;
    private static final long SECONDS_TO_STOP = 60;
    private static final long SECONDS_TO_SAVE = 20;

    private final StepRequest request;
    private final String token = newToken();
    private final String node;
    private final String remote;
    private String specFolder = "";
    private @Nullable String digestBefore;
    private volatile boolean isLaunching;
    private volatile @Nullable Controller controller;
    private volatile @Nullable Integer exitCode;
    private volatile boolean isStopped;

    private transient volatile @Nullable Throwable cause;
    private transient volatile boolean hasEnded;
    private transient boolean isBusy;
    private transient boolean isWanted;
    private transient boolean isAway;
    private transient boolean isSignalled;
    private transient int problems;
    private transient long lastNews;
    private transient @Nullable ScheduledFuture<?> next;

    StageExecution(StepContext context, StepRequest request) throws IOException, InterruptedException {
        super(context);
        this.request = request;
        FilePath workspace = context.get(FilePath.class);
        this.node = FilePathUtils.getNodeName(workspace);
        this.remote = workspace.getRemote();
    }

    private static String newToken() {
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    /** The program may have to be installed first: that is nothing for the thread that runs the Pipeline. */
    @Override
    public boolean start() {
        lookAfter(0);
        return false;
    }

    @Override
    public void onResume() {
        lastNews = System.nanoTime();
        if (isStopped) {
            giveUpAfter(SECONDS_TO_STOP);
        }
        lookAfter(0);
    }

    /** Ends the program, which ends the step; or the step alone, where the program does not end in time. */
    @Override
    public void stop(Throwable cause) {
        stop(cause, SECONDS_TO_STOP);
    }

    void stop(Throwable cause, long seconds) {
        this.cause = cause;
        isStopped = true;
        if (!isLaunching) {
            fail(cause); // at most the program is being installed: it is not started any more
            return;
        }
        saveSoon();
        giveUpAfter(seconds);
        lookAfter(0);
    }

    private void giveUpAfter(long seconds) {
        ScheduledFuture<?> unused = Timer.get()
                .schedule(() -> Computer.threadPoolForRemoting.execute(this::giveUp), seconds, TimeUnit.SECONDS);
    }

    private void giveUp() {
        if (!hasEnded) {
            say(request.what() + " does not stop; it is left alone");
            fail(cause());
        }
    }

    private Throwable cause() {
        Throwable known = cause;
        return known == null ? new FlowInterruptedException(Result.ABORTED, true) : known;
    }

    /** Jenkins' own node has no name. */
    private String agent() {
        return node.isEmpty() ? "the controller" : node;
    }

    @Override
    public String getStatus() {
        return request.what()
                + (controller == null ? " is being started" : exitCode == null ? " runs" : " is being read") + " in "
                + remote + " on " + agent() + (isAway ? ", which is away" : "");
    }

    private synchronized void lookAfter(long millis) {
        if (hasEnded) {
            return;
        }
        if (next != null) {
            next.cancel(false);
        }
        try {
            // The timer's few threads are everybody's; an agent may let one wait.
            next = Timer.get()
                    .schedule(() -> Computer.threadPoolForRemoting.execute(this::look), millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.FINE, "Jenkins goes down: it is looked at again when it is back", e);
        }
    }

    private void look() {
        synchronized (this) {
            if (hasEnded || isBusy) {
                isWanted = isBusy;
                return;
            }
            isBusy = true;
        }
        long pause = PAUSE_AFTER_A_PROBLEM;
        try {
            pause = advance();
            problems = 0;
        } catch (WorkspaceRun.LostException e) {
            problem(e.getCause() == null ? e : e.getCause());
        } catch (Exception | Error e) {
            problem(e);
        } finally {
            synchronized (this) {
                isBusy = false;
                pause = isWanted ? 0 : pause;
                isWanted = false;
            }
            lookAfter(pause);
        }
    }

    /** Does what can be done now, and says after how long to look again. */
    private long advance() throws Exception {
        FilePath workspace = FilePathUtils.find(node, remote);
        if (workspace == null) {
            return away();
        }
        if (isAway) {
            isAway = false;
            say(agent() + " is back");
        }
        Controller started = controller;
        if (started == null) {
            if (isLaunching) {
                // Whether it was started before something came between is not known; two at once must not be.
                getContext().get(Launcher.class).kill(Map.of(TOKEN, token));
            }
            if (isStopped) {
                fail(cause());
                return 0;
            }
            launch(workspace);
            return SHORTEST_PAUSE;
        }
        Integer code = exitCode;
        if (code == null) {
            code = exitOf(started, workspace);
        }
        if (code == null) {
            return pause();
        }
        finish(workspace, code);
        started.cleanup(workspace);
        return 0;
    }

    private long away() {
        if (isStopped) {
            say(agent() + " is away: " + request.what() + " cannot be stopped there");
            fail(cause());
        } else if (!isAway) {
            isAway = true;
            say(agent() + " is away: " + request.what() + " is waited for");
        }
        return PAUSE_AFTER_A_PROBLEM;
    }

    private void launch(FilePath workspace) throws Exception {
        StepContext context = getContext();
        Launcher launcher = context.get(Launcher.class);
        EnvVars environment = new EnvVars(context.get(EnvVars.class));
        TaskListener listener = context.get(TaskListener.class);
        workspace.mkdirs();
        String program =
                GatewrightInstallation.launcher(request.tool(), context.get(Node.class), environment, listener);
        ProgramCall call = new ProgramCall(program, request.arguments());
        call.check(launcher.isUnix());
        specFolder = WorkspaceRun.folderOf(request.spec(), workspace);
        digestBefore = run(workspace).digest();
        isLaunching = true;
        if (isStopped) {
            fail(cause());
            return;
        }
        save();
        environment.put(TOKEN, token);
        say(request.what() + " of " + request.spec() + ", run " + request.runId());
        controller = call.task(launcher.isUnix()).launch(call.in(environment), workspace, launcher, listener);
        lastNews = System.nanoTime();
        save();
        if (hasEnded) {
            endWhatRuns();
        }
    }

    private WorkspaceRun run(FilePath workspace) {
        return new WorkspaceRun(workspace, specFolder, request.runId());
    }

    /** Its exit code; null while it runs. It is saved before anything rests on it, and so before its file is removed. */
    private @Nullable Integer exitOf(Controller started, FilePath workspace) throws Exception {
        StepContext context = getContext();
        Launcher launcher = context.get(Launcher.class);
        if (started.writeLog(workspace, log())) {
            lastNews = System.nanoTime();
            saveSoon();
        }
        Integer code = started.exitStatus(workspace, launcher, context.get(TaskListener.class));
        if (code == null) {
            if (isStopped && !isSignalled) {
                isSignalled = true;
                say("stopping " + request.what());
                started.stop(workspace, launcher);
                lastNews = System.nanoTime();
            }
            return null;
        }
        started.writeLog(workspace, log());
        if (code < 0) {
            started.stop(workspace, launcher); // nobody waits for what may still run
        }
        exitCode = code;
        save();
        return code;
    }

    private void saveSoon() {
        Future<?> unused = getContext().saveState();
    }

    private void save() throws InterruptedException {
        try {
            getContext().saveState().get(SECONDS_TO_SAVE, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOGGER.log(Level.WARNING, "the state of " + request.what() + " could not be saved", e);
        }
    }

    private long pause() {
        long silence = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - lastNews);
        return Math.max(SHORTEST_PAUSE, Math.min(silence / SILENCE_TO_PAUSE, LONGEST_PAUSE));
    }

    private void finish(FilePath workspace, int code) throws Exception {
        WorkspaceRun run = run(workspace);
        HostResult result = result(code, run);
        keep(workspace, run);
        show(result, run);
        if (isStopped) {
            fail(cause());
            return;
        }
        result = result.from(specFolder);
        String sentence = sentence(result);
        switch (result.ending(request.failOn())) {
            case SUCCESS -> {
                say(sentence);
                succeed(result);
            }
            case UNSTABLE -> {
                say(sentence);
                StepContext context = getContext();
                context.get(FlowNode.class)
                        .addOrReplaceAction(new WarningAction(Result.UNSTABLE).withMessage(sentence));
                context.get(Run.class).setResult(Result.UNSTABLE);
                succeed(result);
            }
            case FAILURE -> fail(new AbortException(sentence));
        }
    }

    private HostResult result(int code, WorkspaceRun run) {
        if (code < 0) {
            return notEvaluated(
                    "the program is lost: it, or the machine that it ran on, went away without an exit code");
        }
        HostResult result = HostResult.of(code, request.runId(), request.stage(), run);
        boolean isStale = digestBefore != null
                && result.verdict() != Verdict.NOT_EVALUATED
                && result.status() != Status.WAITING
                && digestBefore.equals(run.digest());
        return isStale
                ? notEvaluated(RunDocument.FILE_NAME + " is the one that was there before: the program wrote none")
                : result;
    }

    private HostResult notEvaluated(String why) {
        return HostResult.notEvaluated(request.runId(), why);
    }

    /** Also when the step fails: then more than ever. What cannot be kept changes no verdict. */
    private void keep(FilePath workspace, WorkspaceRun run) throws Exception {
        StepContext context = getContext();
        Map<String, String> reports = run.reports(request.stage());
        if (reports.isEmpty()) {
            return;
        }
        try {
            context.get(Run.class)
                    .pickArtifactManager()
                    .archive(
                            workspace,
                            context.get(Launcher.class),
                            BuildListenerAdapter.wrap(context.get(TaskListener.class)),
                            reports);
        } catch (IOException e) {
            if (FilePathUtils.find(node, remote) == null) {
                throw e;
            }
            say("the reports could not be archived: " + e.getMessage());
        }
    }

    private void show(HostResult result, WorkspaceRun run) throws InterruptedException {
        try {
            GatewrightAction.record(getContext().get(Run.class), request.stage(), result, run);
        } catch (IOException e) {
            say("the build could not be saved: " + e.getMessage());
        }
    }

    private String sentence(HostResult result) {
        String word = result.status() == Status.WAITING
                ? result.status().name()
                : result.verdict().name();
        return request.what() + " is " + word + (result.why().isEmpty() ? "" : ": " + result.why());
    }

    /** A problem that comes again while the agent answers will not go away by waiting. */
    private void problem(Throwable problem) {
        LOGGER.log(Level.FINE, "cannot look at " + request.what() + " on " + node, problem);
        if (problem instanceof AbortException || problem instanceof Error) {
            fail(problem);
        } else if (answers()) {
            problems++;
            if (problems >= MOST_PROBLEMS) {
                endWhatRuns();
                fail(new AbortException(request.what() + " is " + Verdict.NOT_EVALUATED + ": " + problem));
            }
        }
    }

    private void endWhatRuns() {
        try {
            FilePath workspace = FilePathUtils.find(node, remote);
            if (controller != null && workspace != null) {
                controller.stop(workspace, getContext().get(Launcher.class));
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            LOGGER.warning(() -> request.what() + " may still run on " + node + ": " + e);
        }
    }

    private boolean answers() {
        try {
            FilePath workspace = FilePathUtils.find(node, remote);
            if (workspace == null) {
                return false;
            }
            boolean unused = workspace.exists();
            return true;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void say(String sentence) {
        log().println("[Gatewright] " + sentence);
    }

    private PrintStream log() {
        try {
            return getContext().get(TaskListener.class).getLogger();
        } catch (IOException | InterruptedException e) {
            LOGGER.log(Level.FINE, "there is no log", e);
            return TaskListener.NULL.getLogger();
        }
    }

    private void succeed(HostResult result) {
        if (claim()) {
            getContext().onSuccess(ResultMap.of(result.toJson()));
        }
    }

    private void fail(Throwable problem) {
        if (claim()) {
            getContext().onFailure(problem);
        }
    }

    /** Whoever ends it is the only one. */
    private synchronized boolean claim() {
        boolean isFirst = !hasEnded;
        hasEnded = true;
        return isFirst;
    }
}
