// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.git;

import java.nio.file.Path;
import java.time.Duration;

/** Prints the facts of one folder, in a process whose environment a test has chosen. */
final class FactsProgram {
    private FactsProgram() {}

    public static void main(String[] arguments) {
        CommitFacts facts = GitRepository.find(Path.of(arguments[0]))
                .orElseThrow()
                .facts(Duration.ofMinutes(1))
                .orElseThrow();
        System.out.println(facts.commit() + " " + facts.describe() + " " + facts.changedPaths());
    }
}
