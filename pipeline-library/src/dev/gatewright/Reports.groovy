// SPDX-License-Identifier: Apache-2.0
package dev.gatewright

import com.cloudbees.groovy.cps.NonCPS

/** Where a run leaves its reports, as archiveArtifacts is asked for them; models and images are not among them. */
class Reports implements Serializable {
    private static final long serialVersionUID = 1

    private static final List<String> FILES = ['run.*', 'junit.xml', '*/report.*', '*/junit.xml']

    /** The folder from which the patterns count: the current one, unless the spec is not in it. */
    final String folder
    /** Ant's patterns, separated by commas. */
    final String patterns

    Reports(String spec, String runId) {
        List<String> names = names(spec.replace('\\', '/'))
        boolean isInside = !(names && (names[0] in ['', '..'] || names[0] ==~ /[A-Za-z]:/))
        // A spec is a file, or a folder with one.
        List<String> ofFile = names.take(Math.max(0, names.size() - 1))
        folder = isInside ? '.' : ofFile.join('/') + '/'
        List<List<String>> places = isInside ? [ofFile, names] : [[], names.takeRight(1)]
        patterns = patterns(places, runId)
    }

    @NonCPS
    private static String patterns(List<List<String>> places, String runId) {
        List<String> patterns = []
        for (List<String> place : places) {
            for (String file : FILES) {
                // What Ant takes for a pattern in a name becomes "any character".
                patterns.add((place + ['.gatewright', 'runs', runId]).join('/').replaceAll(/[*,\s]/, '?') + '/' + file)
            }
        }
        return patterns.join(',')
    }

    /** Without what leads nowhere. */
    @NonCPS
    private static List<String> names(String path) {
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
