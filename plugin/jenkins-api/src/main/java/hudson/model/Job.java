// SPDX-License-Identifier: Apache-2.0
package hudson.model;

import java.io.IOException;

/** Stands for {@code hudson.model.Job} of Jenkins' core: what is built again and again. */
public abstract class Job<JobT extends Job<JobT, RunT>, RunT extends Run<JobT, RunT>> extends Actionable {
    private final ItemGroup<?> parent;
    private final String name;
    private int builds;

    /** In a folder; null is the top. */
    @SuppressWarnings("rawtypes")
    protected Job(ItemGroup parent, String name) {
        this.parent = parent;
        this.name = name;
    }

    /** Its name with those of the folders around it. */
    public final String getFullName() {
        return parent == null || parent.getFullName().isEmpty() ? name : parent.getFullName() + '/' + name;
    }

    /** The number of the next build. */
    public synchronized int assignBuildNumber() throws IOException {
        builds++;
        return builds;
    }

    /** Where it is, below Jenkins. */
    public String getUrl() {
        return "job/" + getFullName().replace("/", "/job/") + '/';
    }

    @Override
    public String getDisplayName() {
        return name;
    }
}
