// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.plugin;

import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.host.HostResult;
import dev.gatewright.stages.api.host.RunFiles;
import hudson.model.Api;
import hudson.model.Run;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jenkins.model.RunAction2;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * The page of verdicts on a run of Jenkins, and its REST export under {@code gatewright/api/json}. It keeps what was accepted when the
 * stage ended, and reads no file when it is shown.
 */
@ExportedBean
public final class GatewrightAction implements RunAction2 {
    private static final Object ADDING = new Object();

    private transient volatile @Nullable Run<?, ?> run;

    /** Replaced whole, since pages and saving read it at any time. */
    private volatile ArrayList<StageResult> results = new ArrayList<>();

    /**
     * Adds what the program has come to, in place of what the same stage of the same run came to before, and saves the run.
     *
     * @param stage empty for a whole run, which is shown stage by stage
     * @param result what was accepted of it
     * @param files the documents that {@code result} was taken from
     */
    public static void record(Run<?, ?> run, Optional<StageName> stage, HostResult result, RunFiles files)
            throws IOException {
        List<StageResult> more = StageResults.of(stage, result, files);
        synchronized (ADDING) {
            GatewrightAction action = run.getAction(GatewrightAction.class);
            if (action == null) {
                action = new GatewrightAction();
                run.addAction(action);
            }
            action.add(more);
        }
        run.save();
    }

    private void add(List<StageResult> more) {
        ArrayList<StageResult> all = new ArrayList<>(results);
        for (StageResult each : more) {
            all.removeIf(other -> other.isOfTheSameStageAs(each));
            all.add(each);
        }
        results = all;
    }

    @Override
    public void onAttached(Run<?, ?> r) {
        run = r;
    }

    @Override
    public void onLoad(Run<?, ?> r) {
        run = r;
    }

    /** The run of Jenkins that it is on. */
    public @Nullable Run<?, ?> getRun() {
        return run;
    }

    /** What came of each stage, in the order in which they ended. */
    @Exported(inline = true)
    public List<StageResult> getResults() {
        return new ArrayList<>(results);
    }

    /** What all stages come to that were started; null where none was. */
    @Exported(visibility = 2)
    public @Nullable String getVerdict() {
        return StageResults.combined(results);
    }

    /** The class of its colour. */
    public String getColour() {
        return StageResults.colour(getVerdict());
    }

    /** What is exported. */
    public Api getApi() {
        return new Api(this);
    }

    @Override
    public String getIconFileName() {
        return "symbol-ribbon";
    }

    @Override
    public String getDisplayName() {
        return "Gatewright";
    }

    @Override
    public String getUrlName() {
        return "gatewright";
    }
}
