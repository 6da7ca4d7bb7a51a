// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.modelserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.stages.modelserver.http.ModelServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The certificate of the server, those of its clients, and what happens when a file changes. */
class TlsTest {
    private static final String PASSWORD = "changeit";

    private static KeyStore first;
    private static KeyStore second;

    @TempDir
    private Path folder;

    @BeforeAll
    static void makePairs(@TempDir Path stores) throws Exception {
        first = pair(stores, "first", "EC");
        second = pair(stores, "second", "RSA");
    }

    @Test
    void showsItsCertificateAndTheNextOneOnceThatIsThere() throws Exception {
        write(first, "first");
        try (RunningServer server = RunningServer.of(
                RunningServer.classifier(folder),
                "\"tls\": {\"certificate\": \"server.pem\", \"key\": \"server.key\"}")) {
            assertThat(server.url()).startsWith("https://");
            assertThat(shown(server, client(first, "first", null))).isEqualTo(first.getCertificate("first"));

            Files.writeString(folder.resolve("server.key"), "half of a change");
            await(server, "is not taken: ");
            assertThat(shown(server, client(first, "first", null))).isEqualTo(first.getCertificate("first"));

            write(second, "second");
            await(server, "the certificate was read again");
            assertThat(shown(server, client(second, "second", null))).isEqualTo(second.getCertificate("second"));
        }
    }

    @Test
    void letsInOnlyClientsWithACertificateWhereItAsksForOne() throws Exception {
        write(first, "first");
        pem("CERTIFICATE", second.getCertificate("second").getEncoded(), "clients.pem");
        try (RunningServer server = RunningServer.of(
                RunningServer.classifier(folder),
                "\"tls\": {\"certificate\": \"server.pem\", \"key\": \"server.key\", \"client-authority\": \"clients.pem\"}")) {
            assertThat(shown(server, client(first, "first", second))).isEqualTo(first.getCertificate("first"));
            assertThatThrownBy(() -> shown(server, client(first, "first", null)))
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() -> shown(server, client(first, "first", first)))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void doesNotBeginWithAKeyOfAnotherCertificate() throws Exception {
        write(first, "first");
        pem(
                "PRIVATE KEY",
                pair(folder, "third", "EC")
                        .getKey("third", PASSWORD.toCharArray())
                        .getEncoded(),
                "server.key");

        assertThatThrownBy(() -> RunningServer.of(
                        RunningServer.classifier(folder),
                        "\"tls\": {\"certificate\": \"server.pem\", \"key\": \"server.key\"}"))
                .isInstanceOf(ModelServer.NotListeningException.class)
                .hasMessageContaining("is not that of the certificate in");
    }

    private static X509Certificate shown(RunningServer server, HttpClient client) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + "/v2/health/ready"))
                .build();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        return (X509Certificate) response.sslSession().orElseThrow().getPeerCertificates()[0];
    }

    private static void await(RunningServer server, String event) throws InterruptedException {
        while (!server.log().contains(event)) {
            Thread.sleep(20);
        }
    }

    /** A client that trusts {@code trusted}, and shows the certificate of {@code own}, if it has one. */
    private static HttpClient client(KeyStore trusted, String alias, @Nullable KeyStore own) throws Exception {
        KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        trust.setCertificateEntry("server", trusted.getCertificate(alias));
        TrustManagerFactory trusting = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusting.init(trust);
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trusting.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(context).build();
    }

    private static KeyStore pair(Path folder, String alias, String algorithm) throws Exception {
        Path file = folder.resolve(alias + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        alias,
                        "-keyalg",
                        algorithm,
                        "-dname",
                        "CN=" + alias,
                        "-ext",
                        "SAN=ip:127.0.0.1",
                        "-validity",
                        "30",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private void write(KeyStore store, String alias) throws Exception {
        pem("CERTIFICATE", store.getCertificate(alias).getEncoded(), "server.pem");
        pem("PRIVATE KEY", store.getKey(alias, PASSWORD.toCharArray()).getEncoded(), "server.key");
    }

    private void pem(String what, byte[] content, String file) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        Files.writeString(
                folder.resolve(file), "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n");
    }
}
