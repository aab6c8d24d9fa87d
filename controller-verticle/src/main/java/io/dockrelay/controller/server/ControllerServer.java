package io.dockrelay.controller.server;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.controller.inventory.PresenceAnnouncer;
import io.dockrelay.listener.ClientSocket;
import io.dockrelay.listener.HttpListener;
import io.dockrelay.listener.stats.StatsSubscriptions;
import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.ContainerListReplica;
import io.dockrelay.protocol.bus.ContainersChanged;
import io.dockrelay.protocol.bus.EngineStatus;
import io.dockrelay.protocol.bus.Registration;
import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.stats.ContainerStats;
import io.dockrelay.protocol.wire.LineDeflater;
import io.dockrelay.protocol.wire.ServerMessage;
import io.dockrelay.protocol.wire.WireJson;
import io.dockrelay.settings.ControllerSettings;
import io.dockrelay.settings.ListenAddress;

/**
 * Serves one controller to programs that are not on the bus: REST and WebSockets, each on its own port. Deployed by the
 * controller after the verticles that it asks, undeployed before them, on its own event loop.
 */
public final class ControllerServer extends VerticleBase {

    private static final Logger log = LoggerFactory.getLogger(ControllerServer.class);

    /** Programs of version 1 connect to the root; some reverse proxies keep a path. */
    private static final Set<String> SOCKET_PATHS = Set.of("/", "/ws");

    private final ControllerSettings settings;
    private final List<String> features;
    private final List<String> allow;
    private final Optional<TunnelSockets> tunnel;
    private final Set<ClientConnection> clients = new HashSet<>();

    /** Of all clients, which are on one thread. */
    private final LineDeflater deflater = new LineDeflater();

    private Bus bus;
    private ContainerListReplica containers;
    private StatsSubscriptions stats;
    private List<Registration> registrations = List.of();
    private HttpListener api;
    private HttpListener sockets;
    private List<HttpListener> tunnelled = List.of();
    private int apiPort;
    private int wsPort;

    public ControllerServer(ControllerSettings settings) {
        this(settings, Optional.empty());
    }

    /** @param tunnel where the relay's tunnelled connections arrive, besides the ports; empty: nowhere */
    public ControllerServer(ControllerSettings settings, Optional<TunnelSockets> tunnel) {
        this.settings = settings;
        this.tunnel = tunnel;
        this.features = PresenceAnnouncer.features(settings);
        this.allow = PresenceAnnouncer.allow(settings);
    }

    @Override
    public Future<?> start() {
        bus = Bus.of(vertx);
        containers = new ContainerListReplica(vertx, bus, settings.id(), list -> {});
        stats = new StatsSubscriptions(vertx, bus, this::fullName);
        stats.controllers(List.of(settings.id()));
        var routes = new ControllerRoutes(bus, settings.id()).router(vertx);
        api = listener(settings.api()).requests(routes).health(Set.of(ControllerRoutes.HEALTH));
        tunnelled = tunnel.map(there -> List.of(
                        tunnelled(there, there.api()).requests(routes),
                        tunnelled(there, there.ws()).webSockets(SOCKET_PATHS, this::connected)))
                .orElse(List.of());
        sockets = listener(settings.ws()).webSockets(SOCKET_PATHS, this::connected);
        return containers
                .start()
                .compose(replicated -> subscribe())
                .compose(subscribed -> containers.whenKnown())
                .compose(known -> api.open().onSuccess(port -> apiPort = port))
                .compose(opened -> sockets.open().onSuccess(port -> wsPort = port))
                .compose(opened ->
                        Future.all(tunnelled.stream().map(HttpListener::open).toList()));
    }

    private HttpListener listener(ListenAddress address) {
        var listener = new HttpListener(vertx, address, settings.access(), settings.limits())
                .signIn(new DoorCheck(settings.door(), settings.access()));
        return settings.door().tls().map(listener::tls).orElse(listener);
    }

    private HttpListener tunnelled(TunnelSockets there, Path socket) {
        return new HttpListener(vertx, settings.api(), settings.access(), settings.limits())
                .signIn(new TunnelDoor(there.relay()))
                .socket(socket);
    }

    @Override
    public Future<?> stop() {
        return Future.join(Stream.concat(Stream.of(api, sockets), tunnelled.stream())
                        .map(HttpListener::close)
                        .toList())
                .transform(closed -> Future.join(
                        registrations.stream().map(Registration::close).toList()))
                .transform(closed -> containers.close())
                .onComplete(closed -> {
                    clients.forEach(ClientConnection::end);
                    stats.close();
                    deflater.close();
                });
    }

    /** The port of the REST interface; 0 before it is open. */
    public int apiPort() {
        return apiPort;
    }

    /** The port of the WebSockets; 0 before it is open. */
    public int wsPort() {
        return wsPort;
    }

    /** Sockets that are open. */
    int clientCount() {
        return clients.size();
    }

    private Future<?> subscribe() {
        registrations = List.of(
                bus.subscribe(Addresses.CONTAINERS_CHANGED, this::changed),
                bus.subscribe(Addresses.ENGINE_STATUS, status -> {
                    if (isOurs(status.controller())) {
                        engineChanged(status);
                    }
                }),
                bus.subscribe(Addresses.ACTIONS, action -> {
                    if (isOurs(action.controller())) {
                        send(action);
                    }
                }));
        return Future.all(registrations.stream().map(Registration::ready).toList());
    }

    private void connected(ClientSocket socket) {
        var session =
                new ClientSession(vertx, bus, settings.id(), settings.limits(), containers, stats, deflater, socket);
        var client = new ClientConnection(socket, session);
        clients.add(client);
        socket.onClose(() -> {
            clients.remove(client);
            client.end();
        });
        containers
                .ask(true)
                .onSuccess(list -> client.greet(list, features, settings.labels(), allow))
                .onFailure(failure -> {
                    log.warn("[ws] no initial state for {}: {}", socket.remote(), failure.getMessage());
                    client.cannotGreet();
                });
    }

    private void changed(ContainersChanged change) {
        if (!isOurs(change.controller())) {
            return;
        }
        List<byte[]> encoded = StateMessages.of(change);
        List.copyOf(clients).forEach(client -> client.changed(change, encoded));
    }

    private void engineChanged(EngineStatus status) {
        send(ClientConnection.engineState(status));
        if (status.available()) {
            containers
                    .ask(false)
                    .onSuccess(snapshot -> List.copyOf(clients).forEach(client -> client.engineAvailable(snapshot)))
                    .onFailure(failure -> log.debug("no list for clients with unknown containers", failure));
        }
    }

    private void send(ServerMessage message) {
        byte[] encoded = WireJson.write(message);
        List.copyOf(clients).forEach(client -> client.send(encoded));
    }

    private boolean isOurs(String controller) {
        return settings.id().equals(controller);
    }

    /** Null when no container has that name. */
    private String fullName(ContainerStats item) {
        return containers.list().find(item.container()).map(Container::fullName).orElse(null);
    }
}
