package io.dockrelay.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import static io.dockrelay.settings.Formats.file;
import static io.dockrelay.settings.Formats.flag;
import static io.dockrelay.settings.Formats.list;
import static io.dockrelay.settings.Formats.text;

/**
 * Which programs may use a controller, and what for. Immutable.
 *
 * @param token that clients must present; empty: none
 * @param tls of both ports; empty: they are plain
 * @param trustNetwork whether other machines may connect although they present nothing
 * @param allow what clients may ask for at all: names of permissions, {@code view} always
 */
public record DoorSettings(Optional<Secret> token, Optional<TlsSettings> tls, boolean trustNetwork, Set<String> allow) {

    /** In characters. */
    private static final int SHORTEST_TOKEN = 16;

    private static final String VIEW = "view";

    static final SecretSetting TOKEN = SecretSetting.of(
            "controllerToken",
            "CONTROLLER_TOKEN",
            Formats.secret(SHORTEST_TOKEN),
            "A token that relays and programs must present; the same at the relay. Empty: see `trustNetwork`.",
            "A file with this token, in place of `controllerToken`; made with a random one when it is missing.");
    static final Key<Boolean> TRUST_NETWORK = Key.of(
            "trustNetwork",
            "CONTROLLER_TRUST_NETWORK",
            flag(),
            "Whether other machines may use this controller without a token or a certificate: every program that"
                    + " reaches it reads its logs and stops its containers.");
    static final Key<List<String>> ALLOW = Key.of(
            "allow",
            "CONTROLLER_ALLOW",
            list(text("view, stats, inspect, logs or control", "view|stats|inspect|logs|control"), ","),
            "What relays and programs may ask for at all: `view` and any of `stats`, `inspect`, `logs`, `control`.");
    static final Key<Optional<Path>> TLS_CERT = Key.of(
            "tlsCert",
            "CONTROLLER_TLS_CERT",
            file().orEmpty(),
            "A PEM file with the certificate of both ports, and those that lead to its issuer; empty: no TLS.");
    static final Key<Optional<Path>> TLS_KEY = Key.of(
            "tlsKey",
            "CONTROLLER_TLS_KEY",
            Formats.anyFile().orEmpty(),
            "A PEM file with the private key of this certificate; only its owner may read it.");
    static final Key<Optional<Path>> TLS_CLIENT_CA = Key.of(
            "tlsClientCa",
            "CONTROLLER_TLS_CLIENT_CA",
            file().orEmpty(),
            "A PEM file with the issuers of the certificates that relays and programs need; empty: they need none.");

    static final List<Key<?>> KEYS =
            List.of(TOKEN.value(), TOKEN.file(), TRUST_NETWORK, ALLOW, TLS_CERT, TLS_KEY, TLS_CLIENT_CA);

    public DoorSettings {
        allow = Set.copyOf(allow);
    }

    /** Whether clients must present anything. */
    public boolean isGuarded() {
        return token.isPresent() || isMutual();
    }

    /** Whether clients need a certificate. */
    public boolean isMutual() {
        return tls.flatMap(TlsSettings::clientCa).isPresent();
    }

    static DoorSettings read(SettingsReader reader, Key<String> bind, Key<List<String>> proxies) {
        List<String> allowed = reader.get(ALLOW);
        if (!allowed.contains(VIEW)) {
            reader.wrong(ALLOW, "it must contain " + VIEW + ": everything else needs the list of containers");
        }
        var door = new DoorSettings(
                TOKEN.readOrMake(reader),
                TlsSettings.read(reader, TLS_CERT, TLS_KEY, TLS_CLIENT_CA),
                reader.get(TRUST_NETWORK),
                Set.copyOf(allowed));
        boolean open = !door.isGuarded() && !door.trustNetwork();
        if (open && !LoopbackHost.is(reader.get(bind))) {
            reader.wrong(bind, "other machines can connect there: " + remedy());
        }
        if (open && !reader.get(proxies).isEmpty()) {
            reader.wrong(proxies, "a proxy passes on what other machines send: " + remedy());
        }
        return door;
    }

    /**
     * Fails with {@link SettingsException} if other machines can call this controller over the event bus and present nothing.
     * A certificate is not presented there.
     *
     * @param host at which the other programs of the cluster reach this one
     */
    public void checkCluster(String host) {
        if (token.isEmpty() && !trustNetwork && !LoopbackHost.is(host)) {
            throw new SettingsException(
                    List.of("controller.json: other machines can call this controller over the event"
                            + " bus of the cluster, at " + host + ": set "
                            + TOKEN.value().title()
                            + " in every program of the cluster, or " + TRUST_NETWORK.title()
                            + " to true if every program of that network may read all logs and stop all containers."));
        }
    }

    /** What makes it safe, or lawful, to let other machines connect. */
    public static String remedy() {
        return "set " + TOKEN.value().title() + ", here and at the relay, or " + TLS_CLIENT_CA.title() + "; or set "
                + TRUST_NETWORK.title()
                + " to true if every program of that network may read all logs and stop all containers";
    }
}
