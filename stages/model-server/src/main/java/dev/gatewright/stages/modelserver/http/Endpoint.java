// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.modelserver.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the server offers. */
enum Endpoint {
    LIVE("GET", false),
    READY("GET", false),
    SERVER("GET", true),
    MODEL("GET", true),
    MODEL_READY("GET", true),
    INFER("POST", true),
    STATUS("GET", true),
    PREDICT("POST", true),
    METRICS("GET", true),
    OPENAPI("GET", true);

    private final String method;
    private final boolean isGuarded;

    Endpoint(String method, boolean isGuarded) {
        this.method = method;
        this.isGuarded = isGuarded;
    }

    /** Whether a client needs a key, where the server asks for one. Those who look after the process have none. */
    boolean isGuarded() {
        return isGuarded;
    }

    /** Whether it is asked with {@code asked}. */
    boolean takes(String asked) {
        return asked.equals(method) || (asked.equals("HEAD") && method.equals("GET"));
    }

    /** The methods that it takes, as the header {@code Allow} has them. */
    String methods() {
        return method.equals("GET") ? "GET, HEAD" : method;
    }

    /** All of them by their paths. */
    static Map<String, Endpoint> paths(String model, String version) {
        Map<String, Endpoint> paths = new HashMap<>();
        paths.put("/", LIVE); // where clients of protocol v1 look
        paths.put("/v2", SERVER);
        paths.put("/v2/health/live", LIVE);
        paths.put("/v2/health/ready", READY);
        paths.put("/metrics", METRICS);
        paths.put("/openapi.json", OPENAPI);
        for (String name : List.of(model, model + "/versions/" + version)) {
            paths.put("/v2/models/" + name, MODEL);
            paths.put("/v2/models/" + name + "/ready", MODEL_READY);
            paths.put("/v2/models/" + name + "/infer", INFER);
            paths.put("/v1/models/" + name, STATUS);
            paths.put("/v1/models/" + name + ":predict", PREDICT);
        }
        return paths;
    }
}
