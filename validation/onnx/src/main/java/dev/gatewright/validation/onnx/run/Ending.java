// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.run;

import dev.gatewright.validation.onnx.run.WorkerFailure.Kind;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a worker's process ended that should not have, told from its exit code and the end of what it printed.
 *
 * @param exitCode above 128: the number of the signal that ended it, and 128
 * @param killedForMemory whether the system killed a process for its memory meanwhile
 */
record Ending(int exitCode, String printed, boolean greeted, boolean killedForMemory) {
    private static final int OF_SIGNALS = 128;
    private static final int KILLED = 9;
    private static final int LONGEST_EXCERPT = 400;
    private static final Map<Integer, String> SIGNALS = Map.of(
            4, "SIGILL", 6, "SIGABRT", 7, "SIGBUS", 8, "SIGFPE", KILLED, "SIGKILL", 11, "SIGSEGV", 15, "SIGTERM");
    private static final Pattern CRASH = Pattern.compile("# +(SIG[A-Z]+|Internal Error)");
    private static final Pattern FRAME = Pattern.compile("# +(C  \\[[^\\]]*\\])");

    WorkerFailure toFailure() {
        if (speaksOfMemory()) {
            return new WorkerFailure(
                    Kind.OUT_OF_MEMORY,
                    "The worker had no memory left: "
                            + (exitCode == OF_SIGNALS + KILLED ? "the system killed it for that" : excerpt())
                            + ". Next: use a smaller model or batch, or a machine with more memory.");
        }
        // Where Java told of the crash itself, and leaves no core, it exits with 1.
        if (exitCode > OF_SIGNALS
                || printed.contains("A fatal error has been detected by the Java Runtime Environment")) {
            return crashed();
        }
        if (!greeted) {
            return new WorkerFailure(
                    Kind.NOT_STARTED,
                    "The worker's Java did not start (exit code " + exitCode + "): " + excerpt()
                            + ". Next: check its Java and install the program anew; `gatewright doctor` looks at both.");
        }
        return new WorkerFailure(
                Kind.CRASHED,
                "The worker ended by itself with exit code " + exitCode + ": " + excerpt()
                        + ". Next: run it again; if it ends again, the model makes ONNX Runtime fail: export it anew.");
    }

    private WorkerFailure crashed() {
        int number = exitCode - OF_SIGNALS;
        String signal = SIGNALS.getOrDefault(number, "signal " + number);
        if (number == KILLED) {
            return new WorkerFailure(
                    Kind.CRASHED,
                    "The worker was killed (SIGKILL), by a person or by a system that ran out of memory. Next: look whether"
                            + " the machine has memory left, and run it again.");
        }
        Matcher crash = CRASH.matcher(printed);
        Matcher frame = FRAME.matcher(printed);
        return new WorkerFailure(
                Kind.CRASHED,
                "The worker crashed in native code (" + (crash.find() ? crash.group(1) : signal)
                        + (frame.find() ? " at " + Plain.of(frame.group(1), 200) : "")
                        + "). Next: do not use this model: one that makes ONNX Runtime crash is broken or hostile; export it"
                        + " anew from its source.");
    }

    private boolean speaksOfMemory() {
        String lower = printed.toLowerCase(Locale.ROOT);
        return (killedForMemory && exitCode == OF_SIGNALS + KILLED)
                || lower.contains("insufficient memory for the java runtime")
                || lower.contains("bad_alloc")
                || lower.contains("cannot allocate memory")
                || lower.contains("could not reserve enough space")
                || lower.contains("outofmemoryerror");
    }

    private String excerpt() {
        String plain = Plain.of(printed.strip(), LONGEST_EXCERPT);
        return plain.isEmpty() ? "it said nothing" : plain;
    }
}
