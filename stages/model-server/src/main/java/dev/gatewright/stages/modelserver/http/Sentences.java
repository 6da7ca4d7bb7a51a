// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.modelserver.http;

/** What a client is told where HTTP itself is the matter. */
final class Sentences {
    private Sentences() {}

    static String of(int status) {
        return switch (status) {
            case 400 -> "this is no request of HTTP/1.1";
            case 408 -> "the request did not arrive in time";
            case 413 -> "the body is too large";
            case 414 -> "the address is too long";
            case 431 -> "the headers are too large";
            case 503 -> "the server is not ready, or stops; ask again";
            case 505 -> "the server speaks HTTP/1.1";
            default ->
                status < 500 ? "the request is wrong" : "the server failed; its log on standard error may say more";
        };
    }
}
