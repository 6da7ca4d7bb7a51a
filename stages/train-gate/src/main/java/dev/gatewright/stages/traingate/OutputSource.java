// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.traingate;

import dev.gatewright.stages.api.spec.Placed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the training prints, to either of its two streams.
 *
 * @param patterns how each number stands in a line, by its name
 */
record OutputSource(Map<String, OutputPattern> patterns) implements MetricsSource {
    @Override
    public String name() {
        return "the output";
    }

    @Override
    public @Nullable Placed<Path> output() {
        return null;
    }

    @Override
    public Opened open(Opening opening) {
        return new Lines();
    }

    /** Finds the numbers as the lines come; how long the output is does not matter. */
    private final class Lines implements Opened {
        private final NumbersBuilder numbers = new NumbersBuilder();
        private @Nullable IOException failure;
        private long line;

        @Override
        public synchronized void printed(String text) {
            line++;
            patterns.forEach((name, pattern) -> {
                OutputPattern.Found found = pattern.in(text);
                if (found instanceof OutputPattern.Found.NoNumber other) {
                    numbers.unusable(
                            name, "has '" + other.instead() + "' in line " + line + ", where a number is expected");
                } else if (found instanceof OutputPattern.Found.Value number) {
                    add(name, number.value());
                }
            });
        }

        private void add(String name, double value) {
            try {
                numbers.add(name, value);
            } catch (IOException e) {
                failure = e;
            }
        }

        @Override
        public synchronized Object state() {
            return numbers.count();
        }

        @Override
        public synchronized TrainingNumbers read(boolean stillWritten) throws IOException {
            if (failure != null) {
                throw failure;
            }
            if (!stillWritten) {
                patterns.forEach((name, pattern) -> {
                    if (!numbers.has(name)) {
                        numbers.unusable(name, "stands in no line that fits '" + pattern + "'");
                    }
                });
            }
            return numbers.build();
        }
    }
}
