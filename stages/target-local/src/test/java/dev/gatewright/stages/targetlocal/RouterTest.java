// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.targetlocal;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouterTest {
    private static final int MOST = 64 << 20;

    @ParameterizedTest
    @CsvSource({"0, 200", "1, 502"})
    void anAnswerIsSentOnWholeOrNotAtAll(int beyond, int status) throws Exception {
        HttpServer version = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        version.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, MOST + beyond);
            byte[] piece = new byte[1 << 20];
            try (OutputStream out = exchange.getResponseBody()) {
                for (int sent = 0; sent < MOST; sent += piece.length) {
                    out.write(piece);
                }
                out.write(piece, 0, beyond);
            }
        });
        version.start();
        try (Router router = new Router(0)) {
            router.follow(Routes.of(
                    URI.create("http://127.0.0.1:" + version.getAddress().getPort()), null, 0));
            HttpResponse<byte[]> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(router.url())
                                    .POST(HttpRequest.BodyPublishers.ofString("{}"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofByteArray());

            assertThat(answer.statusCode()).isEqualTo(status);
            if (status == 200) {
                assertThat(answer.body()).hasSize(MOST);
            }
        } finally {
            version.stop(0);
        }
    }
}
