// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import ai.onnxruntime.OrtEnvironment;
import dev.gatewright.validation.onnx.run.ModelRunner;
import dev.gatewright.validation.onnx.run.WorkerOptions;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** How tests start workers: ONNX Runtime from its jar, in a process of its own. */
final class Workers {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Workers() {}

    /** A worker that is given up after a minute. */
    static WorkerOptions usual() {
        // The literals do not initialise the classes, and so load nothing native.
        return WorkerOptions.of(List.of(home(ModelRunner.class), home(OrtEnvironment.class)))
                .withStartLimit(PATIENCE)
                .withCallLimit(PATIENCE);
    }

    /** Kills every worker that runs now, as the system does when memory is short, and waits until they are gone. */
    static void killAll() {
        ProcessHandle.current().children().toList().forEach(worker -> {
            worker.destroyForcibly();
            worker.onExit().join();
        });
    }

    /** How many workers run now. */
    static long running() {
        return ProcessHandle.current().children().filter(ProcessHandle::isAlive).count();
    }

    private static Path home(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
