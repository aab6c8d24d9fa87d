package io.dockrelay.relay.uplink;

import java.net.URI;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.protocol.wire.BinaryFrames;
import io.dockrelay.protocol.wire.LogFrame;
import io.dockrelay.protocol.wire.LogFrames;
import io.dockrelay.protocol.wire.ServerMessage;
import io.dockrelay.protocol.wire.ServerMessage.InitialState;
import io.dockrelay.protocol.wire.WireJson;

/**
 * Reads what a controller sends, and gives it to the part of the {@link RemoteController} that it is for. All but the lines
 * of open tails has a budget: a controller that exceeds it is read slowly. A text that cannot be read is ignored. Owned by
 * its {@link Uplink}, on its context.
 */
final class UplinkMessages {

    private static final Logger log = LoggerFactory.getLogger(UplinkMessages.class);

    private final URI ws;
    private final Dialer dialer;
    private final UplinkLines lines;
    private final Supplier<RemoteController> represented;
    private final Consumer<InitialState> greeting;

    /** True from the greeting of a connection to its end. */
    private boolean connected;

    /** Whether this connection has logged a message that cannot be read. */
    private boolean badMessageSeen;

    /** Of this connection. */
    private StateBudget budget = new StateBudget();

    /** Whether this connection has logged that it is read slowly. */
    private boolean slowed;

    /**
     * @param represented the controller that the uplink represents; called only while it is connected
     * @param greeting takes each {@code initial_state}
     */
    UplinkMessages(
            URI ws,
            Dialer dialer,
            UplinkLines lines,
            Supplier<RemoteController> represented,
            Consumer<InitialState> greeting) {
        this.ws = ws;
        this.dialer = dialer;
        this.lines = lines;
        this.represented = represented;
        this.greeting = greeting;
    }

    /** What follows is from the controller that the uplink represents. */
    void connected() {
        connected = true;
    }

    /** There is no connection. */
    void disconnected() {
        connected = false;
        badMessageSeen = false;
        budget = new StateBudget();
        slowed = false;
        lines.disconnected();
    }

    void text(byte[] text) {
        guarded(() -> {
            LogFrame frame = connected ? LogFrames.read(text) : null;
            if (frame == null) {
                charge(text.length);
                received(text);
            } else {
                give(frame, text.length);
            }
        });
    }

    /** One that cannot be used ends the connection: what would follow it may be wrong as well. */
    void binary(byte[] message) {
        if (!connected || !lines.areBinary()) {
            charge(message.length);
            unreadable(new IllegalArgumentException("it is binary, which was not requested"));
            return;
        }
        BinaryFrames.Received received;
        try {
            received = lines.read(message);
        } catch (IllegalArgumentException wrong) {
            dialer.drop("controller " + controller().id() + " sent a binary message that cannot be used: "
                    + wrong.getMessage());
            return;
        }
        guarded(() -> give(received.frame(), received.credit()));
    }

    /** A message that cannot be read or used is logged once per connection. */
    void guarded(Runnable reading) {
        try {
            reading.run();
        } catch (RuntimeException e) {
            unreadable(e);
        }
    }

    private RemoteController controller() {
        return represented.get();
    }

    /** @param size what it counts against credit, in bytes */
    private void give(LogFrame frame, int size) {
        if (!controller().tails().messages().frame(frame, size)) {
            charge(size);
        }
    }

    private void charge(int size) {
        long pause = budget.read(size, System.nanoTime());
        if (pause > 0) {
            dialer.pause(pause);
            if (!slowed) {
                slowed = true;
                log.warn("[controller-ws] {} sends more than the relay accepts: it is read slowly", ws);
            }
        }
    }

    private void received(byte[] text) {
        ServerMessage message = WireJson.read(text, ServerMessage.class);
        if (message instanceof InitialState state) {
            greeting.accept(state);
        } else if (connected) {
            received(message, text.length);
        } else {
            dialer.drop(unexpected(message));
        }
    }

    private static String unexpected(ServerMessage first) {
        String peer = first instanceof ServerMessage.ContainerUpdate
                ? "a relay answers there, and no controller"
                : "its first message is not initial_state";
        return peer + "; " + ConnectionFailures.SET_WEB_SOCKET_PORT;
    }

    /** @param size of the message's text, in bytes */
    private void received(ServerMessage message, int size) {
        switch (message) {
            case ServerMessage.StatusChange change -> controller().inventory().changed(change.changes());
            case ServerMessage.ActionChange change -> controller().inventory().changed(change.changes());
            case ServerMessage.LogState state -> controller().tails().messages().state(state, size);
            case ServerMessage.LogGap gap -> controller().tails().messages().gap(gap, size);
            case ServerMessage.Action action -> controller().action(action);
            case ServerMessage.EngineState engine ->
                controller().inventory().engine(engine.available(), engine.since(), engine.message());
            case ServerMessage.Stats stats -> controller().stats().received(stats);
            case ServerMessage.Pong pong -> controller().clock().received(pong);
            case ServerMessage.Failure failure -> failed(failure);
            default -> log.trace("a {} is not for an uplink", message.getClass().getSimpleName());
        }
    }

    private void failed(ServerMessage.Failure failure) {
        if (!controller().tails().failed(failure)) {
            log.warn("[controller-ws] controller {} answered: {}", controller().id(), failure.message());
        }
    }

    private void unreadable(RuntimeException failure) {
        if (!badMessageSeen) {
            badMessageSeen = true;
            log.warn("[controller-ws] a message from {} cannot be read and is ignored: {}", ws, failure.getMessage());
        }
    }
}
