package io.dockrelay.settings;

import java.net.URI;
import java.util.List;
import java.util.Optional;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

import static io.dockrelay.settings.Addresses.host;
import static io.dockrelay.settings.Addresses.origin;
import static io.dockrelay.settings.Addresses.port;
import static io.dockrelay.settings.Addresses.url;
import static io.dockrelay.settings.Formats.flag;
import static io.dockrelay.settings.Formats.integer;
import static io.dockrelay.settings.Formats.list;
import static io.dockrelay.settings.Formats.text;

/**
 * Everything that can be set about a relay. Immutable.
 *
 * @param pathPrefix before every path, such as {@code /dockrelay}; empty at the root
 * @param controllers whom uplinks dial; empty where controllers are on the bus
 */
public record RelaySettings(
        ListenAddress listen,
        String pathPrefix,
        List<ControllerAddress> controllers,
        DoorSettings door,
        Limits limits) {

    static final Key<String> BIND = Key.of(
            "bind", "RELAY_BIND", host(), "The address that the port is opened on; `0.0.0.0` for every network.");
    static final Key<Integer> PORT = Key.of("port", "PORT", port(), "The dashboard's port; 0: any free one.");
    static final Key<Optional<String>> PATH_PREFIX = Key.of(
            "pathPrefix",
            "RELAY_PATH_PREFIX",
            text("a path such as /dockrelay, without a slash at its end", "(/[A-Za-z0-9._~-]+)+")
                    .orEmpty(),
            "Put before every path, for a proxy that shares a host name; empty: at the root.");
    static final Key<List<URI>> CONTROLLER_WS = Key.of(
            "controllerWs",
            "CONTROLLER_WS",
            list(url("ws", "wss"), ","),
            "WebSocket URLs of the controllers to dial. Empty: see `localController`.");
    static final Key<List<URI>> CONTROLLER_API = Key.of(
            "controllerApi",
            "CONTROLLER_API",
            list(url("http", "https"), ","),
            "REST URLs of the same controllers in the same order; empty: the same hosts at `controllerApiPort`.");
    static final Key<Integer> CONTROLLER_WS_PORT = Key.of(
            "controllerWsPort",
            "CONTROLLER_WS_PORT",
            port(),
            "The WebSocket port of a controller that is known by its REST URL only, or is on this machine.");
    static final Key<Integer> CONTROLLER_API_PORT = Key.of(
            "controllerApiPort",
            "CONTROLLER_API_PORT",
            port(),
            "The REST port of a controller that is known by its WebSocket URL only, or is on this machine.");
    /** The key by which a launcher that has put a controller beside the relay says that none is to be dialled. */
    public static final String DIALS_THIS_MACHINE = "localController";

    static final Key<Boolean> LOCAL_CONTROLLER = Key.of(
            DIALS_THIS_MACHINE,
            "RELAY_LOCAL_CONTROLLER",
            flag(),
            "Dial the controller on this machine when no URL is given. In one process with a controller, or in a"
                    + " cluster, none is dialled.");
    static final Key<List<String>> ALLOWED_HOSTS = Key.of(
            "allowedHosts",
            "RELAY_ALLOWED_HOSTS",
            list(host(), ","),
            "Host names that requests may carry beside loopback names and IP addresses.");
    static final Key<List<String>> ALLOWED_ORIGINS = Key.of(
            "allowedOrigins",
            "RELAY_ALLOWED_ORIGINS",
            list(origin(), ","),
            "Origins of other web pages that may use this relay.");
    static final Key<Integer> MAX_CONNECTIONS =
            Key.of("maxConnections", "RELAY_MAX_CONNECTIONS", integer(1, 1_000_000), "Connections open at a time.");
    static final Key<Integer> MAX_SUBSCRIPTIONS = Key.of(
            "maxSubscriptions",
            "RELAY_MAX_SUBSCRIPTIONS",
            integer(1, 100_000),
            "Logs that one connection may follow at a time.");
    static final Key<Integer> MAX_LINES =
            Key.of("maxLines", "RELAY_MAX_LINES", integer(1, 1_000_000), "The most lines that a snapshot holds.");

    public static final Catalogue CATALOGUE = new Catalogue(
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

    /** The settings of a verticle with this config; fails with {@link WrongSettings}. */
    public static Future<RelaySettings> load(Vertx vertx, JsonObject config) {
        boolean onABus = vertx.isClustered();
        return new SettingsLoader(vertx).load(CATALOGUE, config, reader -> read(reader, onABus));
    }

    /** @param clustered whether the controllers are to be found on a clustered bus */
    static RelaySettings read(SettingsReader reader, boolean clustered) {
        return new RelaySettings(
                ListenAddress.read(reader, BIND, PORT),
                reader.get(PATH_PREFIX).orElse(""),
                ControllerAddresses.read(reader, clustered),
                DoorSettings.read(reader, ALLOWED_HOSTS, ALLOWED_ORIGINS),
                Limits.read(reader, MAX_CONNECTIONS, MAX_SUBSCRIPTIONS, MAX_LINES));
    }
}
