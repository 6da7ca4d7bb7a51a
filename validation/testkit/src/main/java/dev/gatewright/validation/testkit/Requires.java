// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * What a test needs beyond a JDK. A machine that lacks it skips the test with one line that says what to do; where
 * {@code CI=true} the same line fails it, since a skip there would pass unseen.
 */
public final class Requires {
    private Requires() {}

    /** The Python interpreter of the tests' virtual environment. */
    public static Path python() {
        return file("gatewright.python", "a Python with scikit-learn and scipy");
    }

    /** The {@code java} launcher of a Java 25. */
    public static Path java25() {
        return file("gatewright.java25", "a Java 25");
    }

    /**
     * The address of a Docker engine on this machine, as a {@code DOCKER_HOST}; beside it a registry on {@code localhost:5000} has
     * {@code base/java:bookworm} and {@code base/python:bookworm}.
     */
    public static String docker() {
        String host = System.getProperty("gatewright.docker", "");
        that(!host.isEmpty(), "needs a Docker engine, which ./verify sets up (property gatewright.docker is empty)");
        return host;
    }

    /** act, which runs GitHub's workflows on this machine. */
    public static Path act() {
        return file("gatewright.act", "act");
    }

    /** actionlint, which finds faults in workflows. */
    public static Path actionlint() {
        return file("gatewright.actionlint", "actionlint");
    }

    /** zizmor, which finds holes in workflows and actions. */
    public static Path zizmor() {
        return file("gatewright.zizmor", "zizmor");
    }

    /** A condition of the machine itself, such as the operating system. */
    public static void that(boolean holds, String otherwise) {
        if (!holds) {
            cannotRun(otherwise);
        }
    }

    private static Path file(String property, String what) {
        String value = System.getProperty(property, "");
        if (value.isEmpty() || !Files.isExecutable(Path.of(value))) {
            cannotRun("needs " + what + ", which ./verify sets up (property " + property + " is '" + value + "')");
        }
        return Path.of(value);
    }

    private static void cannotRun(String reason) {
        if ("true".equals(System.getenv("CI"))) {
            Assertions.fail("CI=true and a test cannot run: it " + reason);
        }
        System.out.println("[skipped] " + reason);
        Assumptions.abort(reason);
    }
}
