package io.dockrelay.settings;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import static io.dockrelay.settings.Formats.file;
import static io.dockrelay.settings.Formats.flag;

/**
 * The relay that a controller dials, because the relay cannot connect to it. Immutable.
 *
 * @param relay its address, with {@code ws} or {@code wss} and without a slash at its end
 * @param token the enrolment token; empty once the controller has a key
 * @param keyFile what is kept of the enrolment
 * @param ca the issuers of the relay's certificate; empty: those that Java knows
 */
public record DialSettings(URI relay, Optional<Secret> token, Path keyFile, Optional<Path> ca) {

    /** In characters. */
    private static final int SHORTEST_TOKEN = 16;

    private static final String FILE = "relay-key.json";

    static final Key<Optional<URI>> RELAY_URL = Key.of(
            "relayUrl",
            "RELAY_URL",
            AddressFormats.relay().orEmpty(),
            "The relay that this controller connects to, if the relay cannot connect to it; empty: none.");
    static final SecretSetting ENROL_TOKEN = SecretSetting.of(
            "enrolToken",
            "ENROL_TOKEN",
            Formats.secret(SHORTEST_TOKEN),
            "The enrolment token of this relay, used once; afterwards the controller has a key of its own.",
            "A file with this token, in place of `enrolToken`.");
    static final Key<Optional<Path>> KEY_FILE = Key.of(
            "relayKeyFile",
            "CONTROLLER_RELAY_KEY_FILE",
            Formats.anyFile().orEmpty(),
            "The file in which the controller keeps its key for the relay; empty: `" + FILE + "` in `dataFolder`.");
    static final Key<Optional<Path>> RELAY_CA = Key.of(
            "relayCa",
            "CONTROLLER_RELAY_CA",
            file().orEmpty(),
            "A PEM file with the issuers of the relay's certificate; empty: the issuers that Java knows.");
    static final Key<Boolean> WITHOUT_TLS = Key.of(
            "relayWithoutTls",
            "CONTROLLER_RELAY_WITHOUT_TLS",
            flag(),
            "Whether `relayUrl` may be `ws://` on another machine: every machine on the way can read the key and all logs.");

    static final List<Key<?>> KEYS =
            List.of(RELAY_URL, ENROL_TOKEN.value(), ENROL_TOKEN.file(), KEY_FILE, RELAY_CA, WITHOUT_TLS);

    static Optional<DialSettings> read(SettingsReader reader, Key<Optional<Path>> dataFolder) {
        Optional<URI> relay = reader.get(RELAY_URL);
        Optional<Secret> token = ENROL_TOKEN.read(reader);
        if (relay.isEmpty()) {
            if (token.isPresent()) {
                reader.wrong(RELAY_URL, "set it to the relay of the enrolment token");
            }
            return Optional.empty();
        }
        checkTls(reader, relay.get());
        Optional<Path> keyFile =
                reader.get(KEY_FILE).or(() -> reader.get(dataFolder).map(folder -> folder.resolve(FILE)));
        if (keyFile.isEmpty()) {
            reader.wrong(
                    RELAY_URL,
                    "the controller must keep its key: set " + dataFolder.title() + ", or " + KEY_FILE.title());
        }
        return keyFile.map(path -> new DialSettings(relay.get(), token, path.toAbsolutePath(), reader.get(RELAY_CA)));
    }

    /** Whether the connection has TLS. */
    public boolean isTls() {
        return relay.getScheme().equals("wss");
    }

    private static void checkTls(SettingsReader reader, URI relay) {
        String host = relay.getHost().replaceAll("[\\[\\]]", "");
        if (relay.getScheme().equals("ws") && !LoopbackHost.is(host) && !reader.get(WITHOUT_TLS)) {
            reader.wrong(
                    RELAY_URL,
                    "without TLS every machine on the way can read the key and all logs: write wss://, or set "
                            + WITHOUT_TLS.title() + " to true");
        }
    }
}
