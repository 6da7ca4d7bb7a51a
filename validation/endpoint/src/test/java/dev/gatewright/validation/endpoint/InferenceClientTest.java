// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A sound server is understood in every protocol, and its refusals and its digest are too. */
@Timeout(60)
class InferenceClientTest {
    private static final Mapped MAPPED = new Mapped(
            "/score",
            null,
            Map.of("x", List.of("/rows/0/a", "/rows/0/b")),
            Map.of("sum", "/result/0/sum", "sign", "/result/0/sign"));

    private SumsServer server;

    @BeforeEach
    void start() throws Exception {
        server = new SumsServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    static Stream<Protocol> protocols() {
        return Stream.of(new OpenInference("sums"), new Predict("sums"), MAPPED);
    }

    @ParameterizedTest
    @MethodSource("protocols")
    void asksAndUnderstands(Protocol protocol) throws Exception {
        GoldenSet set = Sums.golden(20);
        InferenceClient client = new InferenceClient(server.endpoint(), protocol);

        assertThat(client.isReady()).isTrue();
        int together = Math.min(protocol.mostRows(), 7);
        for (int i = 0; i < set.rows().size(); i += together) {
            List<GoldenRow> rows = set.rows().subList(i, Math.min(set.rows().size(), i + together));
            List<Map<String, Elements>> answers = client.ask(set, rows);
            for (int k = 0; k < rows.size(); k++) {
                assertThat(set.mismatch(rows.get(k), answers.get(k), false)).isEmpty();
            }
        }
        assertThat(client.digests()).containsExactly(Sums.DIGEST);
    }

    @ParameterizedTest
    @MethodSource("protocols")
    void everyMalformedRequestIsRefused(Protocol protocol) throws Exception {
        InferenceClient client = new InferenceClient(server.endpoint(), protocol);

        List<Probes.Probed> probed = Probes.malformed(client, Sums.golden(1));

        assertThat(probed).hasSizeGreaterThan(4).allMatch(Probes.Probed::held, "is refused");
    }

    @ParameterizedTest
    @MethodSource("protocols")
    void aServerThatAcceptsAnythingIsFoundOut(Protocol protocol) throws Exception {
        server.acceptsAnything = true;

        assertThat(Probes.malformed(new InferenceClient(server.endpoint(), protocol), Sums.golden(1)))
                .noneMatch(Probes.Probed::held)
                .allMatch(probe -> probe.what().equals("is answered 200"));
    }

    @Test
    void readsTheDigestThatTheModelsMetadataName() throws Exception {
        server.digests = List.of("cd".repeat(32), Sums.DIGEST);
        InferenceClient client = new InferenceClient(server.endpoint(), new OpenInference("sums"));

        client.readMetadata();

        assertThat(client.digests()).containsExactly("cd".repeat(32));
    }

    @Test
    void twoModelsBehindOneAddressAreTwoDigests() throws Exception {
        server.digests = List.of("cd".repeat(32), Sums.DIGEST);
        GoldenSet set = Sums.golden(2);
        InferenceClient client = new InferenceClient(server.endpoint(), new OpenInference("sums"));

        for (GoldenRow row : set.rows()) {
            client.ask(set, List.of(row));
        }

        assertThat(client.digests()).containsExactly(Sums.DIGEST, "cd".repeat(32));
    }

    @Test
    void aSecretIsSentAndNeverShown() throws Exception {
        server.key = "s3cr3t-of-nobody";
        GoldenSet set = Sums.golden(1);
        URI url = server.endpoint().url();
        Endpoint known = new Endpoint(url, null, "s3cr3t-of-nobody", Duration.ofSeconds(10));
        InferenceClient client = new InferenceClient(known, new OpenInference("sums"));

        assertThat(client.ask(set, set.rows())).hasSize(1);
        assertThat(Probes.authentication(client, set))
                .hasSize(2)
                .allMatch(Probes.Probed::held)
                .allMatch(probe -> probe.what().equals("is answered 401"));
        assertThat(known.toString()).doesNotContain("s3cr3t");

        InferenceClient wrong = new InferenceClient(
                new Endpoint(url, null, "another-secret", Duration.ofSeconds(10)), new OpenInference("sums"));
        assertThatThrownBy(() -> wrong.ask(set, set.rows()))
                .isInstanceOf(EndpointFailedException.class)
                .hasMessage(
                        url + " answers 401 (the secret is missing, or does not allow it) to row 'holdout:1': who are"
                                + " you, Bearer …?");
    }

    @Test
    void anEndpointThatAsksForNoKeyIsFoundOut() throws Exception {
        InferenceClient client = new InferenceClient(server.endpoint(), new OpenInference("sums"));

        assertThat(Probes.authentication(client, Sums.golden(1)))
                .noneMatch(Probes.Probed::held)
                .allMatch(probe -> probe.what().equals("is answered 200"));
    }

    @Test
    void saysWhatDoesNotFitAMapping() {
        GoldenSet set = Sums.golden(1);

        assertThat(MAPPED.misfit(set)).isEmpty();
        assertThat(new Mapped("/", null, Map.of("y", List.of("/a")), Map.of("sum", "/b")).misfit(set))
                .contains("endpoint.request does not say where the input 'x' stands");
        assertThat(new Mapped("/", null, Map.of("x", List.of("/a", "/b", "/c")), Map.of("sum", "/b")).misfit(set))
                .contains("endpoint.request has 3 pointers for the 2 elements of input 'x'");
        assertThat(new Mapped("/", null, Map.of("x", List.of("/a")), Map.of("s", "/b")).misfit(set))
                .contains("endpoint.answer names 's', and the model's outputs are [sum, sign]");
        assertThatThrownBy(() -> new Mapped("/", null, Map.of("x", List.of("/a", "/a/b")), Map.of("s", "/b")))
                .hasMessageContaining("are the same place");
    }

    @Test
    void whatJsonCannotCarryIsSentInBinaryAndReadAgain() throws Exception {
        GoldenSet set = new GoldenSet(
                null,
                List.of(
                        new TensorType("x", Datatype.FP32, List.of(2)),
                        new TensorType("h", Datatype.FP16, List.of()),
                        new TensorType("b", Datatype.BF16, List.of()),
                        new TensorType("d", Datatype.FP64, List.of()),
                        new TensorType("i", Datatype.INT16, List.of(2)),
                        new TensorType("u", Datatype.UINT8, List.of()),
                        new TensorType("t", Datatype.BYTES, List.of(2))),
                List.of(new TensorType("x", Datatype.FP32, List.of(2))),
                List.of(new GoldenRow(
                        "r",
                        Map.of(
                                "x", new Elements.Reals(Double.NaN, 0.1f),
                                "h", new Elements.Reals(-0.5),
                                "b", new Elements.Reals(1.5),
                                "d", new Elements.Reals(1 / 3.0),
                                "i", new Elements.Wholes(-2, 300),
                                "u", new Elements.Wholes(255),
                                "t", new Elements.Texts(List.of("ä", ""))),
                        new Label.OfNumber(1),
                        Map.of())),
                Tolerance.USUAL);
        GoldenRow row = set.rows().get(0);

        for (TensorType type : set.inputs()) {
            byte[] bytes = BinaryTensors.encode(type, List.of(row.inputs().get(type.name())));
            assertThat(BinaryTensors.decode(type, 1, bytes, 0, bytes.length))
                    .containsExactly(row.inputs().get(type.name()));
        }
        Protocol.Question question = new OpenInference("m").question(set, List.of(row));
        assertThat(question.headers()).containsEntry("Content-Type", "application/octet-stream");
        Map<String, String> headers = new HashMap<>(question.headers());
        int head = Integer.parseInt(headers.get(OpenInference.HEADER_LENGTH));
        String answer = new String(question.body(), 0, head, java.nio.charset.StandardCharsets.UTF_8)
                .replace("\"inputs\"", "\"outputs\"");
        byte[] echoed = new byte[question.body().length + 1];
        byte[] document = answer.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        System.arraycopy(document, 0, echoed, 0, document.length);
        System.arraycopy(question.body(), head, echoed, document.length, question.body().length - head);

        assertThat(new OpenInference("m")
                        .answers(set, 1, Map.of(OpenInference.HEADER_LENGTH, "" + document.length), echoed))
                .containsExactly(Map.of("x", row.inputs().get("x")));
    }
}
