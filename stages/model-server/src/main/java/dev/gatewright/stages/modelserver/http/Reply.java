// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.modelserver.http;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.json.JsonWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** How answers are sent. Each that says no is {@code {"error": sentence}}. */
final class Reply {
    static final String JSON = "application/json";

    private Reply() {}

    /** Sends {@code body}. */
    static void send(Response response, Callback callback, String type, byte[] body) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, ByteBuffer.wrap(body), callback);
    }

    /** Sends a document. */
    static void send(Response response, Callback callback, Json document) {
        send(response, callback, JSON, JsonWriter.compact(document).getBytes(StandardCharsets.UTF_8));
    }

    /** Says no. What the client is still sending is taken in or cut off. */
    static void refuse(Request request, Response response, Callback callback, int status, String sentence) {
        Response.writeError(request, response, callback, status, sentence);
    }

    /** Writes what {@link #refuse} says, and what Jetty itself refuses. */
    static boolean writeRefusal(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        // What an exception of Jetty's says may name classes; the sentence for its status is enough.
        boolean isOurs = request.getAttribute(ErrorHandler.ERROR_EXCEPTION) == null;
        Object message = request.getAttribute(ErrorHandler.ERROR_MESSAGE);
        String sentence = isOurs && message != null ? message.toString() : Sentences.of(status);
        if (status == 429 || status == 503) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, "1");
        }
        send(response, callback, Json.object().put("error", sentence).build());
        return true;
    }
}
