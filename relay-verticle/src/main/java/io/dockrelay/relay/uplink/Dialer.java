package io.dockrelay.relay.uplink;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.protocol.timers.RetryTimer;

/**
 * Keeps one connection to a controller: connects, and after a failure or a lost connection connects again with a backoff.
 * Owned by its {@link Uplink}, on its context; ends with {@link #close}.
 */
final class Dialer implements ControllerSocket {

    private static final Logger log = LoggerFactory.getLogger(Dialer.class);

    /** The owner's side. */
    interface Events {

        /**
         * An attempt begins.
         *
         * @param attempt attempts since the last stable connection; 0 for the first one
         */
        void dialling(int attempt);

        /** A message of the open connection; after a valid first one the owner calls {@link Dialer#greeted}. */
        void message(byte[] text);

        /** A binary message of the open connection. */
        void binary(byte[] message);

        /** The other end has answered a ping. */
        void alive();

        /**
         * There is no connection.
         *
         * @param retryInMs milliseconds until the next attempt
         * @param why a sentence for people
         * @param answered whether the other end has answered, even if only by a refusal
         */
        void waiting(int attempt, long retryInMs, String why, boolean answered);
    }

    private final Vertx vertx;
    private final URI uri;
    private final UplinkLimits limits;
    private final UplinkAccess access;
    private final Events events;
    private final WebSocketClient client;
    private final RetryTimer retry;

    /** Null while there is none. */
    private Connection connection;

    /** Why a connection was last refused, or lost before its first valid message; null when it was not. */
    private String refusedFor;

    private boolean closed;

    Dialer(Vertx vertx, URI uri, UplinkLimits limits, UplinkAccess access, Events events) {
        this.vertx = vertx;
        this.uri = uri;
        this.limits = limits;
        this.access = access;
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
                // Only web pages need it, and the controller would refuse it if a proxy changes Host.
                .setAllowOriginHeader(false)
                .setTimeout(limits.connect().toMillis());
        client.connect(access.to(uri, options))
                .timeout(limits.connect().toMillis(), TimeUnit.MILLISECONDS)
                .onComplete(this::opened, this::notOpened);
    }

    /** Does not wait any longer for the next attempt. */
    void retryNow() {
        retry.now();
    }

    /** The controller's first message is a valid {@code initial_state}. */
    void greeted() {
        refusedFor = null;
        if (connection != null) {
            connection.greeted();
        }
    }

    /** Reads no further message of this connection before this step, which follows the future, which may fail. */
    void hold(Future<?> first, Runnable step) {
        if (connection != null) {
            connection.hold(first, step);
        }
    }

    /** Reads no further message of this connection for this time. */
    void pause(long millis) {
        if (connection != null) {
            connection.pause(millis);
        }
    }

    @Override
    public void send(String text) {
        if (connection != null) {
            connection.send(text);
        }
    }

    @Override
    public void drop(String why) {
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
            public void binary(byte[] message) {
                events.binary(message);
            }

            @Override
            public void alive() {
                events.alive();
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
            warnOnce(why);
            dialLater(why, true);
        }
    }

    private void notOpened(Throwable failure) {
        if (!closed) {
            String why = reason(failure);
            if (ConnectionFailures.isOfSettings(failure) && !why.equals(refusedFor)) {
                log.warn("[controller-ws] not connected to {}: {}", uri, why);
                refusedFor = why;
            } else {
                log.info("[controller-ws] not connected to {}: {}", uri, why);
            }
            dialLater(why, ConnectionFailures.isAnswer(failure));
        }
    }

    /** What the next attempts find again is a setting to change, and not an event. */
    private void warnOnce(String why) {
        if (why.equals(refusedFor)) {
            log.info("[controller-ws] lost {} as before", uri);
        } else {
            log.warn("[controller-ws] lost {}: {}", uri, why);
        }
        refusedFor = why;
    }

    private void dialLater(String why, boolean answered) {
        retry.later(this::dial);
        long delay = retry.delay().toMillis();
        log.info("[controller-ws] next attempt at {} in {} ms (attempt {})", uri, delay, retry.attempts());
        events.waiting(retry.attempts(), delay, why, answered);
    }

    private String reason(Throwable failure) {
        return switch (failure) {
            case TimeoutException late ->
                "no connection within " + limits.connect().toSeconds() + " s";
            case Throwable closed when ConnectionFailures.isClosed(closed) -> ConnectionFailures.why(closed) + hint();
            default -> ConnectionFailures.why(failure);
        };
    }

    /** What closes a connection without a reason that this end can see. */
    private String hint() {
        if (uri.getScheme().equalsIgnoreCase("ws")) {
            return "; if it uses TLS, write wss:// in place of ws://";
        }
        return access.hasCertificate()
                ? "; check that controllerCert (RELAY_CONTROLLER_CERT) is valid, and of one of its tlsClientCa"
                        + " (CONTROLLER_TLS_CLIENT_CA)"
                : "";
    }
}
