package io.dockrelay.settings;

import java.nio.file.Path;
import java.util.Optional;

/**
 * TLS of a listener, from PEM files, which are read again when they change.
 *
 * @param cert the certificate, followed by those that lead to its issuer
 * @param key the certificate's private key, without a password
 * @param clientCa the issuers of the certificates that clients need; empty: clients need none
 * @param certSetting the setting's name in an error about the certificate
 * @param keySetting the same for the private key
 * @param clientCaSetting the same for the issuers; null where there is no such setting
 */
public record TlsSettings(
        Path cert, Path key, Optional<Path> clientCa, String certSetting, String keySetting, String clientCaSetting) {

    /** @param clientCa null where clients never need a certificate */
    static Optional<TlsSettings> read(
            SettingsReader reader, Key<Optional<Path>> cert, Key<Optional<Path>> key, Key<Optional<Path>> clientCa) {
        boolean paired = pair(reader, cert, key);
        Optional<Path> issuers = clientCa == null ? Optional.empty() : reader.get(clientCa);
        if (issuers.isPresent() && reader.get(cert).isEmpty()) {
            reader.wrong(
                    clientCa, "clients can only be asked for a certificate with TLS: set " + cert.title() + " too");
        }
        return paired && reader.get(cert).isPresent()
                ? Optional.of(new TlsSettings(
                        reader.get(cert).get(),
                        reader.get(key).orElseThrow(),
                        issuers,
                        cert.title(),
                        key.title(),
                        clientCa == null ? null : clientCa.title()))
                : Optional.empty();
    }

    /** Whether a certificate and its private key are both set or both missing, and only the owner can read the key. */
    static boolean pair(SettingsReader reader, Key<Optional<Path>> cert, Key<Optional<Path>> key) {
        Optional<Path> secret = reader.get(key);
        if (reader.get(cert).isPresent() != secret.isPresent()) {
            Key<?> missing = secret.isPresent() ? cert : key;
            Key<?> there = secret.isPresent() ? key : cert;
            reader.wrong(there, missing.title() + " is empty: set both, or none");
            return false;
        }
        Optional<String> problem = secret.flatMap(SecretFiles::problem);
        problem.ifPresent(sentence -> reader.wrong(key, sentence));
        return problem.isEmpty();
    }
}
