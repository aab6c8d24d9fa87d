package io.dockrelay.listener;

import java.util.function.Consumer;
import java.util.function.LongSupplier;

import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.net.SocketAddress;

/**
 * An accepted WebSocket as its session sees it: whole text messages in, a bounded queue out, one end. Made by the
 * listener, which watches its liveness and closes it for what no client may send; used on the socket's context only.
 */
public final class ClientSocket {

    /** What one client may leave unread: a snapshot of 4 MiB and as much again. */
    private static final long CAPACITY = 8L * 1024 * 1024;

    private final ServerWebSocket socket;
    private final OutboundSocket out;
    private final MessageAssembly messages = new MessageAssembly();
    private Consumer<String> onMessage = text -> {};
    private Runnable onClose = () -> {};

    /** True once we have closed it: nothing that still arrives is handed on. */
    private boolean closing;

    ClientSocket(ServerWebSocket socket) {
        this.socket = socket;
        this.out = new OutboundSocket(socket, CAPACITY);
        socket.frameHandler(this::received);
        FrameGuard.guard(socket, this::close);
    }

    /** Each text message, in order; set it before returning from the listener's callback. */
    public void onMessage(Consumer<String> handler) {
        onMessage = handler;
    }

    /** Called once, when the socket is closed by either side or has died. */
    public void onClose(Runnable handler) {
        onClose = handler;
    }

    /** The sending side, with this socket's default capacity of 8 MiB. */
    public OutboundSocket out() {
        return out;
    }

    /** A sending side with another capacity in bytes, to be used in place of {@link #out()}. */
    public OutboundSocket out(long capacity) {
        return new OutboundSocket(socket, capacity);
    }

    /** The same where the capacity changes. */
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
        // It closes anyway: what fails is only the other end's answer.
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
