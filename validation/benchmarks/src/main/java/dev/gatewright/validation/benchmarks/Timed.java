// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process that has ended.
 *
 * @param milliseconds from its start to its end
 * @param processorMilliseconds that it and the processes that it waited for computed, on all processors; as Linux counts
 * @param peakMegabytes the most memory that it and its children were seen to have together, in millions of bytes
 * @param output what it printed to standard output
 */
record Timed(double milliseconds, double processorMilliseconds, double peakMegabytes, String output) {
    private static final Path OWN_STATE = Path.of("/proc/self/stat");
    private static final int CHILDREN_USER_TIME = 13; // counted behind the command's name
    private static final double MILLISECONDS_A_TICK = 10;

    private static final int MILLISECONDS_BETWEEN_LOOKS = 20;

    /** What was done inside a process whose other figures say nothing. */
    static Timed inside(double milliseconds) {
        return new Timed(milliseconds, Double.NaN, Double.NaN, "");
    }

    /** Runs a command to its end. */
    static Timed run(List<String> command, Path folder) throws IOException, InterruptedException {
        Path output = Files.createTempFile("benchmark", ".out");
        Path errors = Files.createTempFile("benchmark", ".err");
        try {
            double before = childrensTime();
            long start = System.nanoTime();
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile())
                    .start();
            long peak = 0;
            while (!process.waitFor(MILLISECONDS_BETWEEN_LOOKS, TimeUnit.MILLISECONDS)) {
                peak = Math.max(peak, ProcessTree.residentBytes(process.pid()));
            }
            long end = System.nanoTime();
            int code = process.exitValue();
            if (code != 0) {
                throw new IOException(
                        String.join(" ", command) + " ended with " + code + ": " + read(errors) + read(output));
            }
            return new Timed((end - start) / 1e6, childrensTime() - before, peak / 1e6, read(output));
        } finally {
            Files.delete(output);
            Files.delete(errors);
        }
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }

    /** Milliseconds that all ended children of this process have computed. */
    private static double childrensTime() throws IOException {
        String state = read(OWN_STATE);
        String[] fields = state.substring(state.lastIndexOf(')') + 2).split(" ", -1);
        long ticks = Long.parseLong(fields[CHILDREN_USER_TIME]) + Long.parseLong(fields[CHILDREN_USER_TIME + 1]);
        return ticks * MILLISECONDS_A_TICK;
    }
}
