// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.modelserver.protocol;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.modelserver.tensor.Datatype;
import dev.gatewright.stages.modelserver.tensor.Shapes;
import dev.gatewright.validation.onnx.run.worker.ServedModel.Declared;
import java.util.ArrayList;
import java.util.List;

/** What the server and its model say of themselves. */
public final class Metadata {
    private Metadata() {}

    /** {@code GET /v2}. */
    public static Json.Obj server(String version) {
        return Json.object()
                .put("name", "gatewright")
                .put("version", version)
                .put("extensions", Json.texts(List.of("binary_tensor_data")))
                .build();
    }

    /** {@code GET /v2/models/NAME}. The digest stands among the parameters. */
    public static Json.Obj model(Interface model) {
        return Json.object()
                .put("name", model.name())
                .put("versions", Json.texts(List.of(model.version())))
                .put("platform", "onnxruntime_onnx")
                .put("inputs", tensors(model.inputs()))
                .put("outputs", tensors(model.outputs()))
                .put(
                        "parameters",
                        Json.object().put("digest", "sha256:" + model.sha256()).build())
                .build();
    }

    private static List<Json> tensors(List<Declared> all) {
        List<Json> tensors = new ArrayList<>();
        for (Declared declared : all) {
            List<Json> shape = new ArrayList<>();
            Shapes.wanted(declared).forEach(axis -> shape.add(Json.of((long) axis)));
            tensors.add(Json.object()
                    .put("name", declared.name())
                    .put("datatype", Datatype.of(declared.type()).name())
                    .put("shape", shape)
                    .build());
        }
        return tensors;
    }

    /** {@code GET /v2/models/NAME/ready}. */
    public static Json.Obj ready(Interface model) {
        return Json.object().put("name", model.name()).put("ready", true).build();
    }

    /** {@code GET /v1/models/NAME}: what clients of KServe and of TensorFlow Serving each look for. */
    public static Json.Obj status(Interface model) {
        Json.Obj version = Json.object()
                .put("version", model.version())
                .put("state", "AVAILABLE")
                .put(
                        "status",
                        Json.object()
                                .put("error_code", "OK")
                                .put("error_message", "")
                                .build())
                .build();
        return Json.object()
                .put("name", model.name())
                .put("ready", true)
                .put("model_version_status", List.of(version))
                .build();
    }
}
