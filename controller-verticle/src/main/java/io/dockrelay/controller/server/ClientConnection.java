package io.dockrelay.controller.server;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.dockrelay.controller.inventory.PresenceAnnouncer;
import io.dockrelay.listener.ClientSocket;
import io.dockrelay.listener.CloseCode;
import io.dockrelay.protocol.bus.ContainersChanged;
import io.dockrelay.protocol.bus.ContainersSnapshot;
import io.dockrelay.protocol.bus.EngineStatus;
import io.dockrelay.protocol.state.Change;
import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.state.ContainerStatus;
import io.dockrelay.protocol.wire.ServerMessage;
import io.dockrelay.protocol.wire.WireJson;

/**
 * A client from its handshake on: until the initial state has gone out, what it sends and what it would be sent is
 * held, so that the initial state is the first message and every change is in it or after it. On the server's context.
 */
final class ClientConnection {

    private static final int PROTOCOL = 1;

    /** Characters that a client may send before it has been greeted. */
    private static final int HELD_AT_MOST = 1024 * 1024;

    private final ClientSocket socket;
    private final ClientSession session;

    private boolean greeted;

    /** What the initial state told as unknown, the engine being away, and nothing was told of since. */
    private final List<Container> unknown = new ArrayList<>();

    /** True once the socket has closed: what it sent before must not be begun any more. */
    private boolean ended;

    private final List<String> frames = new ArrayList<>();
    private int held;
    private final List<ContainersChanged> changes = new ArrayList<>();
    private final List<byte[]> news = new ArrayList<>();

    ClientConnection(ClientSocket socket, ClientSession session) {
        this.socket = socket;
        this.session = session;
        socket.onMessage(this::received);
    }

    /** Sends the initial state, then what was held. */
    void greet(ContainersSnapshot snapshot) {
        if (ended) {
            return;
        }
        session.send(new ServerMessage.InitialState(
                Instant.now(), snapshot.containers(), snapshot.controller(), PROTOCOL, PresenceAnnouncer.FEATURES));
        if (!snapshot.engine().available()) {
            session.send(engineState(snapshot.engine()));
            snapshot.containers().stream()
                    .filter(container -> container.status() == ContainerStatus.UNKNOWN)
                    .forEach(unknown::add);
        }
        greeted = true;
        changes.stream()
                .filter(change -> change.revision() > snapshot.revision())
                .forEach(change -> changed(change, WireJson.write(statusChange(change))));
        news.forEach(session::send);
        frames.forEach(session::received);
        changes.clear();
        news.clear();
        frames.clear();
    }

    /** There is nobody who could tell the state. */
    void cannotGreet() {
        socket.close(CloseCode.GOING_AWAY);
    }

    /** @param encoded the same as a message, for everybody once */
    void changed(ContainersChanged change, byte[] encoded) {
        if (greeted) {
            change.changes().forEach(known -> unknown.removeIf(known::concerns));
            session.send(encoded);
        } else {
            changes.add(change);
        }
    }

    /** The engine is back: what was told as unknown is something again, even where nothing has changed. */
    void engineAnswers(ContainersSnapshot snapshot) {
        List<Change> known = new ArrayList<>();
        for (Container before : unknown) {
            snapshot.containers().stream()
                    .filter(now ->
                            Objects.equals(now.id(), before.id()) && now.name().equals(before.name()))
                    .findFirst()
                    .ifPresent(now -> known.add(Change.of(before, now, null, null, snapshot.at())));
        }
        unknown.clear();
        if (!known.isEmpty()) {
            session.send(new ServerMessage.StatusChange(snapshot.at(), known));
        }
    }

    /** Anything else that everybody is told. */
    void told(byte[] message) {
        if (greeted) {
            session.send(message);
        } else {
            news.add(message);
        }
    }

    void end() {
        ended = true;
        session.end();
    }

    static ServerMessage statusChange(ContainersChanged change) {
        return new ServerMessage.StatusChange(change.at(), change.changes());
    }

    static ServerMessage engineState(EngineStatus status) {
        return new ServerMessage.EngineState(status.available(), status.since(), status.message(), status.controller());
    }

    private void received(String frame) {
        if (greeted) {
            session.received(frame);
            return;
        }
        held += frame.length();
        if (held > HELD_AT_MOST) {
            socket.close(CloseCode.TOO_BIG);
        } else {
            frames.add(frame);
        }
    }
}
