// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

import dev.gatewright.validation.testkit.onnx.Onnx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One way to be hostile: a model that must be refused for {@code reason}, and a sound one that differs from it in
 * nothing but the hazard and must be accepted.
 */
record Hazard(String name, Refusal reason, SafetyLimits limits, Layout sound, Layout hostile) {
    /** Lays the files of a model into an empty folder, and names the one to open. */
    interface Layout {
        Path in(Path folder) throws IOException;
    }

    static Hazard files(String name, Refusal reason, Layout sound, Layout hostile) {
        return new Hazard(name, reason, SafetyLimits.strict(), sound, hostile);
    }

    static Hazard bytes(String name, Refusal reason, byte[] sound, byte[] hostile) {
        return files(name, reason, file(sound), file(hostile));
    }

    static Hazard model(String name, Refusal reason, Onnx sound, Onnx hostile) {
        return bytes(name, reason, sound.toBytes(), hostile.toBytes());
    }

    Hazard within(SafetyLimits others) {
        return new Hazard(name, reason, others, sound, hostile);
    }

    static Layout file(byte[] bytes) {
        return folder -> Files.write(folder.resolve("model.onnx"), bytes);
    }

    @Override
    public String toString() {
        return name;
    }
}
