package io.dockrelay.relay.uplink;

import java.util.List;
import java.util.function.Consumer;

import io.dockrelay.protocol.wire.BinaryFrames;
import io.dockrelay.protocol.wire.ClientMessage;
import io.dockrelay.protocol.wire.LineInflater;
import io.dockrelay.protocol.wire.ServerMessage.InitialState;
import io.dockrelay.protocol.wire.WireJson;

/**
 * The form of the lines on an uplink's connection: asks for binary messages where the controller has them, and reads them.
 * Owned by its {@link Uplink}, on its context.
 */
final class UplinkLines implements AutoCloseable {

    private final RequestedLines requested;
    private final Consumer<String> socket;
    private final LineInflater inflater = new LineInflater();

    /** What this connection has asked for; empty: lines come as text. */
    private List<String> asked = List.of();

    /** @param socket sends a message to the controller */
    UplinkLines(RequestedLines requested, Consumer<String> socket) {
        this.requested = requested;
        this.socket = socket;
    }

    /** Asks for the form of what is subscribed afterwards. */
    void greeted(InitialState state) {
        asked = requested.features(WireVersion.features(state.features()));
        if (!asked.isEmpty()) {
            socket.accept(WireJson.text(new ClientMessage.Hello(asked)));
        }
    }

    /** Whether the controller may send binary messages. */
    boolean areBinary() {
        return !asked.isEmpty();
    }

    /** @throws IllegalArgumentException when the message cannot be used; its text says why */
    BinaryFrames.Received read(byte[] message) {
        return BinaryFrames.read(message, asked.contains(BinaryFrames.COMPRESSION) ? inflater : null);
    }

    /** There is no connection. */
    void disconnected() {
        asked = List.of();
    }

    @Override
    public void close() {
        inflater.close();
    }
}
