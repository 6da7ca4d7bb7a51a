// SPDX-License-Identifier: Apache-2.0
package hudson.model;

import java.io.File;
import java.io.IOException;
import jenkins.model.ArtifactManager;
import jenkins.model.RunAction2;
import jenkins.model.StandardArtifactManager;

/** Stands for {@code hudson.model.Run} of Jenkins' core: one build. */
public abstract class Run<JobT extends Job<JobT, RunT>, RunT extends Run<JobT, RunT>> extends Actionable
        implements Saveable {
    /** What is built. */
    protected final transient JobT project;

    private final int number;
    private volatile Result result;

    /** The next build of a job. */
    protected Run(JobT job) throws IOException {
        this.project = job;
        this.number = job.assignBuildNumber();
    }

    /** What is built. */
    public JobT getParent() {
        return project;
    }

    /** Which build it is. */
    public int getNumber() {
        return number;
    }

    /** How it ends so far; null where nothing has gone wrong yet. */
    public Result getResult() {
        return result;
    }

    /** Makes how it ends worse; it gets never better. */
    public void setResult(Result r) {
        if (result == null || r.isWorseThan(result)) {
            result = r;
        }
    }

    /** Where it is kept. */
    public File getRootDir() {
        return new File("builds", Integer.toString(number));
    }

    /** Who keeps its artifacts. */
    public final synchronized ArtifactManager pickArtifactManager() throws IOException {
        return new StandardArtifactManager(this);
    }

    /** Where it is, below Jenkins. */
    public String getUrl() {
        return project.getUrl() + getNumber() + '/';
    }

    @Override
    public String getDisplayName() {
        return "#" + number;
    }

    @Override
    public void addAction(Action a) {
        super.addAction(a);
        if (a instanceof RunAction2 ofARun) {
            ofARun.onAttached(this);
        }
    }

    @Override
    public synchronized void save() throws IOException {}
}
