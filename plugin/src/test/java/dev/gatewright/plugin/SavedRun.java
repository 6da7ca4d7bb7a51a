// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.plugin;

import hudson.model.Job;
import hudson.model.Run;
import java.io.IOException;

/** A run of Jenkins that counts how often it is saved. */
final class SavedRun extends Run<SavedRun.OfAJob, SavedRun> {
    int saved;

    SavedRun() throws IOException {
        super(new OfAJob());
    }

    @Override
    public synchronized void save() {
        saved++;
    }

    static final class OfAJob extends Job<OfAJob, SavedRun> {
        OfAJob() {
            super(null, "digits");
        }
    }
}
