package io.dockrelay.relay.dial;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.NetSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.listener.tunnel.Splice;
import io.dockrelay.protocol.dial.DialMessage;
import io.dockrelay.protocol.dial.DialPaths;
import io.dockrelay.protocol.timers.Timeout;
import io.dockrelay.protocol.wire.ErrorBody;
import io.dockrelay.protocol.wire.WireJson;

/**
 * One enrolled controller: for each connection of its uplink a tunnelled one, which the controller opens when it is asked to.
 * Owned by {@link DialledHosts}, on its context; ends with {@link #close}.
 */
final class DialledHost {

    /** An uplink needs at most 81. */
    private static final int MOST = 128;

    /** From the question to the tunnelled connection. */
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(10);

    private static final int ID_BYTES = 16;
    private static final short UNKNOWN_STREAM = 4404;
    private static final short GOING_AWAY = 1001;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Logger log = LoggerFactory.getLogger(DialledHost.class);

    private record Waiting(NetSocket plain, Timeout timeout) {}

    private final Vertx vertx;
    private final String name;
    private final Map<String, Waiting> waiting = new HashMap<>();
    private final Set<Splice> open = new HashSet<>();

    /** Null while the controller is away. */
    private ControlConnection control;

    /** True from {@link #close} on. */
    private boolean closed;

    DialledHost(Vertx vertx, String name) {
        this.vertx = vertx;
        this.name = name;
    }

    String name() {
        return name;
    }

    Optional<ControlConnection> control() {
        return Optional.ofNullable(control);
    }

    /** The controller has this control connection from now on. */
    void control(ControlConnection now) {
        ControlConnection before = control;
        control = now;
        if (before != null) {
            before.close(GOING_AWAY, "another connection of this controller is used");
        }
    }

    /** A control connection has ended; returns whether the controller is away now. */
    boolean ended(ControlConnection gone) {
        if (control != gone) {
            return false;
        }
        control = null;
        List.copyOf(waiting.keySet()).forEach(this::giveUp);
        return true;
    }

    /** The controller has opened a tunnelled connection. */
    void stream(String id, ServerWebSocket socket) {
        Waiting asked = waiting.remove(id);
        if (asked == null) {
            // Too late, or never asked for.
            socket.close(UNKNOWN_STREAM, "nothing waits for this connection").onFailure(gone -> {});
            return;
        }
        asked.timeout().cancel();
        var splice = new Splice[1];
        splice[0] = Splice.join(vertx, asked.plain(), socket, () -> open.remove(splice[0]));
        open.add(splice[0]);
    }

    /** @param code of the close frame of the control connection */
    void close(short code, String reason) {
        closed = true;
        List.copyOf(waiting.keySet()).forEach(this::giveUp);
        List.copyOf(open).forEach(Splice::close);
        if (control != null) {
            control.close(code, reason);
        }
    }

    /** The relay does not accept its key any more. */
    void revoked() {
        close(DialPaths.REVOKED, "the enrolment was revoked");
    }

    /** Its uplink connects to this interface; nothing has been read of what follows. */
    void accept(NetSocket socket, DialMessage.Interface to) {
        if (closed || waiting.size() + open.size() >= MOST) {
            drop(socket);
        } else if (control == null) {
            refuse(socket);
        } else {
            ask(socket, to);
        }
    }

    private void ask(NetSocket socket, DialMessage.Interface to) {
        socket.pause();
        byte[] random = new byte[ID_BYTES];
        RANDOM.nextBytes(random);
        String id = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        var timeout = new Timeout(vertx);
        waiting.put(id, new Waiting(socket, timeout));
        timeout.start(ANSWERS_WITHIN, () -> giveUp(id));
        socket.closeHandler(gone -> giveUp(id));
        control.send(new DialMessage.Open(id, to));
    }

    private void giveUp(String id) {
        Waiting asked = waiting.remove(id);
        if (asked != null) {
            asked.timeout().cancel();
            drop(asked.plain());
        }
    }

    /** An answer that its uplink understands, to whatever it asks. */
    private void refuse(NetSocket socket) {
        byte[] body = WireJson.write(new ErrorBody("the controller has not connected to this relay", null));
        Buffer answer = Buffer.buffer("HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json\r\n"
                        + "Connection: close\r\nContent-Length: " + body.length + "\r\n\r\n")
                .appendBytes(body);
        socket.handler(asked -> {
            socket.handler(more -> {});
            socket.end(answer).onFailure(gone -> log.trace("[dial] the uplink has gone"));
        });
    }

    private static void drop(NetSocket socket) {
        socket.close().onFailure(gone -> log.trace("[dial] closed already"));
    }
}
