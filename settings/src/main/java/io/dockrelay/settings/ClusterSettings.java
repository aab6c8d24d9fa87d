package io.dockrelay.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

import static io.dockrelay.settings.Formats.file;
import static io.dockrelay.settings.Formats.flag;
import static io.dockrelay.settings.Formats.list;
import static io.dockrelay.settings.Formats.text;

/**
 * Whether and how this process shares its event bus with others. Immutable.
 *
 * @param port the first port tried for membership; several members on one machine take the next free ones
 * @param busPort the port of the event bus between members; 0: any free port
 * @param members addresses of possible other members: {@code host} or {@code host:port}; not used with a service
 * @param kubernetesService the DNS name of a headless service of Kubernetes with all members; empty: {@code members}
 * @param tls mutual TLS of the event bus between members; its {@code clientCa} is there. Empty: the bus is not encrypted
 */
public record ClusterSettings(
        boolean clustered,
        String name,
        String host,
        int port,
        int busPort,
        List<String> members,
        Optional<String> kubernetesService,
        Optional<TlsSettings> tls) {

    static final Key<Boolean> CLUSTER = Key.of(
            "cluster", "CLUSTER", flag(), "Share the event bus with the other members; the same as `--cluster`.");
    static final Key<String> NAME = Key.of(
            "name",
            "CLUSTER_NAME",
            text("a name of letters, digits, dots, - and _", "[A-Za-z0-9_.-]{1,64}"),
            "The cluster's name; only members with the same name join.");
    static final Key<String> HOST = Key.of(
            "host",
            "CLUSTER_HOST",
            AddressFormats.host(),
            "The address at which the other members reach this machine.");
    static final Key<Integer> PORT = Key.of(
            "port",
            "CLUSTER_PORT",
            AddressFormats.port().where("a port, a whole number from 1 to 65535", port -> port > 0),
            "The membership port; if it is taken, the next free one.");
    static final Key<Integer> BUS_PORT = Key.of(
            "busPort",
            "CLUSTER_BUS_PORT",
            AddressFormats.port(),
            "The event bus's port between members; 0: any free port.");
    static final Key<List<String>> MEMBERS = Key.of(
            "members",
            "CLUSTER_MEMBERS",
            list(text("a host or host:port", "[A-Za-z0-9_.-]+(:\\d{1,5})?|\\[[0-9a-fA-F:.]+\\](:\\d{1,5})?"), ","),
            "Addresses of possible other members; one that can be reached is enough.");

    static final Key<Optional<String>> KUBERNETES_SERVICE = Key.of(
            "kubernetesService",
            "CLUSTER_KUBERNETES_SERVICE",
            text("the DNS name of a headless service", "[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")
                    .orEmpty(),
            "In Kubernetes: the DNS name of the headless service whose pods are the members, in place of `members`.");
    static final Key<Optional<Path>> TLS_CERT = Key.of(
            "tlsCert",
            "CLUSTER_TLS_CERT",
            file().orEmpty(),
            "A PEM file with this member's certificate, for mutual TLS of the event bus; empty: no TLS. All members, or none.");
    static final Key<Optional<Path>> TLS_KEY = Key.of(
            "tlsKey",
            "CLUSTER_TLS_KEY",
            Formats.anyFile().orEmpty(),
            "A PEM file with the private key of this certificate; only its owner may read it.");
    static final Key<Optional<Path>> TLS_CA = Key.of(
            "tlsCa",
            "CLUSTER_TLS_CA",
            file().orEmpty(),
            "A PEM file with the issuer of the certificates of all members: one that has issued none for anything else.");

    public static final SettingsSchema SCHEMA = new SettingsSchema(
            "cluster",
            List.of(CLUSTER, NAME, HOST, PORT, BUS_PORT, MEMBERS, KUBERNETES_SERVICE, TLS_CERT, TLS_KEY, TLS_CA));

    public ClusterSettings {
        members = List.copyOf(members);
    }

    /** Loads the settings for the launcher, before a clustered Vert.x may exist; fails with {@link SettingsException}. */
    public static Future<ClusterSettings> load(Vertx vertx, JsonObject config) {
        return new SettingsLoader(vertx).load(SCHEMA, config, ClusterSettings::read);
    }

    static ClusterSettings read(SettingsReader reader) {
        return new ClusterSettings(
                reader.get(CLUSTER),
                reader.get(NAME),
                reader.get(HOST),
                reader.get(PORT),
                reader.get(BUS_PORT),
                reader.get(MEMBERS),
                reader.get(KUBERNETES_SERVICE),
                tls(reader));
    }

    private static Optional<TlsSettings> tls(SettingsReader reader) {
        if (reader.get(TLS_CERT).isPresent() && reader.get(TLS_CA).isEmpty()) {
            reader.wrong(TLS_CERT, TLS_CA.title() + " is empty: set both, so that members know each other");
        }
        return TlsSettings.read(reader, TLS_CERT, TLS_KEY, TLS_CA);
    }
}
