package io.dockrelay.relay.dial;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.protocol.dial.DialMessage;
import io.dockrelay.protocol.dial.DialPaths;
import io.dockrelay.protocol.rights.Principal;
import io.dockrelay.protocol.timers.Periodic;
import io.dockrelay.relay.uplink.UplinkProxy;
import io.dockrelay.relay.uplink.UplinkTarget;
import io.dockrelay.settings.UplinkSettings;

/**
 * The controllers that dial in: one {@link DialledHost} and one uplink for each enrolment that holds. Owned by the relay's
 * verticle, on its context, from {@link #start} to {@link #close}.
 */
public final class DialledHosts {

    private static final short STOPPING = 1001;
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);
    private static final Logger log = LoggerFactory.getLogger(DialledHosts.class);

    /** The relay's uplinks. */
    public interface Links {

        /** Connects to this target until it is removed. */
        Future<Void> add(UplinkTarget target);

        Future<?> remove(String name);

        /** Tries again at once. */
        void retry(String name);
    }

    private final Vertx vertx;
    private final EnrolmentDesk desk;
    private final Links links;
    private final CopiedKeys copies;
    private final Map<String, DialledHost> hosts = new HashMap<>();
    private final Periodic contacts;
    private final TunnelProxy proxy;

    /** Completes when the last change has been made. */
    private Future<?> turn = Future.succeededFuture();

    private boolean closed;

    /** @param events takes what happens, for the record: the host, and a sentence */
    public DialledHosts(Vertx vertx, EnrolmentDesk desk, Links links, BiConsumer<String, String> events) {
        this.vertx = vertx;
        this.desk = desk;
        this.links = links;
        this.copies = new CopiedKeys(events);
        this.contacts = new Periodic(vertx);
        this.proxy = new TunnelProxy(vertx, this::named);
    }

    /** Listens for the uplinks of all enrolled controllers. */
    public Future<Void> start() {
        desk.onChange(this::changed);
        Duration often = desk.keyAge().compareTo(LONGEST_WAIT) < 0 ? desk.keyAge() : LONGEST_WAIT;
        contacts.start(often, this::tick);
        return settle();
    }

    /** What the controllers that have enrolled are called until they give an id. */
    public Set<String> placeholders() {
        return desk.hosts()
                .map(host -> target(host.hostName(), null).placeholder())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Completes when what has changed so far is done: a controller that has just enrolled can connect. */
    public Future<Void> settled() {
        return turn.transform(either -> Future.succeededFuture());
    }

    /** Why an enrolment needs the admin; empty if it does not. */
    public Optional<String> problem(String id) {
        return copies.problem(id);
    }

    /** Whether the controller of this enrolment is connected. */
    public boolean isThere(String id) {
        return Optional.ofNullable(hosts.get(id)).flatMap(DialledHost::control).isPresent();
    }

    /** A controller has opened a WebSocket, which {@link DialDoor} has admitted. */
    public void opened(ServerWebSocket socket, Principal controller) {
        String id = controller.name();
        DialledHost host = hosts.get(id);
        if (closed || host == null) {
            socket.close(STOPPING, "the relay is not ready").onFailure(gone -> {});
            return;
        }
        String key = DialDoor.key(socket.headers().getAll("Authorization")).orElseThrow();
        desk.used(key).onFailure(failed -> log.warn("[dial] {}: {}", host.name(), failed.getMessage()));
        String stream = parameter(socket, DialPaths.STREAM);
        if (stream != null) {
            host.stream(stream, socket);
        } else {
            controls(id, host, socket, controller.address());
        }
    }

    /** Completes when nothing listens any more. */
    public Future<Void> close() {
        closed = true;
        contacts.cancel();
        hosts.forEach((id, host) -> {
            host.control().ifPresent(there -> desk.seen(id));
            host.close(STOPPING, "the relay is stopping");
        });
        return proxy.close();
    }

    private void controls(String id, DialledHost host, ServerWebSocket socket, String address) {
        String instance = Optional.ofNullable(socket.headers().get(DialPaths.INSTANCE))
                .filter(text -> text.length() <= 64)
                .orElse("");
        Optional<ControlConnection> before =
                host.control().filter(there -> !there.instance().equals(instance));
        ControlConnection[] own = new ControlConnection[1];
        own[0] = new ControlConnection(vertx, socket, instance, () -> ended(id, host, own[0]));
        if (before.isEmpty()) {
            take(id, host, own[0], address);
            return;
        }
        // A controller that was started again leaves a connection behind that does not answer.
        before.get().answers().onSuccess(answers -> {
            if (answers && host.control().equals(before)) {
                copies.copied(id, host.name());
                own[0].close(DialPaths.COPIED, "another controller with this key is connected");
            } else if (!socket.isClosed()) {
                take(id, host, own[0], address);
            }
        });
    }

    private void take(String id, DialledHost host, ControlConnection control, String address) {
        if (closed || hosts.get(id) != host) {
            control.close(STOPPING, "the relay is not ready");
            return;
        }
        copies.connected(id, host.name(), control.instance());
        boolean returns = host.control().isEmpty();
        host.control(control);
        desk.seen(id);
        if (returns) {
            log.info("[dial] host {} has connected from {}", host.name(), address);
            links.retry(host.name());
        }
        offer(id, host);
    }

    private void ended(String id, DialledHost host, ControlConnection control) {
        if (host.ended(control)) {
            log.info("[dial] host {} has left", host.name());
            desk.seen(id);
        }
    }

    private void tick() {
        hosts.forEach((id, host) -> host.control().ifPresent(there -> {
            desk.seen(id);
            offer(id, host);
        }));
    }

    /** Gives the controller another key if its own is too old. */
    private void offer(String id, DialledHost host) {
        desk.replacement(id)
                .onSuccess(key -> key.ifPresent(secret ->
                        host.control().ifPresent(control -> control.send(new DialMessage.NewKey(secret.reveal())))))
                .onFailure(failed -> log.warn("[dial] {}: {}", host.name(), failed.getMessage()));
    }

    private void changed() {
        if (!closed) {
            settle().onFailure(failed -> log.error("[dial] a host could not be connected", failed));
        }
    }

    /** Makes the hosts what the enrolments are. */
    private Future<Void> settle() {
        turn = turn.transform(before -> {
            Future<Void> done = Future.succeededFuture();
            for (String id : List.copyOf(hosts.keySet())) {
                if (desk.host(id).isEmpty()) {
                    done = done.compose(next -> remove(id));
                }
            }
            for (Enrolment host : desk.hosts().toList()) {
                if (!hosts.containsKey(host.id())) {
                    done = done.compose(next -> add(host));
                }
            }
            return done;
        });
        return turn.mapEmpty();
    }

    private Future<Void> add(Enrolment enrolment) {
        if (closed) {
            return Future.succeededFuture();
        }
        String name = enrolment.hostName();
        hosts.put(enrolment.id(), new DialledHost(vertx, name));
        return proxy.open().compose(open -> links.add(target(name, open))).recover(failed -> {
            copies.unusable(enrolment.id(), "the host " + name + " cannot be used: " + failed.getMessage());
            return Future.succeededFuture();
        });
    }

    private Future<Void> remove(String id) {
        DialledHost gone = hosts.remove(id);
        copies.forget(id);
        log.info("[dial] host {} was revoked", gone.name());
        gone.revoked();
        return links.remove(gone.name()).mapEmpty();
    }

    /** The host that an uplink calls this; null for none. */
    private DialledHost named(String host) {
        return hosts.values().stream()
                .filter(each -> hostName(each.name()).equals(host))
                .findFirst()
                .orElse(null);
    }

    /** A loopback name, which a controller accepts in Host, and no other host of this relay has. */
    private static String hostName(String name) {
        return name + ".localhost";
    }

    /** @param proxy null while it is not open */
    private static UplinkTarget target(String name, UplinkProxy proxy) {
        String host = hostName(name);
        return new UplinkTarget(
                name,
                URI.create("ws://" + host + "/"),
                URI.create("http://" + host),
                Optional.of(UplinkSettings.NONE),
                Optional.ofNullable(proxy));
    }

    private static String parameter(ServerWebSocket socket, String name) {
        List<String> values = new QueryStringDecoder(socket.uri()).parameters().getOrDefault(name, List.of());
        return values.isEmpty() ? null : values.getFirst();
    }
}
