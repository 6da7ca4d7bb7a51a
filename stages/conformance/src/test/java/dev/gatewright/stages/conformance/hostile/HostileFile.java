// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.conformance.hostile;

/**
 * A file that attacks whoever reads it, and what the user is told.
 *
 * @param defect what is wrong with it, as a test's name
 * @param kind how the program comes to read it
 * @param exitCode 2 where the spec asks what the file cannot give, 3 where it cannot be judged
 * @param place where in the file it is wrong
 * @param expected what should be there instead
 */
record HostileFile(String defect, Kind kind, Content content, int exitCode, String place, String expected) {
    @Override
    public String toString() {
        return kind + ": " + defect;
    }
}
