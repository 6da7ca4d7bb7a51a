// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.oci;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.binaryEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.head;
import static com.github.tomakehurst.wiremock.client.WireMock.patch;
import static com.github.tomakehurst.wiremock.client.WireMock.patchRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlMatching;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.BasicCredentials;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Registries that refuse, fail, lie, or are not who they say. */
class RegistryFaultTest {
    private static final String SECRET = "s3cret-pass";
    private static final String PASSWORD = "password";
    private static final Path KEYS = keys();

    @RegisterExtension
    private static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(wireMockConfig()
                    .dynamicPort()
                    .dynamicHttpsPort()
                    .keystorePath(KEYS.toString())
                    .keystorePassword(PASSWORD)
                    .keyManagerPassword(PASSWORD)
                    .keystoreType("PKCS12"))
            .build();

    @TempDir
    private Path folder;

    private TestImage image;
    private Map<String, String> environment = Map.of();

    @BeforeEach
    void writeImage() throws IOException {
        image = TestImage.of(folder.resolve("image"), 1000, 1);
    }

    private Registry registry() throws IOException {
        return registry(RegistryPlace.of(reference(), null, null));
    }

    private Registry registry(RegistryPlace place) throws IOException {
        return new Registry(http(place), 1 << 20);
    }

    private RegistryHttp http() throws IOException {
        return http(RegistryPlace.of(reference(), null, null));
    }

    private RegistryHttp http(RegistryPlace place) throws IOException {
        DockerCredentials credentials = new DockerCredentials(name -> Optional.ofNullable(environment.get(name)));
        return new RegistryHttp(place, credentials, Duration.ofMillis(2));
    }

    private static Reference reference() {
        return new Reference("localhost:" + SERVER.getPort(), "digits", "1", null);
    }

    private Registry.Pushed push() throws Exception {
        return registry().push(image.layout(), image.manifest(), reference(), null, step -> {});
    }

    private static void refuses(ThrowingCallable push, String... parts) {
        assertThatThrownBy(push)
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("localhost:")
                .satisfies(thrown ->
                        assertThat(thrown.getMessage()).contains(parts).doesNotContain(SECRET));
    }

    /** All blobs are there, and the manifest is given back as it came, or as {@code body} says. */
    private void acceptAll(byte[] body) {
        SERVER.stubFor(head(urlPathMatching("/v2/digits/blobs/.*"))
                .willReturn(aResponse().withStatus(200)));
        SERVER.stubFor(put(urlPathEqualTo("/v2/digits/manifests/1"))
                .willReturn(aResponse().withStatus(201)));
        SERVER.stubFor(get(urlPathEqualTo("/v2/digits/manifests/1"))
                .willReturn(aResponse()
                        .withHeader("Content-Type", MediaType.MANIFEST)
                        .withBody(body)));
    }

    private byte[] manifest() throws IOException {
        return Files.readAllBytes(image.layout().blob(image.manifest().digest()));
    }

