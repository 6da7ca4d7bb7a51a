// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.run.worker;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.gatewright.validation.onnx.run.Device;
import dev.gatewright.validation.onnx.run.ElementType;
import dev.gatewright.validation.onnx.run.WorkerFailure;
import java.io.File;
import java.util.ArrayList;
import java.util.List;

/** A model in ONNX Runtime. */
final class LoadedModel {
    private static final String TYPE_PREFIX = "ONNX_TENSOR_ELEMENT_DATA_TYPE_";

    final OrtEnvironment environment;
    final OrtSession session;
    final List<Input> inputs;
    final Providers providers;
    private final boolean optimized;
    private final String path;

    /** An input as the model declares it; an open axis is -1. */
    static final class Input {
        final String name;
        final ElementType type;
        final long[] shape;

        Input(String name, ElementType type, long[] shape) {
            this.name = name;
            this.type = type;
            this.shape = shape;
        }
    }

    private LoadedModel(
            OrtEnvironment environment,
            OrtSession session,
            List<Input> inputs,
            Providers providers,
            boolean optimized,
            String path) {
        this.optimized = optimized;
        this.environment = environment;
        this.session = session;
        this.inputs = inputs;
        this.providers = providers;
        this.path = path;
    }

    /** Loads the model; what its first batch does is profiled into {@code folder}. */
    static LoadedModel load(String path, Device device, boolean optimized, File folder) throws Failure {
        return load(path, device, optimized, new File(folder, "profile").getPath());
    }

    /** Loads the model, optimised, and profiles nothing. */
    static LoadedModel load(String path, Device device) throws Failure {
        return load(path, device, true, "");
    }

    private static LoadedModel load(String path, Device device, boolean optimized, String profile) throws Failure {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        Providers providers = Providers.of(device);
        OrtSession session;
        try {
            session = create(environment, path, providers, optimized, 1, profile);
        } catch (OrtException e) {
            if (providers.isFallbackAllowed()) {
                providers.fallBack(String.valueOf(e.getMessage()));
                return load(environment, path, providers, optimized, profile);
            }
            throw refused(providers, e);
        }
        return new LoadedModel(environment, session, inputs(session), providers, optimized, path);
    }

    private static LoadedModel load(
            OrtEnvironment environment, String path, Providers providers, boolean optimized, String profile)
            throws Failure {
        try {
            OrtSession session = create(environment, path, providers, optimized, 1, profile);
            return new LoadedModel(environment, session, inputs(session), providers, optimized, path);
        } catch (OrtException e) {
            throw refused(providers, e);
        }
    }

    /** The same model once more, for timing. */
    OrtSession another(int threads) throws OrtException, Failure {
        return create(environment, path, providers, optimized, threads, "");
    }

    private static OrtSession create(
            OrtEnvironment environment,
            String path,
            Providers providers,
            boolean optimized,
            int threads,
            String profile)
            throws OrtException, Failure {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
            options.setOptimizationLevel(
                    optimized ? OrtSession.SessionOptions.OptLevel.ALL_OPT : OrtSession.SessionOptions.OptLevel.NO_OPT);
            options.setDeterministicCompute(true);
            // The file was checked as ONNX, so nothing in its bytes or name shall make it another format.
            options.addConfigEntry("session.load_model_format", "ONNX");
            if (!profile.isEmpty()) {
                options.enableProfiling(profile);
            }
            providers.addTo(options);
            return environment.createSession(path, options);
        }
    }

    private static Failure refused(Providers providers, OrtException e) {
        if (providers.isGpu()) {
            return Failure.of(
                    WorkerFailure.Kind.DEVICE,
                    "The model does not load on the demanded device (" + providers.asked() + "): ",
                    e,
                    ". Next: " + Providers.NEXT_STEP);
        }
        return Failure.of(
                WorkerFailure.Kind.REFUSED,
                "ONNX Runtime does not load the model: ",
                e,
                ". Next: export the model anew, for an operator set that this ONNX Runtime knows.");
    }

    private static List<Input> inputs(OrtSession session) throws Failure {
        List<Input> inputs = new ArrayList<>();
        try {
            for (NodeInfo node : session.getInputInfo().values()) {
                if (!(node.getInfo() instanceof TensorInfo tensor)) {
                    throw notFed(node, "it is no tensor");
                }
                inputs.add(new Input(node.getName(), type(node, tensor), tensor.getShape()));
            }
        } catch (OrtException e) {
            throw Failure.of(WorkerFailure.Kind.REFUSED, "ONNX Runtime does not describe the model: ", e, ".");
        }
        return inputs;
    }

    private static ElementType type(NodeInfo node, TensorInfo tensor) throws Failure {
        try {
            return ElementType.valueOf(tensor.onnxType.name().substring(TYPE_PREFIX.length()));
        } catch (IllegalArgumentException e) {
            throw notFed(node, "its elements are " + tensor.onnxType.name().substring(TYPE_PREFIX.length()));
        }
    }

    private static Failure notFed(NodeInfo node, String why) {
        return new Failure(
                WorkerFailure.Kind.REFUSED,
                "Input '" + node.getName() + "' of the model cannot be fed with rows: " + why
                        + ". Next: export the model with tensors of numbers or texts as its inputs.");
    }
}
