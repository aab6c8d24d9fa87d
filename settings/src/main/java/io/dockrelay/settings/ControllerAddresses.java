package io.dockrelay.settings;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import static io.dockrelay.settings.AddressFormats.port;
import static io.dockrelay.settings.AddressFormats.url;
import static io.dockrelay.settings.Formats.flag;
import static io.dockrelay.settings.Formats.list;

/** The controllers that a relay connects to, from two lists of URLs of which either may be empty. Pure. */
final class ControllerAddresses {

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
    static final String LOCAL_CONTROLLER_KEY = "localController";

    static final Key<Boolean> LOCAL_CONTROLLER = Key.of(
            LOCAL_CONTROLLER_KEY,
            "RELAY_LOCAL_CONTROLLER",
            flag(),
            "Connect to the controller on this machine if no URL and no `hostsFile` is given; never in one process with a controller or"
                    + " in a cluster.");

    static final Key<Optional<Path>> HOSTS_FILE = Key.of(
            "hostsFile",
            "RELAY_HOSTS_FILE",
            Formats.file().orEmpty(),
            "A file of hosts to connect to, read again when it changes; empty: none.");

    private ControllerAddresses() {}

    static List<ControllerAddress> read(SettingsReader reader, boolean clustered) {
        List<URI> ws = reader.get(CONTROLLER_WS);
        List<URI> api = reader.get(CONTROLLER_API);
        int wsPort = reader.get(CONTROLLER_WS_PORT);
        int apiPort = reader.get(CONTROLLER_API_PORT);
        boolean elsewhere = clustered || reader.get(HOSTS_FILE).isPresent();
        boolean local = reader.get(LOCAL_CONTROLLER) && !elsewhere;
        if (ws.isEmpty() && api.isEmpty()) {
            return local ? List.of(onThisMachine(reader, wsPort, apiPort)) : List.of();
        }
        if (ws.isEmpty()) {
            return api.stream()
                    .map(uri -> new ControllerAddress(sibling(uri, "ws", wsPort), uri))
                    .toList();
        }
        if (api.isEmpty()) {
            return ws.stream()
                    .map(uri -> new ControllerAddress(uri, sibling(uri, "http", apiPort)))
                    .toList();
        }
        return paired(reader, ws, api);
    }

    private static ControllerAddress onThisMachine(SettingsReader reader, int wsPort, int apiPort) {
        if (wsPort == 0) {
            reader.wrong(CONTROLLER_WS_PORT, "the port of a controller on this machine must be known");
        }
        if (apiPort == 0) {
            reader.wrong(CONTROLLER_API_PORT, "the port of a controller on this machine must be known");
        }
        return new ControllerAddress(URI.create("ws://localhost:" + wsPort), URI.create("http://localhost:" + apiPort));
    }

    private static List<ControllerAddress> paired(SettingsReader reader, List<URI> ws, List<URI> api) {
        if (ws.size() != api.size()) {
            reader.wrong(
                    CONTROLLER_API,
                    "it must list one URL for each of the " + ws.size() + " in " + CONTROLLER_WS.title()
                            + ", or none at all");
            return List.of();
        }
        return IntStream.range(0, ws.size())
                .mapToObj(i -> new ControllerAddress(ws.get(i), api.get(i)))
                .toList();
    }

    /** The other interface of the same host; with TLS if the known one has it. */
    static URI sibling(URI known, String scheme, int port) {
        boolean tls = known.getScheme().equals("wss") || known.getScheme().equals("https");
        return URI.create(scheme + (tls ? "s" : "") + "://" + known.getHost() + ":" + port);
    }
}
