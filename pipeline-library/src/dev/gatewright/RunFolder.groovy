// SPDX-License-Identifier: Apache-2.0
package dev.gatewright

import com.cloudbees.groovy.cps.NonCPS

/** The folder that a run has beside its spec, as Jenkins sees it: by paths from the current folder of the workspace. */
class RunFolder implements Serializable {
    private static final long serialVersionUID = 1

    private static final List<String> REPORTS = ['run.*', 'junit.xml', '*/report.*', '*/junit.xml']

    /** The spec's folder; empty at the top. */
    private final String spec
    private final String runId

    /**
     * Of a spec, which may be a folder, in the folder {@code here}.
     *
     * @throws IllegalArgumentException if the spec lies elsewhere
     */
    RunFolder(String spec, boolean isFolder, String here, boolean unix, String runId) {
        List<String> names = partsOf(spec, unix)
        List<String> top = partsOf(here, unix)
        if (names && names.take(top.size()) == top) {
            names = names.drop(top.size())
        }
        if (names && (names[0] in ['', '..'] || names[0] ==~ /[A-Za-z]:/)) {
            throw new IllegalArgumentException(
                    "spec: '$spec' does not lie in the workspace $here; what does not is not read")
        }
        this.spec = (isFolder ? names : names.take(names.size() - 1)).join('/')
        this.runId = runId
    }

    /** The reports, as archiveArtifacts is asked for them; models and images are not among them. */
    @NonCPS
    String reports() {
        // What Ant takes for a pattern in a name becomes "any character".
        String folder = below('.gatewright/runs/' + runId).replaceAll(/[*,\s]/, '?')
        List<String> patterns = []
        for (String report : REPORTS) {
            patterns.add(folder + '/' + report)
        }
        return patterns.join(',')
    }

    /** A path from the spec's folder as one from the current folder; absolute ones stay, and so does none. */
    @NonCPS
    String below(String path) {
        return spec && path && !(path ==~ /(?s)(\/|[A-Za-z]:).*/) ? spec + '/' + path : path
    }

    /** Without what leads nowhere; an absolute path begins with an empty name. */
    @NonCPS
    private static List<String> partsOf(String path, boolean unix) {
        List<String> names = []
        for (String name : path.split('/')) {
            if (name == '..' && names && !(names.last() in ['', '..'])) {
                names.remove(names.size() - 1)
            } else if (name != '.' && (name || !names)) {
                names.add(name)
            }
        }
        return names
    }
}
