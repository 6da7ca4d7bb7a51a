// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.modelserver.http;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.modelserver.protocol.Interface;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the server offers, as an OpenAPI document about the model that it serves. */
final class OpenApi {
    private static final Json.Obj OBJECT = type("object");
    private static final Json.Obj TEXT = type("string");

    private final Interface model;
    private final boolean needsKey;
    private final RequestSchemas requests;

    private OpenApi(Interface model, boolean needsKey) {
        this.model = model;
        this.needsKey = needsKey;
        this.requests = new RequestSchemas(model);
    }

    static Json.Obj of(Interface model, String version, boolean needsKey) {
        return new OpenApi(model, needsKey).document(version);
    }

    private Json.Obj document(String version) {
        Json.Builder paths = Json.object();
        Map<String, Endpoint> all = new TreeMap<>(Endpoint.paths(model.name(), model.version()));
        all.forEach((path, endpoint) -> paths.put(path, path(path, endpoint)));
        Json.Builder document = Json.object()
                .put("openapi", "3.1.0")
                .put(
                        "info",
                        Json.object()
                                .put("title", "Gatewright serves " + model.name())
                                .put("version", version)
                                .build())
                .put("paths", paths.build());
        if (needsKey) {
            Json.Obj bearer =
                    Json.object().put("type", "http").put("scheme", "bearer").build();
            document.put(
                    "components",
                    Json.object()
                            .put(
                                    "securitySchemes",
                                    Json.object().put("key", bearer).build())
                            .build());
        }
        return document.build();
    }

    private Json.Obj path(String path, Endpoint endpoint) {
        Json.Builder operation = Json.object()
                .put(
                        "operationId",
                        path.equals("/") ? "root" : path.substring(1).replaceAll("[^A-Za-z0-9]+", "_"))
                .put("responses", responses(endpoint));
        if (endpoint == Endpoint.INFER || endpoint == Endpoint.PREDICT) {
            operation.put(
                    "requestBody",
                    Json.object()
                            .put("required", true)
                            .put(
                                    "content",
                                    Json.object()
                                            .put(Reply.JSON, endpoint == Endpoint.INFER ? requests.v2() : requests.v1())
                                            .build())
                            .build());
        }
        if (needsKey && endpoint.isGuarded()) {
            operation.put(
                    "security",
                    List.of(Json.object().put("key", List.<Json>of()).build()));
        }
        String method = endpoint.takes("GET") ? "get" : "post";
        return Json.object().put(method, operation.build()).build();
    }

    private Json.Obj responses(Endpoint endpoint) {
        boolean infers = endpoint == Endpoint.INFER || endpoint == Endpoint.PREDICT;
        Json.Builder responses = Json.object()
                .put(
                        "200",
                        response(
                                "the answer",
                                endpoint == Endpoint.METRICS ? "text/plain" : Reply.JSON,
                                endpoint == Endpoint.METRICS ? TEXT : OBJECT));
        Json.Obj error = RequestSchemas.object(Map.of("error", TEXT), "error");
        responses.put("400", response("the request is wrong", Reply.JSON, error));
        if (needsKey && endpoint.isGuarded()) {
            responses.put("401", response("a key is needed", Reply.JSON, error));
        }
        if (infers) {
            responses.put("408", response("the request came too slowly", Reply.JSON, error));
            responses.put("413", response("the request is too large", Reply.JSON, error));
            responses.put("415", response("the request is compressed", Reply.JSON, error));
            responses.put("429", response("the server is busy", Reply.JSON, error));
            responses.put("500", response("the model failed", Reply.JSON, error));
        }
        responses.put("503", response("the model is not there yet, or the server stops", Reply.JSON, error));
        return responses.build();
    }

    private static Json.Obj response(String description, String media, Json.Obj schema) {
        return Json.object()
                .put("description", description)
                .put("content", content(media, schema))
                .build();
    }

    private static Json.Obj content(String media, Json.Obj schema) {
        return Json.object()
                .put(media, Json.object().put("schema", schema).build())
                .build();
    }

    private static Json.Obj type(String name) {
        return Json.object().put("type", name).build();
    }
}
