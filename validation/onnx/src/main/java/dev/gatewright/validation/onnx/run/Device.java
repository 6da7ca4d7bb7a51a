// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.run;

/** What a model shall run on. All but {@link #AUTO} are demands: what cannot be had is a failure, and never another device. */
public enum Device {
    /** A GPU where one works, else the processor; {@link DeviceTruth#fallback()} says why it was not the GPU. */
    AUTO,
    /** The processor. */
    CPU,
    /** An NVIDIA GPU by CUDA. */
    CUDA,
    /** An NVIDIA GPU by TensorRT. */
    TENSORRT
}
