// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.run.worker;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import ai.onnxruntime.providers.OrtTensorRTProviderOptions;
import dev.gatewright.validation.onnx.run.Device;
import dev.gatewright.validation.onnx.run.WorkerFailure;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The execution providers of a session: what runs its nodes. */
final class Providers {
    /** What a machine needs for its GPU. */
    static final String NEXT_STEP = "install an NVIDIA driver, CUDA 12 and cuDNN 9 (for TensorRT also TensorRT 10), and"
            + " name a folder with the libraries of com.microsoft.onnxruntime:onnxruntime_gpu in"
            + " GATEWRIGHT_ONNXRUNTIME_LIBRARIES, as docs/gpu.md says; or write device: cpu.";

    private static final String CPU = "CPUExecutionProvider";
    private static final String CUDA = "CUDAExecutionProvider";
    private static final String TENSORRT = "TensorrtExecutionProvider";

    private final List<String> available;
    private final boolean demanded;
    private List<String> asked;
    private String fallback = "";

    private Providers(List<String> available, List<String> asked, boolean demanded) {
        this.available = available;
        this.asked = asked;
        this.demanded = demanded;
    }

    static Providers of(Device device) throws Failure {
        List<String> available = new ArrayList<>();
        for (OrtProvider provider : OrtEnvironment.getAvailableProviders()) {
            available.add(provider.getName());
        }
        if (device == Device.CPU || (device == Device.AUTO && !available.contains(CUDA))) {
            return new Providers(available, List.of(CPU), device == Device.CPU);
        }
        List<String> asked = device == Device.TENSORRT ? List.of(TENSORRT, CUDA, CPU) : List.of(CUDA, CPU);
        if (!available.containsAll(asked)) {
            throw new Failure(
                    WorkerFailure.Kind.DEVICE,
                    "Device '" + device.name().toLowerCase(Locale.ROOT) + "' is demanded and cannot be had: this"
                            + " ONNX Runtime has " + available + " and not " + asked.get(0) + driver() + ". Next: "
                            + NEXT_STEP);
        }
        return new Providers(available, asked, device != Device.AUTO);
    }

    private static String driver() {
        return new File("/proc/driver/nvidia/version").exists() ? "" : ", and this machine runs no NVIDIA driver";
    }

    void addTo(OrtSession.SessionOptions options) throws OrtException, Failure {
        if (asked.contains(TENSORRT)) {
            try (OrtTensorRTProviderOptions tensorRt = new OrtTensorRTProviderOptions(0)) {
                options.addTensorrt(tensorRt);
            } catch (OrtException | RuntimeException e) {
                throw missing(e);
            }
        }
        if (asked.contains(CUDA)) {
            try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(0)) {
                // Rounding to 19 bits would make a judgement depend on the GPU's generation.
                cuda.add("use_tf32", "0");
                options.addCUDA(cuda);
            } catch (OrtException | RuntimeException e) {
                if (!isFallbackAllowed()) {
                    throw missing(e);
                }
                fallBack(String.valueOf(e.getMessage()));
            }
        }
    }

    private static Failure missing(Exception e) {
        return new Failure(
                WorkerFailure.Kind.DEVICE,
                "The demanded device cannot be had: " + e.getMessage() + driver() + ". Next: " + NEXT_STEP);
    }

    /** Whether the processor may take the GPU's place: nobody demanded one, and it was tried. */
    boolean isFallbackAllowed() {
        return !demanded && isGpu();
    }

    void fallBack(String why) {
        asked = List.of(CPU);
        fallback = why;
    }

    boolean isGpu() {
        return asked.contains(CUDA);
    }

    /** Refuses a run in which a demanded GPU did nothing. */
    void check(List<String> ran) throws Failure {
        if (demanded && isGpu() && !ran.contains(CUDA) && !ran.contains(TENSORRT)) {
            throw new Failure(
                    WorkerFailure.Kind.DEVICE,
                    "A GPU is demanded, and none of the model's nodes ran on it, but on " + ran
                            + ": it has no kernels for them. Next: write device: cpu, or export the model with"
                            + " operators that the GPU has.");
        }
    }

    List<String> asked() {
        return asked;
    }

    List<String> available() {
        return available;
    }

    /** Why it is not the GPU; empty where it is, or none was tried. */
    String fallback() {
        return fallback;
    }
}
