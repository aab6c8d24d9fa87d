package io.dockrelay.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

import static io.dockrelay.settings.AddressFormats.host;
import static io.dockrelay.settings.AddressFormats.network;
import static io.dockrelay.settings.AddressFormats.origin;
import static io.dockrelay.settings.AddressFormats.port;
import static io.dockrelay.settings.Formats.anyFile;
import static io.dockrelay.settings.Formats.file;
import static io.dockrelay.settings.Formats.flag;
import static io.dockrelay.settings.Formats.integer;
import static io.dockrelay.settings.Formats.list;
import static io.dockrelay.settings.Formats.text;

/**
 * All settings of a relay. Immutable.
 *
 * @param pathPrefix of every path, such as {@code /dockrelay}; empty: none
 * @param tls of the port; empty: it is plain
 * @param controllers that uplinks connect to; empty if all controllers are on the bus
 * @param besideController whether a controller runs in the same process
 * @param hosts further ones, which may change while the relay runs
 * @param uplink what they present to the controllers
 * @param dialIn for controllers that connect to this relay
 * @param signIn how clients sign in
 * @param grantsFile of roles and grants; empty for none
 * @param record where actions are recorded
 * @param eventBusBridge whether plain consumers may use the protocol of Vert.x's event-bus bridge
 */
