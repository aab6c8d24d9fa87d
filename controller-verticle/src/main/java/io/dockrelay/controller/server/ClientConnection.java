package io.dockrelay.controller.server;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.dockrelay.listener.ClientSocket;
import io.dockrelay.listener.CloseCode;
import io.dockrelay.protocol.bus.ContainersChanged;
import io.dockrelay.protocol.bus.ContainersSnapshot;
import io.dockrelay.protocol.bus.EngineStatus;
import io.dockrelay.protocol.state.Change;
import io.dockrelay.protocol.state.ChangeReason;
import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.state.ContainerStatus;
import io.dockrelay.protocol.wire.ServerMessage;

/**
 * A client since its handshake. Until the initial state is sent, messages in both directions are held, so that the initial
 * state is the first message, and every change is in it or after it. Owned by the server, on its context.
 */
final class ClientConnection {

    private static final int PROTOCOL = 1;

    /** Characters that a client may send before it has the initial state. */
    private static final int MOST_HELD = 1024 * 1024;

    private final ClientSocket socket;
    private final ClientSession session;

    private boolean greeted;

    /** Containers that the initial state called unknown, because the engine was away, without a change since. */
    private final List<Container> unknown = new ArrayList<>();

    /** Whether the socket has closed: what it sent before must not be started any more. */
    private boolean ended;

    private final List<String> frames = new ArrayList<>();
    private int held;
    private final List<ContainersChanged> changes = new ArrayList<>();
    private final List<byte[]> messages = new ArrayList<>();

    ClientConnection(ClientSocket socket, ClientSession session) {
        this.socket = socket;
        this.session = session;
        socket.onMessage(this::received);
    }

    /**
     * Sends the initial state, then the messages that were held.
     *
     * @param features of this controller
     * @param labels of this controller
     * @param allow what it allows; null for everything
     */
    void greet(ContainersSnapshot snapshot, List<String> features, Map<String, String> labels, List<String> allow) {
        if (ended) {
            return;
        }
        session.send(new ServerMessage.InitialState(
                Instant.now(), snapshot.containers(), snapshot.controller(), PROTOCOL, features, labels, allow));
        if (snapshot.engine().message() != null) {
            session.send(engineState(snapshot.engine()));
        }
        if (!snapshot.engine().available()) {
            snapshot.containers().stream()
                    .filter(container -> container.status() == ContainerStatus.UNKNOWN)
                    .forEach(unknown::add);
        }
        greeted = true;
        changes.stream()
                .filter(change -> change.revision() > snapshot.revision())
                .forEach(change -> changed(change, StateMessages.of(change)));
        messages.forEach(session::send);
        frames.forEach(session::received);
        changes.clear();
        messages.clear();
        frames.clear();
    }

    /** No controller answers with its state. */
    void cannotGreet() {
        socket.close(CloseCode.GOING_AWAY);
    }

    /** @param encoded the same change as messages, encoded once for all clients */
    void changed(ContainersChanged change, List<byte[]> encoded) {
        if (greeted) {
            // An action says nothing about the state that the client does not know.
            change.changes().stream()
                    .filter(one -> one.reason() != ChangeReason.ACTION)
                    .forEach(one -> unknown.removeIf(one::concerns));
            encoded.forEach(session::send);
        } else {
            changes.add(change);
        }
    }

    /** The engine is back: containers that were unknown have a state again, even if nothing has changed. */
    void engineAvailable(ContainersSnapshot snapshot) {
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

    /** Sends any other message; the array is shared by all clients. */
    void send(byte[] message) {
        if (greeted) {
            session.send(message);
        } else {
            messages.add(message);
        }
    }

    void end() {
        ended = true;
        session.end();
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
        if (held > MOST_HELD) {
            socket.close(CloseCode.TOO_BIG);
        } else {
            frames.add(frame);
        }
    }
}
