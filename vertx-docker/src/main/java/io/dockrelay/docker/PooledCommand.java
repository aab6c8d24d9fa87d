package io.dockrelay.docker;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import com.github.dockerjava.transport.DockerHttpClient.Request;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;

/**
 * A short command, on a connection of the pool, which the next command uses again. Runs on the calling thread; the
 * connection's callbacks run on an event loop of their own.
 */
final class PooledCommand implements RunningCommand, CommandBody.Owner {

    /** Bytes that may be discarded to keep the connection; with more left, closing it is cheaper. */
    private static final int WORTH_DRAINING = 64 * 1024;

    /** Buffers (of 8 KiB) that may wait for the reading thread: the whole response of nearly every short command. */
    private static final int BUFFERS_AHEAD = 1024;

    private static final Deadline DRAINING = new Deadline(Duration.ofSeconds(1));

    private final Connections connections;
    private final Patience patience;
    private final Set<RunningCommand> open;

    /** Completes when the whole response has arrived, or the connection broke. */
    private final Promise<Void> drained = Promise.promise();

    /** On the event loop: bytes that arrived after the body was closed. */
    private int discarded;

    // Guarded by this.

    /** Null until there is a connection. */
    private HttpClientRequest sent;

    /** Null until the head of the response has arrived. */
    private HttpClientResponse received;

    private boolean cancelled;

    /** @param open where the command removes itself at its end */
    PooledCommand(Connections connections, Patience patience, Set<RunningCommand> open) {
        this.connections = connections;
        this.patience = patience;
        this.open = open;
    }

    @Override
    public CommandAnswer run(Request request, String uri) {
        HttpMethod method = HttpMethod.valueOf(request.method());
        HttpClientRequest http = patience.await(
                connections.loop().run(() -> connections.command(method, uri).map(this::connected)));
        request.headers().forEach(http::putHeader);
        Future<CommandAnswer> answer = http.response().map(this::answered);
        send(request, http);
        return patience.await(answer);
    }

    @Override
    public void cancel() {
        HttpClientRequest http;
        synchronized (this) {
            cancelled = true;
            http = sent;
        }
        if (http != null) {
            http.reset().onFailure(alreadyOver -> ended());
        }
    }

    @Override
    public void ended() {
        open.remove(this);
    }

    /** Returns the connection to the pool if the rest is short, which is usual; closes the connection otherwise. */
    @Override
    public void abandoned() {
        HttpClientResponse response;
        synchronized (this) {
            response = received;
        }
        response.resume();
        DRAINING.watch(drained.future(), this::cancel);
    }

    @Override
    public void late(Buffer bytes) {
        discarded += bytes.length();
        if (discarded > WORTH_DRAINING) {
            cancel();
        }
    }

    @Override
    public void drained() {
        drained.tryComplete();
    }

    /** On the event loop, even after the command has been cancelled: the connection must not leak. */
    private HttpClientRequest connected(HttpClientRequest http) {
        // Without a handler Vert.x logs the failure, which the failed response reports anyway.
        http.exceptionHandler(broken -> ended());
        boolean late;
        synchronized (this) {
            sent = http;
            late = cancelled;
        }
        if (late) {
            cancel();
        }
        return http;
    }

    /** On the event loop, in the callback that received the response: the body is paused before any byte can be lost. */
    private CommandAnswer answered(HttpClientResponse response) {
        synchronized (this) {
            received = response;
        }
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        response.headers()
                .names()
                .forEach(name -> headers.put(name, response.headers().getAll(name)));
        CommandBody body = new CommandBody(response, patience, this);
        // Vert.x 5.0.10 drops what a paused response has not delivered when the peer closes the connection.
        response.fetch(BUFFERS_AHEAD);
        return new CommandAnswer(response.statusCode(), headers, body);
    }

    private void send(Request request, HttpClientRequest http) {
        if (request.bodyBytes() != null) {
            patience.await(http.end(Buffer.buffer(request.bodyBytes())));
            return;
        }
        if (request.body() != null) {
            http.setChunked(true);
            RequestBody.copy(request, piece -> {
                patience.await(http.write(piece));
                return true;
            });
        }
        patience.await(http.end());
    }
}