    @Test
    void aTagThatHasSomethingElseInTheEndIsNoPush() throws IOException {
        acceptAll("{\"schemaVersion\": 2}".getBytes(StandardCharsets.UTF_8));

        refuses(this::push, "read back it has sha256:");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 405})
    void aRefusalIsToldInTheRegistrysWords(int status) {
        SERVER.stubFor(any(anyUrl())
                .willReturn(aResponse()
                        .withStatus(status)
                        .withBody("{\"errors\": [{\"code\": \"DENIED\", \"message\": \"not for you\"}]}")));
        SERVER.stubFor(head(urlMatching(".*")).willReturn(aResponse().withStatus(404)));

        refuses(this::push, "(" + status + ")", "DENIED not for you");
    }

    /** In mid-chunk: the registry says how far it came, and the rest is sent from there. */
    @Test
    void aCutUploadIsTakenUpWhereTheRegistrySays() throws Exception {
        byte[] bytes = new byte[2500];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) ((i * 31) >> 3);
        }
        Descriptor blob = Descriptor.of(MediaType.LAYER, bytes);
        Path file = Files.write(folder.resolve("blob"), bytes);
        SERVER.stubFor(head(urlPathMatching("/v2/digits/blobs/.*"))
                .willReturn(aResponse().withStatus(404)));
        SERVER.stubFor(post(urlPathEqualTo("/v2/digits/blobs/uploads/")).willReturn(goOnAt("/up/1", "0-0")));
        SERVER.stubFor(patch(urlPathEqualTo("/up/1")).willReturn(goOnAt("/up/2?state=x", "0-999")));
        SERVER.stubFor(
                patch(urlPathEqualTo("/up/2")).willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
        SERVER.stubFor(get(urlPathEqualTo("/up/2"))
                .willReturn(aResponse()
                        .withStatus(204)
                        .withHeader("Range", "0-1499")
                        .withHeader("Location", "/up/3")));
        SERVER.stubFor(patch(urlPathEqualTo("/up/3")).willReturn(goOnAt("/up/4?state=y", "0-2499")));
        SERVER.stubFor(put(urlPathEqualTo("/up/4")).willReturn(aResponse().withStatus(201)));

        new BlobUpload(http(), "digits", "scope", 1000).send(blob, file);

        SERVER.verify(patchRequestedFor(urlPathEqualTo("/up/1"))
                .withHeader("Content-Range", equalTo("0-999"))
                .withRequestBody(binaryEqualTo(Arrays.copyOfRange(bytes, 0, 1000))));
        SERVER.verify(patchRequestedFor(urlPathEqualTo("/up/3"))
                .withHeader("Content-Range", equalTo("1500-2499"))
                .withRequestBody(binaryEqualTo(Arrays.copyOfRange(bytes, 1500, 2500))));
        SERVER.verify(putRequestedFor(urlPathEqualTo("/up/4"))
                .withQueryParam("state", equalTo("y"))
                .withQueryParam("digest", equalTo(blob.digest().toString())));
    }

    private static ResponseDefinitionBuilder goOnAt(String location, String range) {
        return aResponse().withStatus(202).withHeader("Location", location).withHeader("Range", range);
    }

    @Test
    void anUploadThatNeverComesFurtherIsGivenUp() throws Exception {
        Path file = Files.write(folder.resolve("blob"), new byte[100]);
        SERVER.stubFor(head(urlPathMatching("/v2/digits/blobs/.*"))
                .willReturn(aResponse().withStatus(404)));
        SERVER.stubFor(post(urlPathEqualTo("/v2/digits/blobs/uploads/")).willReturn(goOnAt("/up/1", "0-0")));
        SERVER.stubFor(patch(urlPathEqualTo("/up/1")).willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));
        SERVER.stubFor(get(urlPathEqualTo("/up/1")).willReturn(aResponse().withStatus(404)));

        refuses(
                () -> new BlobUpload(http(), "digits", "scope", 1000)
                        .send(Descriptor.of(MediaType.LAYER, new byte[100]), file),
                "broke off",
                "tried 5 times");
    }

    @Test
    void aBusyRegistryIsAskedAgain() throws Exception {
        acceptAll(manifest());
        SERVER.stubFor(put(urlPathEqualTo("/v2/digits/manifests/1"))
                .inScenario("busy")
                .whenScenarioStateIs(Scenario.STARTED)
                .willReturn(aResponse().withStatus(429).withHeader("Retry-After", "0"))
                .willSetStateTo("failing"));
        SERVER.stubFor(put(urlPathEqualTo("/v2/digits/manifests/1"))
                .inScenario("busy")
                .whenScenarioStateIs("failing")
                .willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER))
                .willSetStateTo("fine"));
        SERVER.stubFor(put(urlPathEqualTo("/v2/digits/manifests/1"))
                .inScenario("busy")
                .whenScenarioStateIs("fine")
                .willReturn(aResponse().withStatus(201)));

        assertThat(push().present()).isEqualTo(3);
    }

    @Test
    void aRegistryThatOnlyFailsIsGivenUp() {
        SERVER.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(503)));

        refuses(this::push, "answers 503", "asked 5 times");
    }

    @Test
    void aLoginThatIsMissingIsNamed() {
        SERVER.stubFor(any(anyUrl())
                .willReturn(aResponse().withStatus(401).withHeader("WWW-Authenticate", "Basic realm=\"r\"")));

        refuses(this::push, "wants a login");
    }

    @Test
    void aWrongLoginIsRefusedAndNotShown() throws IOException {
        logIn();
        SERVER.stubFor(any(anyUrl())
                .willReturn(aResponse()
                        .withStatus(401)
                        .withHeader("WWW-Authenticate", "Basic realm=\"r\"")
                        .withBody("{\"errors\": [{\"code\": \"UNAUTHORIZED\", \"message\": \"no " + SECRET + "\"}]}")));

        refuses(this::push, "(401)");
    }

    private void logIn() throws IOException {
        String both = Base64.getEncoder().encodeToString(("me:" + SECRET).getBytes(StandardCharsets.UTF_8));
        Files.writeString(
                folder.resolve("config.json"),
                "{\"auths\": {\"" + reference().registry() + "\": {\"auth\": \"" + both + "\"}}}");
        environment = Map.of("DOCKER_CONFIG", folder.toString());
    }

    @Test
    void aTokenIsFetchedWithTheLoginAndSentToTheRegistryAlone() throws Exception {
        logIn();
        acceptAll(manifest());
        String realm = "http://localhost:" + SERVER.getPort() + "/token";
        SERVER.stubFor(any(urlPathMatching("/v2/.*"))
                .atPriority(1)
                .withHeader("Authorization", absent())
                .willReturn(aResponse()
                        .withStatus(401)
                        .withHeader("WWW-Authenticate", "Bearer realm=\"" + realm + "\",service=\"the registry\"")));
        SERVER.stubFor(get(urlPathEqualTo("/token")).willReturn(aResponse().withBody("{\"token\": \"abc\"}")));

        push();

        SERVER.verify(getRequestedFor(urlPathEqualTo("/token"))
                .withQueryParam("service", equalTo("the registry"))
                .withQueryParam("scope", equalTo("repository:digits:pull,push"))
                .withBasicAuth(new BasicCredentials("me", SECRET)));
        SERVER.verify(getRequestedFor(urlPathEqualTo("/v2/digits/manifests/1"))
                .withHeader("Authorization", equalTo("Bearer abc")));
    }

    @Test
    void aTokenIsNotAskedForWithoutTlsFromElsewhere() throws IOException {
        logIn();
        RegistryPlace withTls = new RegistryPlace("localhost:" + SERVER.getHttpsPort(), false, authority());
        SERVER.stubFor(any(anyUrl())
                .willReturn(aResponse()
                        .withStatus(401)
                        .withHeader("WWW-Authenticate", "Bearer realm=\"http://localhost:1/token\"")));

        refuses(
                () -> registry(withTls).push(image.layout(), image.manifest(), reference(), null, step -> {}),
                "without TLS, which is not followed");
    }

    /** The certificate of the test's server, which vouches for itself. */
    private Path authority() throws IOException {
        try {
            KeyStore store = KeyStore.getInstance(KEYS.toFile(), PASSWORD.toCharArray());
            String pem = "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder()
                            .encodeToString(store.getCertificate("server").getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
            return Files.writeString(folder.resolve("ca.pem"), pem);
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static Path keys() {
        try {
            Path keys = Files.createTempDirectory("gatewright-keys").resolve("keys.p12");
            Process keytool = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-alias",
                            "server",
                            "-keyalg",
                            "EC",
                            "-dname",
                            "CN=localhost",
                            "-ext",
                            "SAN=dns:localhost",
                            "-storepass",
                            PASSWORD,
                            "-keystore",
                            keys.toString())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(keytool.waitFor()).as(said).isZero();
            keys.toFile().deleteOnExit();
            keys.getParent().toFile().deleteOnExit();
            return keys;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aPrivateAuthorityIsTrustedWhereItIsNamed() throws Exception {
        acceptAll(manifest());
        RegistryPlace withTls = new RegistryPlace("localhost:" + SERVER.getHttpsPort(), false, authority());

        assertThat(registry(withTls)
                        .push(image.layout(), image.manifest(), reference(), null, step -> {})
                        .present())
                .isEqualTo(3);
    }

    @Test
    void anAuthorityThatIsNoneIsNamed() throws IOException {
        Path none = Files.writeString(folder.resolve("none.pem"), "no certificate");
        RegistryPlace withTls = new RegistryPlace("localhost:" + SERVER.getHttpsPort(), false, none);

        assertThatThrownBy(() -> registry(withTls))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("none.pem");
    }

    @Test
    void aCertificateThatNobodyVouchesForIsRefused() {
        RegistryPlace withTls = new RegistryPlace("localhost:" + SERVER.getHttpsPort(), false, null);

        refuses(
                () -> registry(withTls).push(image.layout(), image.manifest(), reference(), null, step -> {}),
                "is not trusted",
                "registry.authority");
    }

    @Test
    void nothingOutsideThisMachineIsAskedWithoutTlsUnlessItIsSaid() {
        Reference elsewhere = Reference.parse("registry.example.com/a:b").orElseThrow();

        assertThat(RegistryPlace.of(elsewhere, null, null).plainHttp()).isFalse();
        assertThat(RegistryPlace.of(elsewhere, true, null).plainHttp()).isTrue();
        assertThat(RegistryPlace.of(reference(), null, null).plainHttp()).isTrue();
        assertThat(RegistryPlace.of(reference(), false, null).plainHttp()).isFalse();
        assertThat(RegistryPlace.of(reference(), null, folder).plainHttp()).isFalse();
    }

    @Test
    void aRegistryThatIsNotThereIsNamed() {
        RegistryPlace nowhere = new RegistryPlace("localhost:1", true, null);

        refuses(
                () -> registry(nowhere).push(image.layout(), image.manifest(), reference(), null, step -> {}),
                "cannot be reached");
    }

    @Test
    void otherBytesThanTheDigestAreNotTaken() throws Exception {
        Descriptor blob = Descriptor.of(MediaType.LAYER, new byte[] {1, 2, 3});
        SERVER.stubFor(get(urlPathMatching("/v2/digits/blobs/.*"))
                .willReturn(aResponse().withBody(new byte[] {1, 2, 4})));
        ImageLayout layout = ImageLayout.create(folder.resolve("fetched"));

        refuses(() -> registry().image(reference()).copy(blob, layout.blob(blob.digest())), "gives other bytes");
        assertThat(layout.blob(blob.digest())).doesNotExist();
    }

    @Test
    void moreBytesThanWereAnnouncedAreNotTaken() throws Exception {
        Descriptor blob = Descriptor.of(MediaType.LAYER, new byte[] {1, 2, 3});
        SERVER.stubFor(get(urlPathMatching("/v2/digits/blobs/.*"))
                .willReturn(aResponse().withBody(new byte[100_000])));

        refuses(() -> registry().image(reference()).copy(blob, folder.resolve("fetched")), "answers too much");
    }

    @Test
    void aHelperThatIsNoneIsNamed() throws Exception {
        DockerCredentials credentials = new DockerCredentials(
                name -> name.equals("DOCKER_CONFIG") ? Optional.of(folder.toString()) : Optional.empty());
        Files.writeString(folder.resolve("config.json"), "{\"credHelpers\": {\"r.example.com\": \"../evil\"}}");
        assertThatThrownBy(() -> credentials.of("r.example.com"))
                .hasMessageContaining("no name of a credential helper");

        Files.writeString(folder.resolve("config.json"), "{\"credsStore\": \"gatewright-missing\"}");
        assertThatThrownBy(() -> credentials.of("r.example.com"))
                .hasMessageContaining("docker-credential-gatewright-missing cannot be started");
    }

    @Test
    void loginsAreReadWhereverDockersClientsWriteThem() throws Exception {
        String config = "{\"auths\": {\"https://r.example.com\": {\"username\": \"a\", \"password\": \"b\"},"
                + " \"s.example.com\": {\"identitytoken\": \"t\"}}}";
        environment = Map.of("DOCKER_AUTH_CONFIG", config);
        DockerCredentials credentials = new DockerCredentials(name -> Optional.ofNullable(environment.get(name)));

        assertThat(credentials.of("r.example.com")).contains(new Login("a", "b", false));
        assertThat(credentials.of("s.example.com")).contains(new Login("", "t", true));
        assertThat(credentials.of("t.example.com")).isEmpty();
        assertThat(new Login("a", SECRET, false).toString()).doesNotContain(SECRET);
    }
}
