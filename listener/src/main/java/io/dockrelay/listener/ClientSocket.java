package io.dockrelay.listener;

import java.util.function.Consumer;
import java.util.function.LongSupplier;

import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.net.SocketAddress;

/**
 * An accepted WebSocket for its session: complete text messages in, a bounded queue out, one close event. Created by
 * the listener, which monitors its liveness and closes it for a protocol violation. Used on the socket's context only;
 * ends with the socket.
 */
public final class ClientSocket {

    /** Bytes that one client may leave unread: a snapshot of 4 MiB, and the same again. */
    private static final long CAPACITY = 8L * 1024 * 1024;

    private final ServerWebSocket socket;
    private final OutboundSocket out;
    private final MessageAssembly messages = new MessageAssembly();
    private Consumer<String> onMessage = text -> {};
    private Runnable onClose = () -> {};

    /** True once this side has closed the socket: frames that still arrive are dropped. */
    private boolean closing;

    ClientSocket(ServerWebSocket socket) {
        this.socket = socket;
        this.out = new OutboundSocket(socket, CAPACITY);
        socket.frameHandler(this::received);
        FrameGuard.guard(socket, this::close);
    }

    /** Called per text message, in order. Set it before the listener's callback returns. */
    public void onMessage(Consumer<String> handler) {
        onMessage = handler;
    }

    /** Called once, when either side has closed the socket or the connection is lost. */
    public void onClose(Runnable handler) {
        onClose = handler;
    }

    /** The sending side, with this socket's default capacity of 8 MiB. */
    public OutboundSocket out() {
        return out;
    }

    /** A sending side with another capacity in bytes; use it instead of {@link #out()}. */
    public OutboundSocket out(long capacity) {
        return new OutboundSocket(socket, capacity);
    }

    /** The same with a capacity that changes. */
    public OutboundSocket out(LongSupplier capacity) {
        return new OutboundSocket(socket, capacity);
    }

    public String path() {
        return socket.path();
    }

    /** Null when there is none. */
    public String query() {
        return socket.query();
    }

    public SocketAddress remote() {
        return socket.remoteAddress();
    }

    public boolean isClosed() {
        return socket.isClosed();
    }

    public void close(CloseCode code) {
        if (closing) {
            return;
        }
        closing = true;
        // The socket closes anyway: only the peer's answer can fail.
        code.close(socket).onFailure(gone -> {});
    }

    ServerWebSocket socket() {
        return socket;
    }

    void closed() {
        closing = true;
        onClose.run();
    }

    private void received(WebSocketFrame frame) {
        if (closing) {
            return;
        }
        MessageAssembly.Outcome outcome = messages.take(frame);
        if (outcome.violation() != null) {
            close(outcome.violation());
        } else {
            outcome.text().ifPresent(onMessage);
        }
    }
}
