// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.canarydeploy.port;

/** The two versions behind an endpoint. */
public enum Side {
    /** The one that was released last. */
    STABLE("stable"),
    /** The one that is tried. */
    CANDIDATE("candidate");

    /** The header of an answer by which a target may tell which side gave it. */
    public static final String HEADER = "Gatewright-Side";

    private final String spelling;

    Side(String spelling) {
        this.spelling = spelling;
    }

    /** As specs, reports and headers write it. */
    public String spelling() {
        return spelling;
    }
}
