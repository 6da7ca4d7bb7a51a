// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An authority by file, the version that is agreed on, and how long certificates are still valid. */
@Timeout(60)
class TlsTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    private static Path folder;

    private static SSLContext keys;

    @BeforeAll
    static void makeCertificate() throws Exception {
        keytool(
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-validity",
                "40");
        keytool("-exportcert", "-rfc", "-file", folder.resolve("authority.pem").toString());
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve("keys.p12"))) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, PASSWORD.toCharArray());
        keys = SSLContext.getInstance("TLS");
        keys.init(managers.getKeyManagers(), null, null);
    }

    private static void keytool(String... arguments) throws Exception {
        Path tool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        List<String> command = new java.util.ArrayList<>(List.of(tool.toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-alias", "a", "-storetype", "PKCS12", "-storepass", PASSWORD));
        command.addAll(List.of("-keystore", folder.resolve("keys.p12").toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        assertThat(process.waitFor())
                .as(Files.readString(folder.resolve("keytool.log")))
                .isZero();
    }

    @Test
    void anAuthorityByFileIsTrustedAndNoOtherIs() throws Exception {
        try (Server server = new Server("TLSv1.2", "TLSv1.3")) {
            Tls tls = Tls.of(server.endpoint(folder.resolve("authority.pem")));

            assertThat(tls.version()).isEqualTo("TLSv1.3");
            assertThat(tls.daysLeft(tls.expires().minus(30, ChronoUnit.DAYS))).isEqualTo(30);
            assertThat(tls.daysLeft(tls.expires().plusSeconds(1))).isEqualTo(-1);
            assertThat(tls.expires())
                    .isBetween(
                            Instant.now().plus(38, ChronoUnit.DAYS),
                            Instant.now().plus(41, ChronoUnit.DAYS));
            try (InferenceClient client =
                    new InferenceClient(server.endpoint(folder.resolve("authority.pem")), new OpenInference("m"))) {
                assertThat(client.isReady()).isTrue();
            }
            assertThatThrownBy(() -> Tls.of(server.endpoint(null))).hasMessageContaining("is not trusted");
        }
    }

    @Test
    void anOlderVersionThatIsStillAgreedToIsFound() throws Exception {
        Path authority = folder.resolve("authority.pem");
        try (Server both = new Server("TLSv1.2", "TLSv1.3");
                Server newest = new Server("TLSv1.3");
                Server old = new Server("TLSv1.2")) {
            assertThat(Tls.olderThan(Tls.Version.TLS_1_3, both.endpoint(authority)))
                    .contains(Tls.Version.TLS_1_2);
            assertThat(Tls.olderThan(Tls.Version.TLS_1_3, newest.endpoint(authority)))
                    .isEmpty();
            assertThat(Tls.olderThan(Tls.Version.TLS_1_2, both.endpoint(authority)))
                    .isEmpty();
            assertThat(Tls.of(old.endpoint(authority)).version()).isEqualTo("TLSv1.2");
        }
    }

    /** Says yes to everything, over these versions. */
    private static final class Server implements AutoCloseable {
        private final HttpsServer server;

        Server(String... versions) throws Exception {
            server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(keys) {
                @Override
                public void configure(HttpsParameters parameters) {
                    SSLParameters allowed = getSSLContext().getDefaultSSLParameters();
                    allowed.setProtocols(versions);
                    parameters.setSSLParameters(allowed);
                }
            });
            server.createContext("/", exchange -> {
                try (exchange) {
                    exchange.sendResponseHeaders(200, -1);
                }
            });
            server.start();
        }

        Endpoint endpoint(Path authority) {
            URI url = URI.create("https://localhost:" + server.getAddress().getPort());
            return new Endpoint(url, authority, null, Duration.ofSeconds(10));
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
