package io.dockrelay.listener.tls;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.X509KeyManager;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;

import io.dockrelay.settings.SettingsException;

/**
 * Decides whether files can be used for TLS, before they replace those in use: a certificate and a key that do not belong
 * together would otherwise only fail in each handshake. Takes milliseconds of CPU: not for an event loop.
 */
final class PemCheck {

    private static final byte[] SAMPLE = {1, 2, 3, 4};

    /** How a key of this algorithm signs, and how TLS calls its certificates. */
    private static final Map<String, String> SIGNATURES =
            Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA", "Ed25519", "Ed25519");

    private PemCheck() {}

    /** Fails with {@link SettingsException} if a part cannot be used. */
    static void check(Vertx vertx, PemFiles files, PemContent content) {
        if (content.ca() != null) {
            var unused = certificates(files.ca(), content.ca());
        }
        if (content.cert() != null) {
            X509Certificate leaf = certificates(files.cert(), content.cert()).getFirst();
            PrivateKey key = key(vertx, files, content);
            if (!belongs(key, leaf.getPublicKey())) {
                throw PemFiles.wrong(
                        files.key(), "it is not the key of the certificate in " + files.cert() + ": put both there");
            }
        }
    }

    /** What an operator should mend, as a sentence, although it can be used; empty for nothing. */
    static Optional<String> warning(PemFiles files, PemContent content, Instant now) {
        if (content.cert() == null) {
            return Optional.empty();
        }
        X509Certificate leaf = certificates(files.cert(), content.cert()).getFirst();
        if (leaf.getNotAfter().toInstant().isBefore(now)) {
            return Optional.of("the certificate in " + files.cert() + " has expired at "
                    + leaf.getNotAfter().toInstant() + ", and the other end refuses it: put a new one there");
        }
        return leaf.getNotBefore().toInstant().isAfter(now)
                ? Optional.of("the certificate in " + files.cert() + " is not valid before "
                        + leaf.getNotBefore().toInstant() + ": check the clock of this machine")
                : Optional.empty();
    }

    private static List<X509Certificate> certificates(Path file, Buffer pem) {
        try {
            Collection<X509Certificate> all =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(pem.getBytes()))
                            .stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (all.isEmpty()) {
                throw PemFiles.wrong(file, "there must be a certificate in it, in PEM");
            }
            return List.copyOf(all);
        } catch (CertificateException broken) {
            throw PemFiles.wrong(file, "there must be a certificate in it, in PEM");
        }
    }

    private static PrivateKey key(Vertx vertx, PemFiles files, PemContent content) {
        Supplier<SettingsException> unreadable = () -> PemFiles.wrong(
                files.key(), "there must be a private key in it, in PEM (PKCS 8) and without a password");
        try {
            for (KeyManager manager :
                    TlsOptions.keyOf(content).getKeyManagerFactory(vertx).getKeyManagers()) {
                if (manager instanceof X509KeyManager keys) {
                    for (String type : List.of("RSA", "EC", "EdDSA", "Ed25519", "Ed448")) {
                        String[] aliases = keys.getServerAliases(type, (Principal[]) null);
                        if (aliases != null && aliases.length > 0) {
                            return keys.getPrivateKey(aliases[0]);
                        }
                    }
                }
            }
        } catch (Exception broken) {
            throw unreadable.get();
        }
        throw unreadable.get();
    }

    private static boolean belongs(PrivateKey key, PublicKey certified) {
        String algorithm = SIGNATURES.get(key.getAlgorithm());
        try {
            if (algorithm == null) {
                return key.getAlgorithm().equals(certified.getAlgorithm());
            }
            Signature signing = Signature.getInstance(algorithm);
            signing.initSign(key);
            signing.update(SAMPLE);
            byte[] signature = signing.sign();
            Signature checking = Signature.getInstance(algorithm);
            checking.initVerify(certified);
            checking.update(SAMPLE);
            return checking.verify(signature);
        } catch (GeneralSecurityException different) {
            return false;
        }
    }
}
