// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.pipelinelibrary;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Runs a Jenkinsfile that uses the library. */
enum Groovy {
    /** Plain Groovy. */
    PIPELINE_UNIT {
        @Override
        @Nullable
        Object run(String jenkinsfile, Build build) throws Exception {
            return new PipelineUnit(build).run(jenkinsfile);
        }
    },
    /** As Jenkins runs it: in continuation-passing style. */
    CPS {
        @Override
        @Nullable
        Object run(String jenkinsfile, Build build) throws Exception {
            return new Cps(build, false).run(jenkinsfile);
        }
    },
    /** The same, with a restart of Jenkins in each step. */
    CPS_RESTARTED {
        @Override
        @Nullable
        Object run(String jenkinsfile, Build build) throws Exception {
            return new Cps(build, true).run(jenkinsfile);
        }
    };

    /** What Jenkins loads. */
    static final Path LIBRARY = library(Path.of("").toAbsolutePath());

    /** Returns what the script returns. */
    abstract @Nullable Object run(String jenkinsfile, Build build) throws Exception;

    /** Tests of other modules run it too, in their folders. */
    private static Path library(Path folder) {
        Path found = folder.resolve("pipeline-library");
        return Files.isDirectory(found.resolve("vars")) ? found : library(Objects.requireNonNull(folder.getParent()));
    }
}
