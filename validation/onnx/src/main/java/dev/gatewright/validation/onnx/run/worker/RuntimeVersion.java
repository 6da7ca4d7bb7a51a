// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.run.worker;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtLoggingLevel;
import dev.gatewright.validation.onnx.run.WorkerFailure;

/** Which ONNX Runtime this is. It touches nothing else of it, so that even a very old one is told by its version. */
final class RuntimeVersion {
    /** Older ones read files outside of the model's folder. */
    private static final int[] OLDEST = {1, 24, 1};

    private RuntimeVersion() {}

    /** The version of the native library, once it is new enough. */
    static String checked() throws Failure {
        String version = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "gatewright")
                .getVersion();
        if (!isAccepted(version)) {
            throw new Failure(
                    WorkerFailure.Kind.NOT_STARTED,
                    "ONNX Runtime " + version + " is too old: before 1.24.1 a model could read files outside of its"
                            + " folder. Next: put onnxruntime 1.24.1 or newer on the worker's class path.");
        }
        return version;
    }

    /** Whether {@code version} is at least the oldest that is accepted; what is no version is not. */
    static boolean isAccepted(String version) {
        String[] parts = version.split("[^0-9]", OLDEST.length + 1);
        for (int i = 0; i < OLDEST.length; i++) {
            if (i == parts.length || parts[i].isEmpty() || parts[i].length() > 6) {
                return false;
            }
            int found = Integer.parseInt(parts[i]);
            if (found != OLDEST[i]) {
                return found > OLDEST[i];
            }
        }
        // 1.24.1-rc1 comes before 1.24.1.
        return version.matches("[0-9.]+");
    }
}
