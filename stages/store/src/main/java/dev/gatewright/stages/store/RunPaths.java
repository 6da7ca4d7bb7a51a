// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.store;

import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.report.Report;
import dev.gatewright.stages.api.report.RunDocument;
import java.util.Optional;

/**
 * Where the files of a run may lie: below the spec's folder, at names that every system can have and that nothing reads by itself.
 *
 * @param runId the run's name
 */
record RunPaths(String runId) {
    private static final int LONGEST = 1024;

    /** The run's folder, from the spec's. */
    String folder() {
        return ".gatewright/runs/" + runId;
    }

    String document() {
        return folder() + "/" + RunDocument.FILE_NAME;
    }

    String report(StageName stage) {
        return folder() + "/" + stage.spelling() + "/" + Report.FILE_NAME;
    }

    boolean isOfRun(String path) {
        return path.startsWith(folder() + "/");
    }

    /** Why nothing travels to or from {@code path}; empty where it may. */
    Optional<String> obstacle(String path) {
        String rest = isOfRun(path) ? path.substring(folder().length() + 1) : path;
        boolean isAbsolute = path.startsWith("/") || path.matches("[A-Za-z]:.*");
        if (isAbsolute || path.isEmpty() || path.length() > LONGEST) {
            return Optional.of("it is not below the spec's folder");
        }
        for (String part : rest.split("/", -1)) {
            if (part.equals("..") || part.equals(".") || part.isEmpty()) {
                return Optional.of("it is not below the spec's folder");
            }
            if (part.startsWith(".")) {
                return Optional.of("its name is hidden");
            }
            if (part.chars().anyMatch(c -> c < ' ' || c == 127 || "\\:*?\"<>|".indexOf(c) >= 0)
                    || part.endsWith(" ")
                    || part.endsWith(".")) {
                return Optional.of("not every system can name it");
            }
        }
        return Optional.empty();
    }
}
