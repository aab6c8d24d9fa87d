package io.dockrelay.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

import static io.dockrelay.settings.AddressFormats.engine;
import static io.dockrelay.settings.AddressFormats.host;
import static io.dockrelay.settings.AddressFormats.network;
import static io.dockrelay.settings.AddressFormats.origin;
import static io.dockrelay.settings.AddressFormats.port;
import static io.dockrelay.settings.Formats.duration;
import static io.dockrelay.settings.Formats.file;
import static io.dockrelay.settings.Formats.flag;
import static io.dockrelay.settings.Formats.folder;
import static io.dockrelay.settings.Formats.integer;
import static io.dockrelay.settings.Formats.list;
import static io.dockrelay.settings.Formats.newFolder;
import static io.dockrelay.settings.Formats.text;

/**
 * All settings of a controller. Immutable.
 *
 * @param id of this controller on the bus and in messages
 * @param labels to group and filter controllers by
 * @param composeProject the compose project shown; empty: all containers of the engine
 * @param composeFiles their services are listed even without a container
 * @param lookInterval between two scans of the engine
 * @param stopGrace before a stopping container is killed; empty: each container's own
 * @param history what is kept of the past load
 * @param revealSecrets whether a container's details include values that look like secrets
 * @param rightsLabels names of further labels that relays get, with wildcards
 * @param door which programs may use this controller, and what for
 * @param dial the relay that this controller connects to; empty: relays connect to it
 */
