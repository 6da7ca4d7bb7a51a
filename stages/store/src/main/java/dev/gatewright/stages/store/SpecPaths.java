// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.store;

import java.util.List;

/**
 * What a spec names outside of its runs: only there may a run that comes put a file, so that it brings no script and no spec that
 * somebody starts.
 *
 * @param paths files and folders, from the spec's folder, with slashes
 */
public record SpecPaths(List<String> paths) {
    /** Keeps its own copy. */
    public SpecPaths {
        paths = List.copyOf(paths);
    }

    /** No spec: only what lies in the run's folder comes. */
    public static SpecPaths none() {
        return new SpecPaths(List.of());
    }

    boolean cover(String path) {
        return paths.stream().anyMatch(each -> path.equals(each) || path.startsWith(each + "/"));
    }
}
