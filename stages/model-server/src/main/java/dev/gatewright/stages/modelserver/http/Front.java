// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.modelserver.http;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.modelserver.config.ServerConfig;
import dev.gatewright.stages.modelserver.protocol.Metadata;
import dev.gatewright.stages.modelserver.tensor.RefusedRequestException;
import dev.gatewright.stages.modelserver.tensor.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Where requests come in: each goes to what its address names. Until the model is there, all but the health are told to wait. */
final class Front extends Handler.Abstract {
    static final String ENDPOINT = Front.class.getName();

    private final ServerConfig config;
    private final String version;
    private final Keys keys;
    private final Metrics metrics;
    private final Admission admission;
    private final Map<String, Endpoint> paths;
    private final HttpField digest;
    private final ByteBufferPool memory = new ArrayByteBufferPool();
    private volatile @Nullable InferService service;

    Front(ServerConfig config, String version, Keys keys, Metrics metrics, Admission admission) {
        this.config = config;
        this.version = version;
        this.keys = keys;
        this.metrics = metrics;
        this.admission = admission;
        this.paths = Endpoint.paths(config.model().name(), config.model().version());
        this.digest = new PreEncodedHttpField(
                "Gatewright-Model-Digest", "sha256:" + config.model().sha256());
    }

    /** From now on the model is served. */
    void open(Served served) {
        service = new InferService(served, config.limits(), memory, metrics);
    }

    /** Writes a refusal, which bears the model's digest like any answer. */
    boolean writeRefusal(Request request, Response response, Callback callback) {
        response.getHeaders().put(digest);
        return Reply.writeRefusal(request, response, callback);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        response.getHeaders().put(digest);
        String path = Request.getPathInContext(request);
        Endpoint endpoint = paths.get(path);
        if (endpoint == null) {
            Reply.refuse(
                    request,
                    response,
                    callback,
                    404,
                    "there is nothing at " + Utf8.shortened(path) + "; this server has the model '"
                            + config.model().name() + "', and says at /openapi.json what it offers");
            return true;
        }
        request.setAttribute(ENDPOINT, endpoint);
        if (!endpoint.takes(request.getMethod())) {
            response.getHeaders().put(HttpHeader.ALLOW, endpoint.methods());
            Reply.refuse(request, response, callback, 405, "this address takes " + endpoint.methods());
        } else if (endpoint.isGuarded() && !keys.admit(request.getHeaders().get(HttpHeader.AUTHORIZATION))) {
            response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Bearer");
            Reply.refuse(request, response, callback, 401, "a key is needed: Authorization: Bearer KEY");
        } else if (endpoint == Endpoint.LIVE) {
            Json.Obj live =
                    Json.object().put("live", true).put("status", "alive").build();
            Reply.send(response, callback, live);
        } else if (endpoint == Endpoint.METRICS) {
            Reply.send(response, callback, Metrics.TYPE, metrics.text().getBytes(StandardCharsets.UTF_8));
        } else {
            InferService open = service;
            if (open == null) {
                Reply.refuse(request, response, callback, 503, "the model is not loaded yet; ask again");
            } else {
                serve(endpoint, open, request, response, callback);
            }
        }
        return true;
    }

    private void serve(Endpoint endpoint, InferService open, Request request, Response response, Callback callback) {
        switch (endpoint) {
            case READY ->
                Reply.send(response, callback, Json.object().put("ready", true).build());
            case SERVER -> Reply.send(response, callback, Metadata.server(version));
            case MODEL -> Reply.send(response, callback, Metadata.model(open.model()));
            case MODEL_READY -> Reply.send(response, callback, Metadata.ready(open.model()));
            case STATUS -> Reply.send(response, callback, Metadata.status(open.model()));
            case OPENAPI -> Reply.send(response, callback, OpenApi.of(open.model(), version, keys.areNeeded()));
            default -> infer(endpoint, open, request, response, callback);
        }
    }

    private void infer(Endpoint endpoint, InferService open, Request request, Response response, Callback callback) {
        Admission.Place place;
        try {
            place = admission.enter();
        } catch (RefusedRequestException e) {
            Reply.refuse(request, response, callback, e.status(), e.sentence());
            return;
        }
        new InferExchange(open, endpoint, request, response, callback, place).begin();
    }
}
