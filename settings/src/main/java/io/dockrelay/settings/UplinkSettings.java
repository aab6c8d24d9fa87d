package io.dockrelay.settings;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

import static io.dockrelay.settings.Formats.file;

/**
 * What a relay presents to the controllers that it connects to, and whose certificates it accepts. Immutable.
 *
 * @param token the controllers' own; empty: none
 * @param ca the issuers of the controllers' certificates; empty: those that Java knows
 * @param cert the relay's own certificate for controllers that need one, with those that lead to its issuer
 * @param key the private key of {@code cert}; both are set, or none
 * @param compression of the lines that the controllers send
 */
public record UplinkSettings(
        Optional<Secret> token,
        Optional<Path> ca,
        Optional<Path> cert,
        Optional<Path> key,
        LinkCompression compression) {

    /** In characters. */
    private static final int SHORTEST_TOKEN = 16;

    static final SecretSetting TOKEN = SecretSetting.of(
            "controllerToken",
            "CONTROLLER_TOKEN",
            Formats.secret(SHORTEST_TOKEN),
            "The token of the controllers that the relay connects to; the same as theirs.",
            "A file with this token, in place of `controllerToken`.");
    static final Key<Optional<Path>> CONTROLLER_CA = Key.of(
            "controllerCa",
            "RELAY_CONTROLLER_CA",
            file().orEmpty(),
            "A PEM file with the issuers of the controllers' certificates; empty: the issuers that Java knows.");
    static final Key<Optional<Path>> CONTROLLER_CERT = Key.of(
            "controllerCert",
            "RELAY_CONTROLLER_CERT",
            file().orEmpty(),
            "A PEM file with the relay's certificate, for controllers with `tlsClientCa`; empty: none.");
    static final Key<Optional<Path>> CONTROLLER_KEY = Key.of(
            "controllerKey",
            "RELAY_CONTROLLER_KEY",
            Formats.anyFile().orEmpty(),
            "A PEM file with the private key of `controllerCert`; only its owner may read it.");

    static final Key<LinkCompression> COMPRESSION = Key.of(
            "linkCompression",
            "RELAY_LINK_COMPRESSION",
            LinkCompression.format(),
            "Compression of log lines from controllers: `auto` (long first messages, and lines while the link is"
                    + " slower than they are; never on loopback), `on` or `off`.");

    /** Without a token and a certificate; controllers by TLS need an issuer that Java knows. */
    public static final UplinkSettings NONE = new UplinkSettings(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), LinkCompression.AUTO);

    /**
     * With the token of a file. Reads the disk: not for an event loop.
     *
     * @param tokenFile null for no token, like the following files
     * @throws IllegalArgumentException with a sentence, if one of them cannot be used
     */
    public static UplinkSettings ofFiles(Path tokenFile, Path ca, Path cert, Path key) {
        if ((cert == null) != (key == null)) {
            throw new IllegalArgumentException("\"cert\" and \"key\" must be there both, or none of them");
        }
        return new UplinkSettings(
                Optional.ofNullable(tokenFile).map(UplinkSettings::tokenIn),
                Optional.ofNullable(ca),
                Optional.ofNullable(cert),
                Optional.ofNullable(key),
                LinkCompression.AUTO);
    }

    private static Secret tokenIn(Path file) {
        SecretFiles.problem(file).ifPresent(problem -> {
            throw new IllegalArgumentException(file + " cannot be used: " + problem);
        });
        try {
            return TOKEN.format()
                    .fromText()
                    .apply(SecretFiles.read(file))
                    .orElseThrow(() -> new IllegalArgumentException(
                            "what is in " + file + " must be " + TOKEN.format().expected()));
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(file + " cannot be read: check its owner and its folder", unreadable);
        }
    }

    static UplinkSettings read(SettingsReader reader) {
        boolean paired = TlsSettings.pair(reader, CONTROLLER_CERT, CONTROLLER_KEY);
        return new UplinkSettings(
                TOKEN.read(reader),
                reader.get(CONTROLLER_CA),
                paired ? reader.get(CONTROLLER_CERT) : Optional.empty(),
                paired ? reader.get(CONTROLLER_KEY) : Optional.empty(),
                reader.get(COMPRESSION));
    }

    /** The same with this compression. */
    public UplinkSettings with(LinkCompression replacement) {
        return new UplinkSettings(token, ca, cert, key, replacement);
    }
}
