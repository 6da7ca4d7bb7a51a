// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.endpoint;

import java.net.http.HttpHeaders;

/** What came back over the wire. */
final class Reply {
    private static final int OK = 200;
    private static final int FIRST_REDIRECT = 300;
    private static final int FIRST_REFUSAL = 400;
    private static final int FIRST_FAILURE = 500;

    private final int status;
    private final HttpHeaders headers;
    private final byte[] body;

    /** The body is not copied: nobody else has it. */
    Reply(int status, HttpHeaders headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    int status() {
        return status;
    }

    HttpHeaders headers() {
        return headers;
    }

    byte[] body() {
        return body;
    }

    boolean isOk() {
        return status >= OK && status < FIRST_REDIRECT;
    }

    /** Whether the server says that the request is wrong. */
    boolean isRefusal() {
        return status >= FIRST_REFUSAL && status < FIRST_FAILURE;
    }
}
