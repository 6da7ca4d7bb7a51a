// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.endpoint;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** An endpoint that fails, hangs, lies, or is no inference server ends in a sentence, and never in an answer. */
@Timeout(60)
class EndpointFaultsTest {
    private static final GoldenSet SET = Sums.golden(1);

    @RegisterExtension
    private static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(options().bindAddress("127.0.0.1").dynamicPort().dynamicHttpsPort())
            .build();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '§',
            value = {
                "200|<html>|gives no answer to row 'holdout:1': it is no JSON: Unexpected character",
                "200||gives no answer to row 'holdout:1': it is no JSON: the document is empty",
                "200|[]|it has no list 'outputs'",
                "200|{\"outputs\": [1]}|it has an output that is no object",
                "200|{\"model_name\": \"other\", \"outputs\": []}|it comes from the model 'other'",
                "200|{\"outputs\": [{\"name\": \"sum\", \"datatype\": \"FP64\"}]}|has output 'sum' as 'FP64'; expected FP32",
                "200|{\"outputs\": [{\"name\": \"sum\", \"datatype\": \"FP32\", \"shape\": [2, 1], \"data\": [1, 2]}]}|in the shape [2, 1]; expected 1 rows of [1]",
                "200|{\"outputs\": [{\"name\": \"sum\", \"datatype\": \"FP32\", \"shape\": [1, 1], \"data\": [1, 2]}]}|has 2 elements of output 'sum'; expected 1",
                "200|{\"outputs\": [{\"name\": \"sum\", \"datatype\": \"FP32\", \"shape\": [1, 1], \"data\": [\"x\"]}]}|has 'x' in output 'sum' where a number belongs",
                "200|{\"outputs\": [{\"name\": \"sign\", \"datatype\": \"INT64\", \"shape\": [1], \"data\": [1e999]}]}|has 1e999 in output 'sign' where a whole number belongs",
                "200|{\"outputs\": [{\"name\": \"sum\", \"datatype\": \"FP32\", \"shape\": [1, 1], \"parameters\": {\"binary_data_size\": 4}}]}|ends before output 'sum' does",
                "200|{\"outputs\": [], \"outputs\": []}|it is no JSON: Duplicate field 'outputs'",
                "404|{\"error\": \"no such model\"}|answers 404 (there is no such model, or not in this protocol) to row 'holdout:1': no such model",
                "500|{\"error\": \"out of order\\nat line 3\"}|answers 500 to row 'holdout:1': out of order at line 3",
                "503|{}|answers 503 (it is busy) to row 'holdout:1'",
                "302|{}|answers 302 (a redirect, which is not followed; name the place that it leads to)",
            })
    void saysWhatIsNoAnswer(int status, String body, String sentence) {
        answer(aResponse()
                .withStatus(status)
                .withHeader("Location", "http://example.com/")
                .withBody(body == null ? "" : body));

        assertThatThrownBy(() -> ask(client(Duration.ofSeconds(20))))
                .isInstanceOf(EndpointFailedException.class)
                .hasMessageStartingWith(url() + " ")
                .hasMessageContaining(sentence);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void saysThatThereWasNoAnswer(Fault fault) {
        answer(aResponse().withFault(fault));

        assertThatThrownBy(() -> ask(client(Duration.ofSeconds(20))))
                .isInstanceOf(EndpointFailedException.class)
                .hasMessageStartingWith(url() + " g");
    }

    @Test
    void doesNotWaitForeverForHeadersOrForABody() {
        answer(aResponse().withFixedDelay(20_000));
        assertThatThrownBy(() -> ask(client(Duration.ofMillis(300))))
                .hasMessage(url() + " gave no whole answer within 300 ms");

        answer(aResponse().withBody("{\"outputs\": []}").withChunkedDribbleDelay(15, 20_000));
        assertThatThrownBy(() -> ask(client(Duration.ofMillis(300))))
                .hasMessage(url() + " gave no whole answer within 300 ms");
    }

    @Test
    void keepsNoMoreOfAnAnswerThanItMay() {
        answer(aResponse().withBody(new byte[Wire.LARGEST + 1]));

        assertThatThrownBy(() -> ask(client(Duration.ofSeconds(30)))).hasMessageContaining("answers more than 64 MiB");
    }

    @Test
    void saysThatABodyIsShorterThanItsLength() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread server = new Thread(() -> {
                try (Socket socket = listener.accept();
                        OutputStream out = socket.getOutputStream()) {
                    socket.getInputStream().read();
                    out.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{}".getBytes(StandardCharsets.UTF_8));
                } catch (java.io.IOException e) {
                    // The client has gone.
                }
            });
            server.start();
            URI url = URI.create("http://127.0.0.1:" + listener.getLocalPort());

            assertThatThrownBy(() -> ask(new InferenceClient(Endpoint.at(url), new OpenInference("sums"))))
                    .isInstanceOf(EndpointFailedException.class)
                    .hasMessageStartingWith(url + " gave no answer: ");
            server.join();
        }
    }

    @Test
    void saysThatNothingListens() throws Exception {
        int port;
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = listener.getLocalPort();
        }
        InferenceClient client =
                new InferenceClient(Endpoint.at(URI.create("http://127.0.0.1:" + port)), new OpenInference("sums"));

        assertThat(client.isReady()).isFalse();
        assertThatThrownBy(() -> ask(client))
                .hasMessage("http://127.0.0.1:" + port + " cannot be reached: nothing takes connections there");
        assertThatThrownBy(() -> client.awaitReady(Duration.ofMillis(120)))
                .hasMessage("http://127.0.0.1:" + port
                        + " was not ready within 120 ms (GET /v2/models/sums/ready): it cannot"
                        + " be reached: nothing takes connections there");
    }

    @Test
    void whoWaitsInVainIsToldWhatStandsInTheWay() {
        Endpoint endpoint = Endpoint.at(URI.create("https://localhost:" + SERVER.getHttpsPort()));
        Endpoint other = Endpoint.at(URI.create("http://localhost:" + SERVER.getPort()));

        assertThatThrownBy(() -> new InferenceClient(endpoint, new OpenInference("sums")).awaitReady(Duration.ZERO))
                .isInstanceOfSatisfying(
                        EndpointFailedException.class,
                        e -> assertThat(e.next()).contains("name the file with its authority's certificate"))
                .hasMessageStartingWith(
                        endpoint + " was not ready within 0 ms (GET /v2/models/sums/ready): it is not trusted: ");
        assertThatThrownBy(() -> new InferenceClient(other, new OpenInference("nobody")).awaitReady(Duration.ZERO))
                .hasMessageContaining(": it answers 404 (there is no such model, or not in this protocol)");
    }

    @Test
    void aCertificateThatNobodyVouchesForIsNotTrusted(@TempDir Path folder) throws Exception {
        Endpoint endpoint = Endpoint.at(URI.create("https://localhost:" + SERVER.getHttpsPort()));

        assertThatThrownBy(() -> ask(new InferenceClient(endpoint, new OpenInference("sums"))))
                .isInstanceOfSatisfying(
                        EndpointFailedException.class,
                        e -> assertThat(e.next()).contains("name the file with its authority's certificate"))
                .hasMessageStartingWith(endpoint + " is not trusted: ");
        assertThatThrownBy(() -> Tls.of(endpoint)).hasMessageStartingWith(endpoint + " is not trusted: ");

        Path noAuthority = folder.resolve("authority.pem");
        Files.writeString(noAuthority, "nothing");
        Endpoint withNone = new Endpoint(endpoint.url(), noAuthority, null, Duration.ofSeconds(5));
        assertThatThrownBy(() -> new InferenceClient(withNone, new OpenInference("sums")))
                .isInstanceOf(EndpointFailedException.class)
                .hasMessageStartingWith("the authority " + noAuthority + " cannot be read: ");
    }

    @ParameterizedTest
    @CsvSource({"ftp://host/", "http:///x", "http://user@host/", "http://host/?key=secret", "host:8000"})
    void refusesAnAddressThatIsNone(String url) {
        assertThatThrownBy(() -> Endpoint.at(URI.create(url))).isInstanceOf(IllegalArgumentException.class);
    }

    private static String url() {
        return "http://127.0.0.1:" + SERVER.getPort();
    }

    private static InferenceClient client(Duration patience) {
        return new InferenceClient(new Endpoint(URI.create(url()), null, null, patience), new OpenInference("sums"));
    }

    private static void ask(InferenceClient client) throws InterruptedException {
        client.ask(SET, List.of(SET.rows().get(0)));
    }

    private static void answer(ResponseDefinitionBuilder response) {
        SERVER.stubFor(any(anyUrl()).willReturn(response));
    }
}
