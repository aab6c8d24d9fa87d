package io.dockrelay.listener;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import io.vertx.core.Future;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.net.SocketAddress;

import io.dockrelay.listener.limits.ClientShare;
import io.dockrelay.protocol.rights.Principal;

/**
 * An accepted WebSocket for its session: complete text messages in, a bounded queue out, one close event. Created by
 * the listener, which monitors its liveness and closes it for a protocol violation. Used on the socket's context only;
 * ends with the socket.
 */
public final class ClientSocket {

    /** Bytes that one client may leave unread: a snapshot of 4 MiB, and the same again. */
    private static final long CAPACITY = 8L * 1024 * 1024;

    /** The same of messages of a dialect itself, which are short; one that is longer needs an empty queue. */
    private static final long DIALECT_CAPACITY = 64L * 1024;

    private final ServerWebSocket socket;
    private final Principal principal;
    private final OutboundSocket out;
    private final OutboundSocket dialectOut;
    private final MessageAssembly messages = new MessageAssembly();
    private Consumer<String> onMessage = text -> {};
    private Runnable onClose = () -> {};

    private Dialect dialect = Dialect.PLAIN;

    /** Null for a socket that the limits refuse. */
    private ClientShare share;

    /** Null until this side closes the socket; from then on, frames that still arrive are dropped. */
    private Future<Void> closing;

    /** Whether the session was informed of the end. */
    private boolean over;

    ClientSocket(ServerWebSocket socket, Principal principal) {
        this.socket = socket;
        this.principal = principal;
        this.out = new OutboundSocket(socket, CAPACITY);
        this.dialectOut = new OutboundSocket(socket, DIALECT_CAPACITY);
        socket.frameHandler(this::received);
        FrameGuard.guard(socket, this::close);
    }

    /** Counts what this socket uses, until it closes. */
    void shares(ClientShare counted) {
        share = counted;
    }

    /**
     * Why the client may not follow one more log, in view of what all connections of its address follow, and all clients.
     * The limit of one connection is its session's. Empty if it may.
     */
    public Optional<String> refusalOfOneMoreLog() {
        return share.refusalOfOneMore();
    }

    /** The session follows this number of logs now. */
    public void follows(int logs) {
        share.follows(logs);
    }

    /** The client speaks this; set it before the session asks for its sending side. */
    public void speak(Dialect spoken) {
        dialect = spoken;
    }

    /** Sends a message of the dialect itself, as it is. A client that reads too slowly is closed. */
    public void tell(byte[] frame) {
        if (!dialectOut.offer(frame)) {
            close(CloseCode.TOO_SLOW);
        }
    }

    /** Called per text message, in order. Set it before the listener's callback returns. */
    public void onMessage(Consumer<String> handler) {
        onMessage = handler;
    }

    /**
     * Adds a handler that is called once, when either side has closed the socket, the connection is lost, or the client reads
     * too slowly.
     */
    public void onClose(Runnable handler) {
        Runnable before = onClose;
        onClose = () -> {
            before.run();
            handler.run();
        };
    }

    /** The one who opened the socket. */
    public Principal principal() {
        return principal;
    }

    /** A header of the handshake; null when it is missing. */
    public String header(String name) {
        return socket.headers().get(name);
    }

    /** The sending side, with this socket's default capacity of 8 MiB. What is offered there is sent in no dialect. */
    public OutboundSocket out() {
        return out;
    }

    /** A sending side with another capacity in bytes; use it instead of {@link #out()}. */
    public OutboundSocket out(long capacity) {
        return out(() -> capacity);
    }

    /** The same with a capacity that changes. */
    public OutboundSocket out(LongSupplier capacity) {
        return new OutboundSocket(socket, capacity, dialect::sent);
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

    /**
     * Closes the socket, with the first code if it is called again. A session that reads too slowly ends at once; its socket
     * stays open for a while, so that the client may read up to the close code.
     */
    public void close(CloseCode code) {
        // The socket closes anyway: only the peer's answer can fail.
        closed(code).onFailure(gone -> {});
    }

    /** The same; completes when the socket is closed. */
    Future<Void> closed(CloseCode code) {
        if (closing == null) {
            closing = code.close(socket);
            if (code == CloseCode.TOO_SLOW) {
                end();
            }
        }
        return closing;
    }

    /** Two pings were not answered. The client cannot see pings that are after lines that it does not read. */
    void dead() {
        close(socket.writeQueueFull() ? CloseCode.TOO_SLOW : CloseCode.NO_PONG);
    }

    ServerWebSocket socket() {
        return socket;
    }

    /** The socket has closed. */
    void closed() {
        closing = closing == null ? Future.succeededFuture() : closing;
        end();
        if (share != null) {
            share.end();
        }
    }

    private void end() {
        if (!over) {
            over = true;
            onClose.run();
        }
    }

    private void received(WebSocketFrame frame) {
        if (closing != null) {
            return;
        }
        if (share != null && !share.countMessage()) {
            close(CloseCode.TOO_MANY_MESSAGES);
            return;
        }
        MessageAssembly.Outcome outcome = messages.take(frame);
        if (outcome.violation() != null) {
            close(outcome.violation());
        } else {
            outcome.text().ifPresent(text -> dialect.received(text).forEach(onMessage));
        }
    }
}
