// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Opens models and holds the reader to its bounds: a second of the processor, 256 MiB, and no waiting for anything. */
final class Bounds {
    private static final Duration MOST_PROCESSOR = Duration.ofSeconds(1);
    private static final long MOST_BYTES = 256L << 20;

    /** So long that a machine with other work reaches it only if the reader hangs. */
    private static final Duration HANGS = Duration.ofSeconds(20);

    private Bounds() {}

    /** The refusal of the model; null if it is accepted. */
    static @Nullable RefusedModelException refusal(Path model, SafetyLimits limits) {
        return assertTimeoutPreemptively(HANGS, () -> {
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long bytes = threads.getCurrentThreadAllocatedBytes();
            long nanos = threads.getCurrentThreadCpuTime();
            RefusedModelException refusal = null;
            try {
                ModelFile.open(model, limits);
            } catch (RefusedModelException e) {
                refusal = e;
            }
            assertThat(threads.getCurrentThreadCpuTime() - nanos).isLessThan(MOST_PROCESSOR.toNanos());
            assertThat(threads.getCurrentThreadAllocatedBytes() - bytes).isLessThan(MOST_BYTES);
            return refusal;
        });
    }
}
