// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.endpoint;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/**
 * What an endpoint agrees on when a connection is made, its certificates checked as for every other one.
 *
 * @param version such as {@code TLSv1.3}
 * @param suite the cipher suite
 * @param expires when the first certificate of its chain does
 */
public record Tls(String version, String suite, Instant expires) {
    private static final int HTTPS = 443;

    /** Versions of TLS, oldest first, as specs write them and as Java names them. */
    public enum Version {
        /** TLS 1.2, RFC 5246. */
        TLS_1_2("1.2", "TLSv1.2"),
        /** TLS 1.3, RFC 8446. */
        TLS_1_3("1.3", "TLSv1.3");

        private final String spelling;
        private final String name;

        Version(String spelling, String name) {
            this.spelling = spelling;
            this.name = name;
        }

        /** As a spec writes it. */
        public String spelling() {
            return spelling;
        }
    }

    /** How many whole days its certificates are still valid at {@code now}; negative where one has expired. */
    public long daysLeft(Instant now) {
        return Math.floorDiv(
                Duration.between(now, expires).toSeconds(), Duration.ofDays(1).toSeconds());
    }

    /**
     * Connects as a client does.
     *
     * @throws EndpointFailedException if no connection is made, or its certificates are not trusted
     */
    public static Tls of(Endpoint endpoint) {
        try (SSLSocket socket = connect(endpoint, List.of())) {
            SSLSession session = socket.getSession();
            Instant expires = Instant.MAX;
            for (Certificate certificate : session.getPeerCertificates()) {
                Instant ofOne = ((X509Certificate) certificate).getNotAfter().toInstant();
                expires = ofOne.isBefore(expires) ? ofOne : expires;
            }
            return new Tls(session.getProtocol(), session.getCipherSuite(), expires);
        } catch (IOException | GeneralSecurityException e) {
            throw WireFailure.of(endpoint, e);
        }
    }

    /**
     * A version below {@code least} that the endpoint agrees to nevertheless. Versions below 1.2 are not tried: this Java does not
     * speak them.
     */
    public static Optional<Version> olderThan(Version least, Endpoint endpoint) {
        BiPredicate<Version, Endpoint> agrees = (version, at) -> {
            try (SSLSocket socket = connect(at, List.of(version.name))) {
                return socket.getSession().isValid();
            } catch (IOException | GeneralSecurityException e) {
                return false;
            }
        };
        for (Version version : Version.values()) {
            if (version.compareTo(least) < 0 && agrees.test(version, endpoint)) {
                return Optional.of(version);
            }
        }
        return Optional.empty();
    }

    private static SSLSocket connect(Endpoint endpoint, List<String> versions)
            throws IOException, GeneralSecurityException {
        int port = endpoint.url().getPort() < 0 ? HTTPS : endpoint.url().getPort();
        int patience =
                Math.toIntExact(Math.min(Integer.MAX_VALUE, endpoint.patience().toMillis()));
        SSLContext context =
                endpoint.authority() == null ? SSLContext.getDefault() : Authority.trusting(endpoint.authority());
        Socket plain = new Socket();
        try {
            plain.connect(new InetSocketAddress(endpoint.url().getHost(), port), patience);
            plain.setSoTimeout(patience);
            SSLSocket socket = (SSLSocket) context.getSocketFactory()
                    .createSocket(plain, endpoint.url().getHost(), port, true);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            if (!versions.isEmpty()) {
                parameters.setProtocols(versions.toArray(String[]::new));
            }
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return socket;
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }
}
