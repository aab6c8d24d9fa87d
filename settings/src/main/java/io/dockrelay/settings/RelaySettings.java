package io.dockrelay.settings;

import java.net.URI;
import java.util.List;
import java.util.Optional;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

import static io.dockrelay.settings.AddressFormats.host;
import static io.dockrelay.settings.AddressFormats.origin;
import static io.dockrelay.settings.AddressFormats.port;
import static io.dockrelay.settings.AddressFormats.url;
import static io.dockrelay.settings.Formats.flag;
import static io.dockrelay.settings.Formats.integer;
import static io.dockrelay.settings.Formats.list;
import static io.dockrelay.settings.Formats.text;

/**
 * All settings of a relay. Immutable.
 *
 * @param pathPrefix of every path, such as {@code /dockrelay}; empty: none
 * @param controllers that uplinks connect to; empty if all controllers are on the bus
 */
public record RelaySettings(
        ListenAddress listen,
        String pathPrefix,
        List<ControllerAddress> controllers,
        AccessSettings access,
        Limits limits) {

    static final Key<String> BIND =
            Key.of("bind", "RELAY_BIND", host(), "The address that the port binds to; `0.0.0.0`: every network.");
    static final Key<Integer> PORT = Key.of("port", "PORT", port(), "The dashboard's port; 0: any free port.");
    static final Key<Optional<String>> PATH_PREFIX = Key.of(
            "pathPrefix",
            "RELAY_PATH_PREFIX",
            text("a path such as /dockrelay, without a slash at its end", "(/[A-Za-z0-9._~-]+)+")
                    .orEmpty(),
            "A prefix of every path, for a proxy that shares a host name; empty: none.");
    static final Key<List<URI>> CONTROLLER_WS = Key.of(
            "controllerWs",
            "CONTROLLER_WS",
            list(url("ws", "wss"), ","),
            "WebSocket URLs of the controllers to connect to; empty: see `localController`.");
    static final Key<List<URI>> CONTROLLER_API = Key.of(
            "controllerApi",
            "CONTROLLER_API",
            list(url("http", "https"), ","),
            "REST URLs of the same controllers, in the same order; empty: the same hosts at `controllerApiPort`.");
    static final Key<Integer> CONTROLLER_WS_PORT = Key.of(
            "controllerWsPort",
            "CONTROLLER_WS_PORT",
            port(),
            "The WebSocket port of a controller that is given by its REST URL only, or runs on this machine.");
    static final Key<Integer> CONTROLLER_API_PORT = Key.of(
            "controllerApiPort",
            "CONTROLLER_API_PORT",
            port(),
            "The REST port of a controller that is given by its WebSocket URL only, or runs on this machine.");
    /** The key that a launcher sets to false if it runs a controller in the same process. */
    public static final String LOCAL_CONTROLLER_KEY = "localController";

    static final Key<Boolean> LOCAL_CONTROLLER = Key.of(
            LOCAL_CONTROLLER_KEY,
            "RELAY_LOCAL_CONTROLLER",
            flag(),
            "Connect to the controller on this machine if no URL is given; never in one process with a controller or"
                    + " in a cluster.");
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

    public static final SettingsSchema SCHEMA = new SettingsSchema(
            "relay",
            List.of(
                    BIND,
                    PORT,
                    PATH_PREFIX,
                    CONTROLLER_WS,
                    CONTROLLER_API,
                    CONTROLLER_WS_PORT,
                    CONTROLLER_API_PORT,
                    LOCAL_CONTROLLER,
                    ALLOWED_HOSTS,
                    ALLOWED_ORIGINS,
                    MAX_CONNECTIONS,
                    MAX_SUBSCRIPTIONS,
                    MAX_LINES));

    public RelaySettings {
        controllers = List.copyOf(controllers);
    }

    /** Loads the settings of a verticle with this config; fails with {@link SettingsException}. */
    public static Future<RelaySettings> load(Vertx vertx, JsonObject config) {
        boolean onABus = vertx.isClustered();
        return new SettingsLoader(vertx).load(SCHEMA, config, reader -> read(reader, onABus));
    }

    /** @param clustered whether the controllers are on a clustered bus */
    static RelaySettings read(SettingsReader reader, boolean clustered) {
        return new RelaySettings(
                ListenAddress.read(reader, BIND, PORT),
                reader.get(PATH_PREFIX).orElse(""),
                ControllerAddresses.read(reader, clustered),
                AccessSettings.read(reader, ALLOWED_HOSTS, ALLOWED_ORIGINS),
                Limits.read(reader, MAX_CONNECTIONS, MAX_SUBSCRIPTIONS, MAX_LINES));
    }
}
