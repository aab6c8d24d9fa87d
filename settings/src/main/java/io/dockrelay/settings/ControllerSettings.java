package io.dockrelay.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

import static io.dockrelay.settings.Addresses.engine;
import static io.dockrelay.settings.Addresses.host;
import static io.dockrelay.settings.Addresses.origin;
import static io.dockrelay.settings.Addresses.port;
import static io.dockrelay.settings.Formats.duration;
import static io.dockrelay.settings.Formats.file;
import static io.dockrelay.settings.Formats.flag;
import static io.dockrelay.settings.Formats.folder;
import static io.dockrelay.settings.Formats.integer;
import static io.dockrelay.settings.Formats.list;
import static io.dockrelay.settings.Formats.text;

/**
 * Everything that can be set about a controller. Immutable.
 *
 * @param id names this controller on the bus and in messages
 * @param composeProject the compose project shown; empty: all containers of the engine
 * @param composeFiles their services are listed even without a container
 * @param lookInterval between two looks at the engine
 * @param stopGrace before a stopping container is killed; empty: each container's own
 * @param revealSecrets whether values that look like secrets are told in a container's details
 */
public record ControllerSettings(
        String id,
        ListenAddress api,
        ListenAddress ws,
        Optional<String> composeProject,
        List<Path> composeFiles,
        DockerSettings docker,
        Duration lookInterval,
        Optional<Duration> stopGrace,
        boolean revealSecrets,
        DoorSettings door,
        Limits limits) {

    /** So that an action has ended, well or not, before those who asked for it give up. */
    private static final Duration LONGEST_GRACE = Duration.ofMinutes(5);

    static final Key<Optional<String>> ID = Key.of(
            "id",
            "CONTROLLER_ID",
            ControllerId.format().orEmpty(),
            "The controller's name on the bus and in messages; empty: the host name.");
    static final Key<String> BIND = Key.of(
            "bind",
            "CONTROLLER_BIND",
            host(),
            "The address that both ports are opened on; `0.0.0.0` for every network.");
    static final Key<Integer> API_PORT =
            Key.of("apiPort", "CONTROLLER_API_PORT", port(), "The port of the REST interface; 0: any free one.");
    static final Key<Integer> WS_PORT =
            Key.of("wsPort", "CONTROLLER_WS_PORT", port(), "The port of the WebSocket server; 0: any free one.");
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
            "Compose files whose services are listed even when they have no container.");
    static final Key<Optional<String>> DOCKER_HOST = Key.of(
            "dockerHost",
            "DOCKER_HOST",
            engine().orEmpty(),
            "The engine's address; empty: found as the docker command finds it.");
    static final Key<Boolean> DOCKER_TLS_VERIFY =
            Key.of("dockerTlsVerify", "DOCKER_TLS_VERIFY", flag(), "Whether a TCP engine is spoken to by TLS.");
    static final Key<Optional<Path>> DOCKER_CERT_PATH = Key.of(
            "dockerCertPath",
            "DOCKER_CERT_PATH",
            folder().orEmpty(),
            "The folder with cert.pem, key.pem and ca.pem for TLS.");
    static final Key<Optional<String>> DOCKER_CONTEXT = Key.of(
            "dockerContext",
            "DOCKER_CONTEXT",
            text("a docker context's name", "[A-Za-z0-9][A-Za-z0-9_.+-]*").orEmpty(),
            "The docker context to use where no address is given.");
    static final Key<Duration> LOOK_INTERVAL = Key.of(
            "lookInterval",
            "CONTROLLER_LOOK_INTERVAL",
            duration(Duration.ofMillis(100), Duration.ofMinutes(1)),
            "The time between two looks at the engine; its events hint at sooner ones.");
    static final Key<Optional<Duration>> STOP_GRACE = Key.of(
            "stopGrace",
            "CONTROLLER_STOP_GRACE",
            duration(Duration.ZERO, LONGEST_GRACE).orEmpty(),
            "How long a container may take to stop before it is killed; empty: its own.");
    static final Key<Boolean> REVEAL_SECRETS = Key.of(
            "revealSecrets",
            "CONTROLLER_REVEAL_SECRETS",
            flag(),
            "Whether a container's details tell passwords, keys and the like too.");
    static final Key<List<String>> ALLOWED_HOSTS = Key.of(
            "allowedHosts",
            "CONTROLLER_ALLOWED_HOSTS",
            list(host(), ","),
            "Host names that requests may carry beside loopback names and IP addresses.");
    static final Key<List<String>> ALLOWED_ORIGINS = Key.of(
            "allowedOrigins",
            "CONTROLLER_ALLOWED_ORIGINS",
            list(origin(), ","),
            "Origins of web pages that may use this controller.");
    static final Key<Integer> MAX_CONNECTIONS = Key.of(
            "maxConnections",
            "CONTROLLER_MAX_CONNECTIONS",
            integer(1, 1_000_000),
            "Connections open at a time, on each port.");
    static final Key<Integer> MAX_SUBSCRIPTIONS = Key.of(
            "maxSubscriptions",
            "CONTROLLER_MAX_SUBSCRIPTIONS",
            integer(1, 100_000),
            "Logs that one connection may follow at a time.");
    static final Key<Integer> MAX_LINES =
            Key.of("maxLines", "CONTROLLER_MAX_LINES", integer(1, 1_000_000), "The most lines that a snapshot holds.");

    public static final Catalogue CATALOGUE = new Catalogue(
            "controller",
            List.of(
                    ID,
                    BIND,
                    API_PORT,
                    WS_PORT,
                    COMPOSE_PROJECT,
                    COMPOSE_FILES,
                    DOCKER_HOST,
                    DOCKER_TLS_VERIFY,
                    DOCKER_CERT_PATH,
                    DOCKER_CONTEXT,
                    LOOK_INTERVAL,
                    STOP_GRACE,
                    REVEAL_SECRETS,
                    ALLOWED_HOSTS,
                    ALLOWED_ORIGINS,
                    MAX_CONNECTIONS,
                    MAX_SUBSCRIPTIONS,
                    MAX_LINES));

    public ControllerSettings {
        composeFiles = List.copyOf(composeFiles);
    }

    /** The settings of a verticle with this config; fails with {@link WrongSettings}. */
    public static Future<ControllerSettings> load(Vertx vertx, JsonObject config) {
        return new SettingsLoader(vertx).load(CATALOGUE, config, ControllerSettings::read);
    }

    /** Looks the host name up when the id is not set: not for an event loop. */
    static ControllerSettings read(SettingsReader reader) {
        return new ControllerSettings(
                reader.get(ID).orElseGet(ControllerId::ofThisHost),
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
                reader.get(REVEAL_SECRETS),
                DoorSettings.read(reader, ALLOWED_HOSTS, ALLOWED_ORIGINS),
                Limits.read(reader, MAX_CONNECTIONS, MAX_SUBSCRIPTIONS, MAX_LINES));
    }
}
