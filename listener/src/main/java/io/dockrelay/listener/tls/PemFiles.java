package io.dockrelay.listener.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.vertx.core.buffer.Buffer;

import io.dockrelay.settings.SecretFiles;
import io.dockrelay.settings.SettingsException;
import io.dockrelay.settings.TlsSettings;
import io.dockrelay.settings.UplinkSettings;

/**
 * The PEM files of one end of a connection; each is null where there is none. Immutable. Reads the disk: not for an event
 * loop.
 *
 * @param cert the certificate, followed by those that lead to its issuer
 * @param key its private key; null without a certificate
 * @param ca the accepted issuers of the other end
 */
public record PemFiles(Path cert, Path key, Path ca) {

    /** In bytes, of one file. */
    private static final long LONGEST = 1024 * 1024;

    public static PemFiles of(TlsSettings settings) {
        return new PemFiles(settings.cert(), settings.key(), settings.clientCa().orElse(null));
    }

    public static PemFiles of(UplinkSettings settings) {
        return new PemFiles(
                settings.cert().orElse(null),
                settings.key().orElse(null),
                settings.ca().orElse(null));
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return cert == null && ca == null;
    }

    /** For the log. */
    String shown() {
        return Stream.of(cert, ca).filter(Objects::nonNull).map(Path::toString).collect(Collectors.joining(", "));
    }

    /** Fails with {@link SettingsException}. */
    PemContent read() {
        if (key != null) {
            SecretFiles.problem(key).ifPresent(problem -> {
                throw wrong(key, problem);
            });
        }
        return new PemContent(read(cert), read(key), read(ca));
    }

    private static Buffer read(Path file) {
        try {
            if (file == null) {
                return null;
            }
            if (Files.size(file) > LONGEST) {
                throw wrong(file, "it must be a PEM file of at most 1 MiB");
            }
            return Buffer.buffer(Files.readAllBytes(file));
        } catch (IOException unreadable) {
            throw wrong(file, "it cannot be read: check that it is there, and its permissions");
        }
    }

    static SettingsException wrong(Path file, String problem) {
        return new SettingsException(List.of(file + " is set for TLS, but " + problem + "."));
    }
}
