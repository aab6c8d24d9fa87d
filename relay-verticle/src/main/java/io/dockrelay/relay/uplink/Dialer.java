package io.dockrelay.relay.uplink;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.protocol.timers.RetryTimer;

/**
 * Keeps one connection to a controller: dials, and dials again by the backoff table for as long as it is not closed.
 * Owned by its {@link Uplink}, on its context.
 */
final class Dialer {

    private static final Logger log = LoggerFactory.getLogger(Dialer.class);

    /** What the uplink is told. */
    interface Events {

        /** An attempt begins. */
        void dialling(int attempt);

        /** A message of the open connection; the first one must be met by {@link Dialer#understood}. */
        void message(byte[] text);

        /** There is no connection; the next attempt comes after so many milliseconds. */
        void waiting(int attempt, long retryInMs);
    }

    private final Vertx vertx;
    private final URI uri;
    private final UplinkLimits limits;
    private final Events events;
    private final WebSocketClient client;
    private final RetryTimer retry;

    /** Null while there is none. */
    private Connection connection;

    private boolean closed;

    Dialer(Vertx vertx, URI uri, UplinkLimits limits, Events events) {
        this.vertx = vertx;
        this.uri = uri;
        this.limits = limits;
        this.events = events;
        retry = new RetryTimer(vertx);
        client = vertx.createWebSocketClient(new WebSocketClientOptions()
                .setConnectTimeout((int) limits.connect().toMillis())
                .setMaxFrameSize(limits.messageBytes())
                .setMaxMessageSize(limits.messageBytes()));
    }

    void dial() {
        log.info("[controller-ws] connecting to {} (attempt {})", uri, retry.attempts() + 1);
        events.dialling(retry.attempts());
        var options = new WebSocketConnectOptions()
                .setAbsoluteURI(uri.toString())
                // It is for web pages, and would be refused where a proxy changes Host.
                .setAllowOriginHeader(false)
                .setTimeout(limits.connect().toMillis());
        client.connect(options)
                .timeout(limits.connect().toMillis(), TimeUnit.MILLISECONDS)
                .onComplete(this::opened, this::notOpened);
    }

    /** The controller's first message was what it should be. */
    void understood() {
        if (connection != null) {
            connection.understood();
        }
    }

    /** Sends when there is a connection. */
    void send(String text) {
        if (connection != null) {
            connection.send(text);
        }
    }

    /** Gives this connection up; the next one follows by the table. */
    void drop(String why) {
        if (connection != null) {
            connection.drop(why);
        }
    }

    Future<Void> close() {
        closed = true;
        retry.cancel();
        drop("the relay stops");
        return client.close();
    }

    private void opened(WebSocket socket) {
        if (closed) {
            socket.close().onFailure(failure -> log.debug("closing a late connection failed", failure));
            return;
        }
        connection = new Connection(vertx, socket, limits, new Connection.Events() {
            @Override
            public void message(byte[] text) {
                events.message(text);
            }

            @Override
            public void ended(String why) {
                lost(why);
            }
        });
    }

    private void lost(String why) {
        retry.connectionLasted(Duration.ofNanos(connection.upNanos()));
        connection = null;
        if (!closed) {
            log.warn("[controller-ws] lost {}: {}", uri, why);
            dialLater();
        }
    }

    private void notOpened(Throwable failure) {
        if (!closed) {
            log.info("[controller-ws] not connected to {}: {}", uri, reason(failure));
            dialLater();
        }
    }

    private void dialLater() {
        retry.later(this::dial);
        long delay = retry.delay().toMillis();
        log.info("[controller-ws] next attempt at {} in {} ms (attempt {})", uri, delay, retry.attempts());
        events.waiting(retry.attempts(), delay);
    }

    private String reason(Throwable failure) {
        return switch (failure) {
            case UpgradeRejectedException refused -> "it refused the handshake with HTTP " + refused.getStatus();
            case TimeoutException late ->
                "no connection within " + limits.connect().toSeconds() + " s";
            default -> String.valueOf(failure.getMessage());
        };
    }
}
