// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.oci;

/** The machines that an image is for, as the image specification (after Go) and ONNX Runtime name them. */
public enum Platform {
    /** Processors of Intel and AMD. */
    LINUX_AMD64("amd64", "linux-x64"),
    /** Processors of ARM. */
    LINUX_ARM64("arm64", "linux-aarch64");

    private final String architecture;
    private final String ofOnnxRuntime;

    Platform(String architecture, String ofOnnxRuntime) {
        this.architecture = architecture;
        this.ofOnnxRuntime = ofOnnxRuntime;
    }

    /** The operating system. */
    public String system() {
        return "linux";
    }

    /** The processor. */
    public String architecture() {
        return architecture;
    }

    /** As a spec writes it. */
    public String spelling() {
        return system() + "/" + architecture;
    }

    /** The folder of ONNX Runtime's libraries for it. */
    public String ofOnnxRuntime() {
        return ofOnnxRuntime;
    }
}