public record ControllerSettings(
        String id,
        Map<String, String> labels,
        ListenAddress api,
        ListenAddress ws,
        Optional<String> composeProject,
        List<Path> composeFiles,
        DockerSettings docker,
        Duration lookInterval,
        Optional<Duration> stopGrace,
        HistorySettings history,
        boolean revealSecrets,
        List<String> rightsLabels,
        DoorSettings door,
        Optional<DialSettings> dial,
        AccessSettings access,
        Limits limits) {

    /** Shorter than the timeout of an action's caller, so that the action ends first. */
    private static final Duration LONGEST_GRACE = Duration.ofMinutes(5);

    static final Key<Optional<String>> ID = Key.of(
            "id",
            "CONTROLLER_ID",
            ControllerId.format().orEmpty(),
            "The controller's name on the bus and in messages; empty: the host name.");
    static final Key<String> BIND =
            Key.of("bind", "CONTROLLER_BIND", host(), "The address that both ports bind to; `0.0.0.0`: every network.");
    static final Key<Integer> API_PORT =
            Key.of("apiPort", "CONTROLLER_API_PORT", port(), "The port of the REST interface; 0: any free port.");
    static final Key<Integer> WS_PORT =
            Key.of("wsPort", "CONTROLLER_WS_PORT", port(), "The port of the WebSocket server; 0: any free port.");
    static final Key<Optional<String>> COMPOSE_PROJECT = Key.of(
            "composeProject",
            "COMPOSE_PROJECT_NAME",
            text("a compose project's name (a-z, 0-9, _ and -)", "[a-z0-9][a-z0-9_-]*")
                    .orEmpty(),
            "Show only this compose project; empty: every container of the engine.");
    static final Key<List<Path>> COMPOSE_FILES = Key.of(
            "composeFiles",
            "COMPOSE_FILE",
            list(file(), ":"),
            "Compose files whose services are listed even without a container.");
    static final Key<Optional<String>> DOCKER_HOST = Key.of(
            "dockerHost",
            "DOCKER_HOST",
            engine().orEmpty(),
            "The engine's address; empty: detected as by the docker command.");
    static final Key<Boolean> DOCKER_TLS_VERIFY =
            Key.of("dockerTlsVerify", "DOCKER_TLS_VERIFY", flag(), "Whether the connection to a TCP engine uses TLS.");
    static final Key<Optional<Path>> DOCKER_CERT_PATH = Key.of(
            "dockerCertPath",
            "DOCKER_CERT_PATH",
            folder().orEmpty(),
            "The folder with cert.pem, key.pem and ca.pem for TLS.");
    static final Key<Optional<String>> DOCKER_CONTEXT = Key.of(
            "dockerContext",
            "DOCKER_CONTEXT",
            text("a docker context's name", "[A-Za-z0-9][A-Za-z0-9_.+-]*").orEmpty(),
            "The docker context to use if no address is given.");
    static final Key<Duration> LOOK_INTERVAL = Key.of(
            "lookInterval",
            "CONTROLLER_LOOK_INTERVAL",
            duration(Duration.ofMillis(100), Duration.ofMinutes(1)),
            "The time between two scans of the engine; an engine event triggers one earlier.");
    static final Key<Optional<Duration>> STOP_GRACE = Key.of(
            "stopGrace",
            "CONTROLLER_STOP_GRACE",
            duration(Duration.ZERO, LONGEST_GRACE).orEmpty(),
            "The time a container has to stop before it is killed; empty: the container's own.");
    static final Key<Optional<Duration>> LOAD_HISTORY = Key.of(
            "loadHistory",
            "CONTROLLER_LOAD_HISTORY",
            duration(Duration.ofSeconds(2), Duration.ofMinutes(1)).or("off"),
            "The time between two measurements of each running container, for the load of the past 24 hours; `off`:"
                    + " load is measured only while it is watched.");
    static final Key<Optional<Path>> DATA_FOLDER = Key.of(
            "dataFolder",
            "CONTROLLER_DATA_FOLDER",
            newFolder().orEmpty(),
            "A folder of this controller alone, in which the load history survives a restart; empty: it is kept in"
                    + " memory only.");
    static final Key<Boolean> REVEAL_SECRETS = Key.of(
            "revealSecrets",
            "CONTROLLER_REVEAL_SECRETS",
            flag(),
            "Whether a container's details include passwords, keys and similar values.");
    static final Key<List<String>> RIGHTS_LABELS = Key.of(
            "rightsLabels",
            "CONTROLLER_RIGHTS_LABELS",
            list(text("a label's name, with * for any characters", "[^\\s,=]+"), ","),
            "Labels of containers that relays get for their grants, besides those that begin with `dockrelay.`.");
    static final Key<List<String>> ALLOWED_HOSTS = Key.of(
            "allowedHosts",
            "CONTROLLER_ALLOWED_HOSTS",
            list(host(), ","),
            "Host names that are allowed in requests, besides loopback names and IP addresses.");
    static final Key<List<String>> ALLOWED_ORIGINS = Key.of(
            "allowedOrigins",
            "CONTROLLER_ALLOWED_ORIGINS",
            list(origin(), ","),
            "Origins of web pages that may use this controller.");
    static final Key<List<String>> TRUSTED_PROXIES = Key.of(
            "trustedProxies",
            "CONTROLLER_TRUSTED_PROXIES",
            list(network(), ","),
            "Addresses or networks of proxies whose X-Forwarded-For, -Host, -Port, -Proto and Forwarded are used;"
                    + " they must overwrite what clients send.");
    static final Key<Integer> MAX_CONNECTIONS = Key.of(
            "maxConnections",
            "CONTROLLER_MAX_CONNECTIONS",
            integer(1, 1_000_000),
            "The maximum number of open connections per port.");
    static final Key<Integer> MAX_SUBSCRIPTIONS = Key.of(
            "maxSubscriptions",
            "CONTROLLER_MAX_SUBSCRIPTIONS",
            integer(1, 100_000),
            "The maximum number of logs that one connection follows.");
    static final Key<Integer> MAX_LINES = Key.of(
            "maxLines", "CONTROLLER_MAX_LINES", integer(1, 1_000_000), "The maximum number of lines in a snapshot.");
    static final ClientLimits.Keys CLIENT_LIMITS = ClientLimits.Keys.of("CONTROLLER");

    public static final SettingsSchema SCHEMA = new SettingsSchema(
            "controller",
            keys(List.of(
                    List.of(ID, HostLabels.LABELS, BIND, API_PORT, WS_PORT),
                    DoorSettings.KEYS,
                    DialSettings.KEYS,
                    List.of(
                            COMPOSE_PROJECT,
                            COMPOSE_FILES,
                            DOCKER_HOST,
                            DOCKER_TLS_VERIFY,
                            DOCKER_CERT_PATH,
                            DOCKER_CONTEXT,
                            LOOK_INTERVAL,
                            STOP_GRACE,
                            LOAD_HISTORY,
                            DATA_FOLDER,
                            REVEAL_SECRETS,
                            RIGHTS_LABELS,
                            ALLOWED_HOSTS,
                            ALLOWED_ORIGINS,
                            TRUSTED_PROXIES,
                            MAX_CONNECTIONS,
                            MAX_SUBSCRIPTIONS,
                            MAX_LINES),
                    CLIENT_LIMITS.all())));

    public ControllerSettings {
        labels = Map.copyOf(labels);
        composeFiles = List.copyOf(composeFiles);
        rightsLabels = List.copyOf(rightsLabels);
    }

    /** Loads the settings of a verticle with this config; fails with {@link SettingsException}. */
    public static Future<ControllerSettings> load(Vertx vertx, JsonObject config) {
        return new SettingsLoader(vertx).load(SCHEMA, config, ControllerSettings::read);
    }

    /** Looks up the host name if the id is not set: not for an event loop. */
    static ControllerSettings read(SettingsReader reader) {
        return new ControllerSettings(
                reader.get(ID).orElseGet(ControllerId::ofThisHost),
                HostLabels.read(reader),
                ListenAddress.read(reader, BIND, API_PORT),
                ListenAddress.read(reader, BIND, WS_PORT),
                reader.get(COMPOSE_PROJECT),
                reader.get(COMPOSE_FILES),
                new DockerSettings(
                        reader.get(DOCKER_HOST),
                        reader.get(DOCKER_TLS_VERIFY),
                        reader.get(DOCKER_CERT_PATH),
                        reader.get(DOCKER_CONTEXT)),
                reader.get(LOOK_INTERVAL),
                reader.get(STOP_GRACE),
                new HistorySettings(reader.get(LOAD_HISTORY), reader.get(DATA_FOLDER)),
                reader.get(REVEAL_SECRETS),
                reader.get(RIGHTS_LABELS),
                DoorSettings.read(reader, BIND, TRUSTED_PROXIES),
                DialSettings.read(reader, DATA_FOLDER),
                AccessSettings.read(reader, ALLOWED_HOSTS, ALLOWED_ORIGINS, TRUSTED_PROXIES),
                Limits.read(reader, MAX_CONNECTIONS, MAX_SUBSCRIPTIONS, MAX_LINES, CLIENT_LIMITS));
    }

    private static List<Key<?>> keys(List<List<Key<?>>> parts) {
        return parts.stream().flatMap(List::stream).toList();
    }
}
