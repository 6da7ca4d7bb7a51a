// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.traingate;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.validation.metrics.gate.Verdict;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A server that fails, lies, or is none of MLflow's. */
@Timeout(120)
class MlflowFaultsTest {
    private static final String SECRET = "s3cr3t-of-nobody";

    @RegisterExtension
    private static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(options().bindAddress("127.0.0.1").dynamicPort())
            .build();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200|<html>|answers no JSON (",
                "200|[]|answers no JSON object: is it an MLflow server?",
                "200|''|answers no JSON (the document is empty): is it an MLflow server?",
                "400|{\"message\": \"no such thing\"}|answers 400: no such thing",
                "401|{\"message\": \"nobody\"}|answers 401 (the secret is missing, or does not allow it): nobody",
                "403||answers 403 (the secret is missing, or does not allow it)",
                "302|{}|answers 302 (a redirect, which is not followed; name the place that it leads to)",
                "404|{\"message\": \"s3cr3t-of-nobody\"}|answers 404: …",
                "500|{\"message\": \"out of order\\nat line 3\"}|answers 500: out of order",
            })
    void saysWhatTheServerAnswers(int status, String body, String sentence) {
        answer(aResponse()
                .withStatus(status)
                .withHeader("Location", "http://example.com/")
                .withBody(body == null ? "" : body));

        assertThatThrownBy(() -> client().get("runs/get", "run_id", "1"))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(SERVER.baseUrl() + " " + sentence)
                .hasMessageNotContaining(SECRET);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void saysThatThereWasNoAnswer(Fault fault) {
        answer(aResponse().withFault(fault));

        assertThatThrownBy(() -> client().get("runs/get"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(SERVER.baseUrl());
    }

    @Test
    void asksAgainWhereTheServerFailsForAMoment() throws Exception {
        SERVER.stubFor(any(anyUrl())
                .inScenario("restart")
                .whenScenarioStateIs(Scenario.STARTED)
                .willReturn(aResponse().withStatus(503))
                .willSetStateTo("up"));
        SERVER.stubFor(any(anyUrl())
                .inScenario("restart")
                .whenScenarioStateIs("up")
                .willReturn(aResponse().withBody("{\"a\": 1}")));

        assertThat(client().get("runs/get").number("a")).contains(1.0);
    }

    @Test
    void ordersOnlyOnce() {
        answer(aResponse().withStatus(503));

        assertThatThrownBy(() -> client().post("runs/create", Json.object().build()))
                .hasMessageContaining("answers 503");
        assertThat(SERVER.getAllServeEvents()).hasSize(1);
    }

    @Test
    void keepsNoMoreOfAnAnswerThanItMay() {
        answer(aResponse().withBody(new byte[MlflowClient.LARGEST + 1]));

        assertThatThrownBy(() -> client().get("runs/get")).hasMessageContaining("answers more than 32 MiB");
    }

    @ParameterizedTest
    @CsvSource({"'', Bearer s3cr3t-of-nobody", "alice, Basic YWxpY2U6czNjcjN0LW9mLW5vYm9keQ=="})
    void authorizesItself(String user, String header) throws Exception {
        answer(aResponse().withBody("{}"));
        new MlflowClient(URI.create(SERVER.baseUrl()), user.isEmpty() ? null : user, SECRET, Duration.ZERO)
                .get("runs/get");

        SERVER.verify(getRequestedFor(anyUrl()).withHeader("Authorization", equalTo(header)));
    }

    @Test
    void trainsNothingWhereTheServerDoesNotAnswer(@TempDir Path path) throws Exception {
        answer(aResponse().withStatus(401).withBody("{\"message\": \"" + SECRET + "\"}"));
        TrainingFolder folder = new TrainingFolder(path).metrics(metrics());

        assertThat(folder.training("touch trained", "metric: loss, max: 1")
                        .with(name -> name.equals("MLFLOW_TOKEN") ? Optional.of(SECRET) : Optional.empty())
                        .run("2")
                        .verdict())
                .contains(Verdict.NOT_EVALUATED);
        assertThat(path.resolve("trained")).doesNotExist();
        try (Stream<Path> files = Files.walk(path)) {
            assertThat(files.filter(Files::isRegularFile))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(Files.readString(file)).doesNotContain(SECRET));
        }
    }

    @Test
    void saysThatTheSecretIsNotThere(@TempDir Path path) throws Exception {
        assertThat(new TrainingFolder(path)
                        .metrics(metrics())
                        .train("exit 0", "metric: loss, max: 1")
                        .document()
                        .text("headline"))
                .hasValueSatisfying(headline -> assertThat(headline)
                        .contains("the secret MLFLOW_TOKEN is not there: put it into the environment variable"));
    }

    private static String metrics() {
        return "{mlflow: {server: \"" + SERVER.baseUrl() + "\", experiment: digits, secret: MLFLOW_TOKEN}}";
    }

    private static void answer(ResponseDefinitionBuilder response) {
        SERVER.stubFor(any(anyUrl()).willReturn(response));
    }

    private static MlflowClient client() {
        return new MlflowClient(URI.create(SERVER.baseUrl()), null, SECRET, Duration.ZERO);
    }
}
