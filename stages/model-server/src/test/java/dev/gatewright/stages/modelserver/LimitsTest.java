// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.modelserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client may not do: each is told so, and the others are served on. */
class LimitsTest {
    private static final String PREDICT = "/v1/models/m:predict";
    private static final String ROW = "{\"instances\": [[1, 2]]}";

    @TempDir
    private Path folder;

    @Test
    void isLiveAndNotReadyUntilTheModelIsThere() throws Exception {
        try (RunningServer server = RunningServer.unopened(RunningServer.classifier(folder), "", Map.of())) {
            assertThat(server.get("/v2/health/live").statusCode()).isEqualTo(200);
            assertThat(RunningServer.text(server.get("/")))
                    .as("for clients of v1")
                    .contains("\"status\":\"alive\"");
            HttpResponse<byte[]> early = server.post(PREDICT, ROW);
            assertThat(early.statusCode()).isEqualTo(503);
            assertThat(early.headers().firstValue("Retry-After")).isPresent();
            assertThat(server.get("/v2/health/ready").statusCode()).isEqualTo(503);

            server.open();

            assertThat(server.get("/v2/health/ready").statusCode()).isEqualTo(200);
            assertThat(server.post(PREDICT, ROW).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void takesNoMoreRequestsThanItsQueueHolds() throws Exception {
        try (RunningServer server = RunningServer.of(RunningServer.classifier(folder), "\"limits\": {\"queue\": 1}")) {
            try (Socket slow = partOf(server, ROW)) {
                awaitIn(server, "1");
                assertThat(slow.isConnected()).isTrue();
                HttpResponse<byte[]> refused = server.post(PREDICT, ROW);
                assertThat(refused.statusCode()).isEqualTo(429);
                assertThat(refused.headers().firstValue("Retry-After")).isPresent();
                assertThat(server.get("/v2/health/ready").statusCode()).isEqualTo(200);
            }
            awaitIn(server, "0");
            assertThat(server.post(PREDICT, ROW).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void waitsForASlowClientNoLongerThanItSays() throws Exception {
        try (RunningServer server = RunningServer.of(
                        RunningServer.classifier(folder), "\"limits\": {\"seconds\": 1, \"queue\": 1}");
                Socket slow = partOf(server, ROW)) {
            String answer = read(slow);
            assertThat(answer).startsWith("HTTP/1.1 408 ").contains("did not arrive within 1 seconds");
            awaitIn(server, "0");
            assertThat(server.post(PREDICT, ROW).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void takesNoMoreBytesAndRowsThanItSays() throws Exception {
        try (RunningServer server = RunningServer.of(
                RunningServer.classifier(folder), "\"limits\": {\"request-bytes\": 100, \"rows\": 2}")) {
            assertThat(server.post(PREDICT, ROW + " ".repeat(100 - ROW.length()))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(server.post(PREDICT, ROW + " ".repeat(101 - ROW.length()))
                            .statusCode())
                    .isEqualTo(413);
            assertThat(server.post(PREDICT, "{\"instances\": [[1, 2], [1, 2], [1, 2]]}")
                            .statusCode())
                    .isEqualTo(400);
            assertThat(server.get("/v2/health/ready").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void asksForAKeyWhereItHasOne() throws Exception {
        try (RunningServer server = RunningServer.of(
                RunningServer.classifier(folder),
                "\"keys\": [{\"environment\": \"KEY\"}]",
                Map.of("KEY", "0123456789abcdef"))) {
            byte[] row = ROW.getBytes(StandardCharsets.UTF_8);
            for (String[] headers : new String[][] {
                {}, {"Authorization", "Bearer 0123456789abcdeX"}, {"Authorization", "Basic 0123456789abcdef"}
            }) {
                HttpResponse<byte[]> refused = server.post(PREDICT, row, headers);
                assertThat(refused.statusCode()).isEqualTo(401);
                assertThat(refused.headers().firstValue("WWW-Authenticate")).contains("Bearer");
            }
            assertThat(server.get("/v2/models/m").statusCode()).isEqualTo(401);
            assertThat(server.get("/metrics").statusCode()).isEqualTo(401);
            assertThat(server.get("/v2/health/ready").statusCode()).isEqualTo(200);
            assertThat(server.post(PREDICT, row, "Authorization", "Bearer 0123456789abcdef")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(server.log()).doesNotContain("0123456789abcdef");
        }
    }

    /** A client that has sent the head of its request and the beginning of its body. */
    private static Socket partOf(RunningServer server, String body) throws Exception {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.getOutputStream()
                .write(("POST " + PREDICT + " HTTP/1.1\r\nHost: h\r\nContent-Length: " + body.length() + "\r\n\r\n{")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static String read(Socket socket) throws Exception {
        InputStream in = socket.getInputStream();
        StringBuilder text = new StringBuilder();
        while (!text.toString().contains("}")) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            text.append((char) next);
        }
        return text.toString();
    }

    private static void awaitIn(RunningServer server, String count) throws Exception {
        while (!RunningServer.text(server.get("/metrics")).contains("gatewright_requests_in " + count + "\n")) {
            Thread.sleep(5);
        }
    }
}
