// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.run.worker;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxSequence;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.gatewright.validation.onnx.run.Device;
import dev.gatewright.validation.onnx.run.ElementType;
import dev.gatewright.validation.onnx.run.WorkerFailure;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A model in this very process, for a program that does nothing but serve it. It is loaded as a worker loads the model that is
 * judged, so that it answers the same rows in the same batch with the same bits. Many threads may run it at once.
 *
 * <p>Native code can end the process that it is in: what judges a model uses {@link
 * dev.gatewright.validation.onnx.run.ModelRunner} in its place.
 */
public final class ServedModel implements AutoCloseable {
    private final String runtimeVersion;
    private final LoadedModel model;
    private final List<Declared> inputs;
    private final List<Declared> outputs;
    /** The forms of outputs that are sequences of maps, whose keys only an answer shows. */
    private final Map<String, Output> maps = new ConcurrentHashMap<>();

    /**
     * An input or output as the model declares it.
     *
     * @param axes an open one is -1; a sequence of maps has two
     */
    public record Declared(String name, ElementType type, List<Long> axes) {
        /** Keeps its own copy. */
        public Declared {
            axes = List.copyOf(axes);
        }
    }

    private ServedModel(String runtimeVersion, LoadedModel model, List<Declared> inputs, List<Declared> outputs) {
        this.runtimeVersion = runtimeVersion;
        this.model = model;
        this.inputs = List.copyOf(inputs);
        this.outputs = List.copyOf(outputs);
    }

    /**
     * Loads a model, which must have been checked: {@link dev.gatewright.validation.onnx.model.ModelFile} does it.
     *
     * @throws Failure if ONNX Runtime is not there, does not take it, or has not the demanded device
     */
    public static ServedModel load(Path path, Device device) throws Failure {
        try {
            String version = RuntimeVersion.checked();
            LoadedModel loaded = LoadedModel.load(path.toString(), device);
            List<Declared> inputs = new ArrayList<>();
            for (LoadedModel.Input input : loaded.inputs) {
                inputs.add(new Declared(input.name, input.type, axes(input.shape)));
            }
            return new ServedModel(version, loaded, inputs, declared(loaded.session));
        } catch (OrtException e) {
            throw Failure.of(WorkerFailure.Kind.REFUSED, "ONNX Runtime does not describe the model: ", e, ".");
        } catch (LinkageError | IllegalStateException e) {
            throw Failure.notThere(e);
        }
    }

    private static List<Declared> declared(OrtSession session) throws OrtException, Failure {
        List<Declared> outputs = new ArrayList<>();
        for (NodeInfo node : session.getOutputInfo().values()) {
            if (node.getInfo() instanceof TensorInfo tensor) {
                outputs.add(new Declared(node.getName(), Output.type(node.getName(), tensor), axes(tensor.getShape())));
            } else {
                outputs.add(new Declared(node.getName(), ElementType.FLOAT, List.of(-1L, -1L)));
            }
        }
        return outputs;
    }

    private static List<Long> axes(long[] shape) {
        List<Long> axes = new ArrayList<>();
        for (long axis : shape) {
            axes.add(axis);
        }
        return axes;
    }

    /** The inputs, in the model's order. */
    public List<Declared> inputs() {
        return inputs;
    }

    /** The outputs, in the model's order. */
    public List<Declared> outputs() {
        return outputs;
    }

    /** The version of ONNX Runtime. */
    public String runtimeVersion() {
        return runtimeVersion;
    }

    /** The execution providers of the session, the preferred one first. */
    public List<String> providers() {
        return List.copyOf(model.providers.asked());
    }

    /**
     * Runs the model once.
     *
     * @param rows one tensor for each input, in any order, with as many rows each
     * @return the outputs, in the model's order, in memory of their own
     * @throws Failure if ONNX Runtime does not take the tensors or fails on them, or answers with other rows
     */
    public List<ServedTensor> run(List<ServedTensor> rows) throws Failure {
        Map<String, OnnxTensor> fed = new LinkedHashMap<>();
        try {
            for (ServedTensor tensor : rows) {
                fed.put(tensor.name(), tensor(tensor));
            }
            try (OrtSession.Result result = model.session.run(fed)) {
                List<ServedTensor> answers = new ArrayList<>();
                for (Map.Entry<String, OnnxValue> answer : result) {
                    answers.add(answer(
                            answer.getKey(), answer.getValue(), rows.get(0).rows()));
                }
                return answers;
            }
        } catch (OrtException e) {
            throw BatchRun.failed(e);
        } finally {
            for (OnnxTensor tensor : fed.values()) {
                tensor.close();
            }
        }
    }

    private OnnxTensor tensor(ServedTensor tensor) throws OrtException {
        long[] shape = new long[tensor.shape().size()];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = tensor.shape().get(i);
        }
        if (tensor.type() == ElementType.STRING) {
            return OnnxTensor.createTensor(model.environment, tensor.texts().toArray(new String[0]), shape);
        }
        ByteBuffer memory = tensor.numbers().slice().order(ByteOrder.nativeOrder());
        return Tensors.over(model.environment, memory, shape, tensor.type());
    }

    private ServedTensor answer(String name, OnnxValue value, int rows) throws OrtException, Failure {
        if (value instanceof OnnxSequence sequence) {
            return maps(name, sequence, rows);
        }
        OnnxTensor tensor = (OnnxTensor) value;
        TensorInfo info = tensor.getInfo();
        long[] shape = info.getShape();
        ElementType type = Output.type(name, info);
        Output.checkRows(name, shape, rows);
        if (type == ElementType.STRING) {
            long elements = info.getNumElements();
            String[] texts = new String[Math.toIntExact(elements)];
            BatchRun.flatten(tensor.getValue(), texts, 0);
            return ServedTensor.ofTexts(name, axes(shape), Arrays.asList(texts));
        }
        return ServedTensor.ofNumbers(
                name, type, axes(shape), tensor.getByteBuffer().order(ByteOrder.nativeOrder()));
    }

    private ServedTensor maps(String name, OnnxSequence sequence, int rows) throws OrtException, Failure {
        Output form = maps.get(name);
        if (form == null) {
            form = Output.of(name, sequence, rows);
            maps.put(name, form);
        }
        ByteBuffer numbers =
                ByteBuffer.allocate(rows * form.rowSize * form.type.bytes()).order(ByteOrder.nativeOrder());
        BatchRun.copyMaps(sequence, form, numbers, 0, rows);
        return new ServedTensor(
                name, form.type, List.of((long) rows, (long) form.rowSize), numbers, List.of(), form.keys);
    }

    /** Gives the model's memory back. */
    @Override
    public void close() {
        try {
            model.session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime does not give a model back", e);
        }
    }
}
