// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.containerize;

import dev.gatewright.stages.api.StageFailedException;
import dev.gatewright.validation.onnx.model.Dimension;
import dev.gatewright.validation.onnx.model.ElementType;
import dev.gatewright.validation.onnx.model.ModelFile;
import dev.gatewright.validation.onnx.model.ValueInfo;
import dev.gatewright.validation.onnx.model.ValueType;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The {@code config.pbtxt} of a model in Triton's repository, with its field names from
 * https://github.com/triton-inference-server/common/blob/main/protobuf/model_config.proto. It lets Triton put no requests together:
 * rows share a batch only as whoever asks has put them together, as they were judged.
 */
final class TritonConfig {
    private static final Map<ElementType, String> TYPES = new EnumMap<>(Map.ofEntries(
            Map.entry(ElementType.FLOAT, "TYPE_FP32"),
            Map.entry(ElementType.DOUBLE, "TYPE_FP64"),
            Map.entry(ElementType.FLOAT16, "TYPE_FP16"),
            Map.entry(ElementType.BFLOAT16, "TYPE_BF16"),
            Map.entry(ElementType.INT8, "TYPE_INT8"),
            Map.entry(ElementType.INT16, "TYPE_INT16"),
            Map.entry(ElementType.INT32, "TYPE_INT32"),
            Map.entry(ElementType.INT64, "TYPE_INT64"),
            Map.entry(ElementType.UINT8, "TYPE_UINT8"),
            Map.entry(ElementType.UINT16, "TYPE_UINT16"),
            Map.entry(ElementType.UINT32, "TYPE_UINT32"),
            Map.entry(ElementType.UINT64, "TYPE_UINT64"),
            Map.entry(ElementType.BOOL, "TYPE_BOOL"),
            Map.entry(ElementType.STRING, "TYPE_STRING")));

    private TritonConfig() {}

    static String of(String name, ModelFile model) {
        return """
                name: %s
                backend: "onnxruntime"
                default_model_filename: %s
                max_batch_size: 0
                input [%s
                ]
                output [%s
                ]
                """.formatted(
                        quoted(name),
                        quoted(String.valueOf(model.path().getFileName())),
                        tensors(model.description().inputs()),
                        tensors(model.description().outputs()));
    }

    private static String tensors(List<ValueInfo> values) {
        return values.stream().map(TritonConfig::tensor).collect(Collectors.joining(","));
    }

    private static String tensor(ValueInfo value) {
        String type = value.type() instanceof ValueType.OfTensor tensor ? TYPES.get(tensor.element()) : null;
        List<Dimension> shape = value.type() instanceof ValueType.OfTensor tensor
                ? tensor.shape().dimensions()
                : null;
        if (type == null || shape == null) {
            throw new StageFailedException(
                    value.name() + " is a " + value.type() + ", which Triton's repository has no word for",
                    "export the model with tensors of declared shapes alone",
                    null);
        }
        String dimensions = shape.stream()
                .map(dimension -> dimension instanceof Dimension.Fixed fixed ? Long.toString(fixed.size()) : "-1")
                .collect(Collectors.joining(", "));
        return "\n  { name: %s, data_type: %s, dims: [%s] }".formatted(quoted(value.name()), type, dimensions);
    }

    /** As the text format of protocol buffers has strings. */
    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }
}