public record RelaySettings(
        ListenAddress listen,
        Optional<TlsSettings> tls,
        String pathPrefix,
        List<ControllerAddress> controllers,
        boolean besideController,
        HostsSettings hosts,
        UplinkSettings uplink,
        DialInSettings dialIn,
        Optional<Path> grantsFile,
        AccessSettings access,
        SignInSettings signIn,
        Limits limits,
        RecordSettings record,
        boolean eventBusBridge) {

    static final Key<String> BIND =
            Key.of("bind", "RELAY_BIND", host(), "The address that the port binds to; `0.0.0.0`: every network.");
    static final Key<Integer> PORT = Key.of("port", "PORT", port(), "The dashboard's port; 0: any free port.");
    static final Key<Optional<Path>> TLS_CERT = Key.of(
            "tlsCert",
            "RELAY_TLS_CERT",
            file().orEmpty(),
            "A PEM file with the port's certificate, and those that lead to its issuer; empty: no TLS.");
    static final Key<Optional<Path>> TLS_KEY = Key.of(
            "tlsKey",
            "RELAY_TLS_KEY",
            anyFile().orEmpty(),
            "A PEM file with the private key of this certificate; only its owner may read it.");
    static final Key<Optional<String>> PATH_PREFIX = Key.of(
            "pathPrefix",
            "RELAY_PATH_PREFIX",
            text("a path such as /dockrelay, without a slash at its end", "(/[A-Za-z0-9._~-]+)+")
                    .orEmpty(),
            "A prefix of every path, for a proxy that shares a host name; empty: none.");
    /** The key that a launcher sets to false if it runs a controller in the same process. */
    public static final String LOCAL_CONTROLLER_KEY = ControllerAddresses.LOCAL_CONTROLLER_KEY;

    static final Key<Optional<Path>> GRANTS_FILE = Key.of(
            "grantsFile",
            "RELAY_GRANTS_FILE",
            file().orEmpty(),
            "The file of roles and grants, read again when it changes; empty: none, and rights come from sign-in alone.");
    static final Key<Boolean> EVENT_BUS_BRIDGE = Key.of(
            "eventBusBridge",
            "RELAY_EVENT_BUS_BRIDGE",
            flag(),
            "Whether clients of Vert.x's event-bus bridge may read at `/eventbus` what their rights include.");
    static final Key<List<String>> ALLOWED_HOSTS = Key.of(
            "allowedHosts",
            "RELAY_ALLOWED_HOSTS",
            list(host(), ","),
            "Host names that are allowed in requests, besides loopback names and IP addresses.");
    static final Key<List<String>> ALLOWED_ORIGINS = Key.of(
            "allowedOrigins",
            "RELAY_ALLOWED_ORIGINS",
            list(origin(), ","),
            "Further origins whose web pages may use this relay.");
    static final Key<List<String>> TRUSTED_PROXIES = Key.of(
            "trustedProxies",
            "RELAY_TRUSTED_PROXIES",
            list(network(), ","),
            "Addresses or networks of proxies whose X-Forwarded-For, -Host, -Port, -Proto and Forwarded are used;"
                    + " they must overwrite what clients send.");
    static final Key<Integer> MAX_CONNECTIONS = Key.of(
            "maxConnections",
            "RELAY_MAX_CONNECTIONS",
            integer(1, 1_000_000),
            "The maximum number of open connections.");
    static final Key<Integer> MAX_SUBSCRIPTIONS = Key.of(
            "maxSubscriptions",
            "RELAY_MAX_SUBSCRIPTIONS",
            integer(1, 100_000),
            "The maximum number of logs that one connection follows.");
    static final Key<Integer> MAX_LINES =
            Key.of("maxLines", "RELAY_MAX_LINES", integer(1, 1_000_000), "The maximum number of lines in a snapshot.");
    static final ClientLimits.Keys CLIENT_LIMITS = ClientLimits.Keys.of("RELAY");

    public static final SettingsSchema SCHEMA = new SettingsSchema(
            "relay",
            joined(
                    BIND,
                    PORT,
                    TLS_CERT,
                    TLS_KEY,
                    PATH_PREFIX,
                    ControllerAddresses.CONTROLLER_WS,
                    ControllerAddresses.CONTROLLER_API,
                    ControllerAddresses.CONTROLLER_WS_PORT,
                    ControllerAddresses.CONTROLLER_API_PORT,
                    ControllerAddresses.LOCAL_CONTROLLER,
                    ControllerAddresses.HOSTS_FILE,
                    UplinkSettings.TOKEN.value(),
                    UplinkSettings.TOKEN.file(),
                    UplinkSettings.CONTROLLER_CA,
                    UplinkSettings.CONTROLLER_CERT,
                    UplinkSettings.CONTROLLER_KEY,
                    UplinkSettings.COMPRESSION,
                    DialInSettings.KEY_AGE,
                    DialInSettings.WITHOUT_TLS,
                    GRANTS_FILE,
                    EVENT_BUS_BRIDGE,
                    ALLOWED_HOSTS,
                    ALLOWED_ORIGINS,
                    TRUSTED_PROXIES,
                    SignInSettings.SIGN_IN,
                    SignInSettings.TRUST_NETWORK,
                    SignInSettings.PUBLISHED_ON,
                    SignInSettings.DATA_FOLDER,
                    SignInSettings.USERS_FILE,
                    SignInSettings.SESSION_KEY.value(),
                    SignInSettings.SESSION_KEY.file(),
                    SignInSettings.SESSION_IDLE,
                    SignInSettings.SESSION_LENGTH,
                    GroupRoles.GROUP_ROLES,
                    OidcSettings.PUBLIC_ADDRESS,
                    OidcSettings.ISSUER,
                    OidcSettings.CLIENT_ID,
                    OidcSettings.CLIENT_SECRET.value(),
                    OidcSettings.CLIENT_SECRET.file(),
                    OidcSettings.SCOPES,
                    OidcSettings.NAME_CLAIM,
                    OidcSettings.GROUPS_CLAIM,
                    OidcSettings.NAME,
                    OidcSettings.CHECK,
                    OidcSettings.CA,
                    ProxySignInSettings.PROXIES,
                    ProxySignInSettings.USER_HEADER,
                    ProxySignInSettings.GROUPS_HEADER,
                    MAX_CONNECTIONS,
                    MAX_SUBSCRIPTIONS,
                    MAX_LINES,
                    CLIENT_LIMITS.connections(),
                    CLIENT_LIMITS.subscriptions(),
                    CLIENT_LIMITS.subscriptionsInAll(),
                    CLIENT_LIMITS.messagesOfConnection(),
                    CLIENT_LIMITS.messages(),
                    CLIENT_LIMITS.messagesInAll()));

    /** With those of the record at the end. */
    private static List<Key<?>> joined(Key<?>... keys) {
        return Stream.concat(Stream.of(keys), RecordSettings.KEYS.stream()).toList();
    }

    public RelaySettings {
        controllers = List.copyOf(controllers);
    }

    /** Loads the settings of a verticle with this config; fails with {@link SettingsException}. */
    public static Future<RelaySettings> load(Vertx vertx, JsonObject config) {
        boolean onABus = vertx.isClustered();
        return new SettingsLoader(vertx).load(SCHEMA, config, reader -> read(reader, onABus));
    }

    /** Where actions are recorded with this config, for the command that verifies the record. */
    public static Future<RecordSettings> recordOf(Vertx vertx, JsonObject config) {
        return new SettingsLoader(vertx).load(SCHEMA, config, RecordSettings::read);
    }

    /** Where the users are, with this config, for commands that edit them; empty if no setting says it. */
    public static Future<Optional<Path>> usersFile(Vertx vertx, JsonObject config) {
        return new SettingsLoader(vertx).load(SCHEMA, config, SignInSettings::usersFile);
    }

    /** Where the relay keeps what sign-in needs, with this config, for commands that edit it; empty if no setting says it. */
    public static Future<Optional<Path>> dataFolder(Vertx vertx, JsonObject config) {
        return new SettingsLoader(vertx).load(SCHEMA, config, reader -> reader.get(SignInSettings.DATA_FOLDER));
    }

    /** @param clustered whether the controllers are on a clustered bus */
    static RelaySettings read(SettingsReader reader, boolean clustered) {
        ListenAddress listen = ListenAddress.read(reader, BIND, PORT);
        return new RelaySettings(
                listen,
                TlsSettings.read(reader, TLS_CERT, TLS_KEY, null),
                reader.get(PATH_PREFIX).orElse(""),
                ControllerAddresses.read(reader, clustered),
                !reader.get(ControllerAddresses.LOCAL_CONTROLLER),
                HostsSettings.read(reader),
                UplinkSettings.read(reader),
                DialInSettings.read(reader),
                reader.get(GRANTS_FILE),
                AccessSettings.read(reader, ALLOWED_HOSTS, ALLOWED_ORIGINS, TRUSTED_PROXIES),
                SignInSettings.read(reader, listen),
                Limits.read(reader, MAX_CONNECTIONS, MAX_SUBSCRIPTIONS, MAX_LINES, CLIENT_LIMITS),
                RecordSettings.read(reader),
                reader.get(EVENT_BUS_BRIDGE));
    }
}
