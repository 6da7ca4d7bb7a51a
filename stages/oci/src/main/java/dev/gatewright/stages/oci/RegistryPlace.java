// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.oci;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Where a registry is, and how far it is trusted.
 *
 * @param host with its port, as references name it
 * @param plainHttp whether it is asked without TLS
 * @param authority a file with the certificates (PEM) of those who vouch for it, and nobody else; null: those of this Java
 */
public record RegistryPlace(
        String host, boolean plainHttp, @Nullable Path authority) {
    /** As the references to it allow: without TLS where it is on this machine and nothing else is said. */
    public static RegistryPlace of(Reference reference, @Nullable Boolean plainHttp, @Nullable Path authority) {
        String host = reference.registry();
        if (host == null) {
            throw new IllegalArgumentException(reference + " names no registry");
        }
        boolean plain = plainHttp == null ? reference.isLoopback() && authority == null : plainHttp;
        return new RegistryPlace(host, plain, authority);
    }

    URI uri(String pathAndQuery) {
        return URI.create((plainHttp ? "http://" : "https://") + host + pathAndQuery);
    }

    /** Whether another address may be asked: over TLS, or where the registry itself is asked without. */
    boolean mayAsk(URI other) {
        return "https".equalsIgnoreCase(other.getScheme()) || (plainHttp && "http".equalsIgnoreCase(other.getScheme()));
    }

    SSLContext trust() throws IOException {
        try {
            if (authority == null) {
                return SSLContext.getDefault();
            }
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            try (InputStream in = Files.newInputStream(authority)) {
                Collection<? extends Certificate> certificates =
                        CertificateFactory.getInstance("X.509").generateCertificates(in);
                if (certificates.isEmpty()) {
                    throw new IOException(authority + " holds no certificate");
                }
                int number = 0;
                for (Certificate certificate : certificates) {
                    store.setCertificateEntry("authority-" + number++, certificate);
                }
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, factory.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("the certificates in " + authority + " cannot be used: " + e.getMessage(), e);
        }
    }
}
