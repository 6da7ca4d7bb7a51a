// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.host;

/** What calls the program. */
public enum Host {
    /** A person, or a script. */
    COMMAND_LINE("command-line"),
    /** A GitHub action. */
    GITHUB_ACTIONS("github-actions"),
    /** The Jenkins plugin. */
    JENKINS("jenkins"),
    /** The Jenkins shared library, which needs no plugin. */
    SHARED_LIBRARY("shared-library");

    private final String spelling;

    Host(String spelling) {
        this.spelling = spelling;
    }

    /** As the command line and reports write it. */
    public String spelling() {
        return spelling;
    }
}
