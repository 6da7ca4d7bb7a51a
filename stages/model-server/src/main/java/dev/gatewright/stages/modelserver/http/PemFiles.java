// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.modelserver.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates and keys out of PEM files. */
final class PemFiles {
    /** Of stores that never leave the memory. */
    static final String PASSWORD = "memory";

    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----\\s+([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final Map<String, String> SIGNATURES =
            Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");
    private static final long LARGEST = 1 << 20;

    private PemFiles() {}

    /** A file that does not hold what it should; the message says what is expected. */
    static final class UnusableException extends Exception {
        private static final long serialVersionUID = 1;

        UnusableException(String message) {
            super(message);
        }
    }

    /** The server's certificate with its key, which belong together. */
    static KeyStore identity(Path certificates, Path keyFile) throws UnusableException {
        Certificate[] chain = certificates(certificates).toArray(new Certificate[0]);
        PrivateKey key = key(keyFile, chain[0].getPublicKey().getAlgorithm());
        try {
            checkPair(chain[0], key);
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("server", key, PASSWORD.toCharArray(), chain);
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new UnusableException("the key in " + keyFile + " is not that of the certificate in " + certificates
                    + "; name the two that belong" + " together");
        }
    }

    /** Those who sign what is trusted. */
    static KeyStore authorities(Path file) throws UnusableException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (Certificate certificate : certificates(file)) {
                store.setCertificateEntry("authority-" + store.size(), certificate);
            }
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new UnusableException("the certificates in " + file + " cannot be trusted: " + e.getMessage());
        }
    }

    private static Collection<? extends Certificate> certificates(Path file) throws UnusableException {
        try {
            Collection<? extends Certificate> found =
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(read(file)));
            if (!found.isEmpty()) {
                return found;
            }
        } catch (CertificateException e) {
            // Said below.
        }
        throw new UnusableException(file + " holds no certificate; PEM is expected");
    }

    private static PrivateKey key(Path file, String algorithm) throws UnusableException {
        Matcher key = KEY.matcher(new String(read(file), StandardCharsets.ISO_8859_1));
        if (!key.find()) {
            throw new UnusableException(
                    file + " holds no unencrypted key in the form PKCS #8; make it by: openssl pkcs8 -topk8 -nocrypt");
        }
        try {
            byte[] encoded = Base64.getMimeDecoder().decode(key.group(1));
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new UnusableException(
                    "the key in " + file + " is none of the kind " + algorithm + ", which its certificate has");
        }
    }

    private static void checkPair(Certificate certificate, PrivateKey key) throws GeneralSecurityException {
        String algorithm = SIGNATURES.get(certificate.getPublicKey().getAlgorithm());
        if (algorithm == null) {
            throw new GeneralSecurityException("no RSA, EC or EdDSA");
        }
        byte[] text = "signed".getBytes(StandardCharsets.UTF_8);
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(text);
        byte[] signed = signature.sign();
        signature.initVerify(certificate.getPublicKey());
        signature.update(text);
        if (!signature.verify(signed)) {
            throw new GeneralSecurityException("another key");
        }
    }

    private static byte[] read(Path file) throws UnusableException {
        try {
            if (Files.size(file) <= LARGEST) {
                return Files.readAllBytes(file);
            }
        } catch (IOException e) {
            // Said below.
        }
        throw new UnusableException(file + " cannot be read as a PEM file");
    }
}
