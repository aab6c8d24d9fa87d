package io.dockrelay.listener.limits;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

import io.dockrelay.settings.ClientLimits;
import io.dockrelay.settings.Limits;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server with {@link PlainConnections}. It answers at once when a request is whole, except at /held, where it does not answer;
 * at /body it lets the client go on first, as the handler of bodies does.
 */
final class PlainServer implements AutoCloseable {

    static final String GET = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    static final String OK = "HTTP/1.1 200 OK";

    private final Vertx vertx = Vertx.vertx();
    private final Promise<HttpServerResponse> held = Promise.promise();
    private final List<Socket> open = new ArrayList<>();
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();
    private final HttpServer server;

    /** @param ofClient WebSockets of one address */
    PlainServer(int connections, int ofClient, RequestDeadline.Times times) throws Exception {
        held.future().onFailure(never -> {});
        var limits = new Limits(connections, 1, 1, new ClientLimits(ofClient, 1, 1, 1, 1, 1));
        var plain = new PlainConnections(limits, new Clients(limits.clients()), () -> 0, times);
        server = vertx.createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(false))
                .connectionHandler(connection -> {
                    plain.add(connection, Optional.of(connection.remoteAddress().hostAddress()));
                    accepted.incrementAndGet();
                })
                .requestHandler(this::answer);
        server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private void answer(HttpServerRequest request) {
        requests.incrementAndGet();
        if (request.path().equals("/held")) {
            held.tryComplete(request.response());
            return;
        }
        if (request.path().equals("/body")) {
            request.response().writeContinue().onFailure(gone -> {});
        }
        request.end().onSuccess(whole -> request.response().end("hello"));
    }

    /** A connection, which this server closes at its end. */
    Socket connect() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), server.actualPort());
        open.add(socket);
        socket.setSoTimeout(20_000);
        return socket;
    }

    void awaitAccepted(int connections) {
        await(accepted, connections);
    }

    void awaitRequests(int number) {
        await(requests, number);
    }

    private static void await(AtomicInteger counter, int number) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (counter.get() < number) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    void awaitHeld() throws Exception {
        held.future().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    void answerHeld() {
        vertx.runOnContext(now -> held.future().result().end("hello"));
    }

    static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(US_ASCII));
    }

    /** The first line of the next answer, or what arrives before the connection ends. */
    static String answer(Socket socket) throws IOException {
        var text = new StringBuilder();
        while (!text.toString().endsWith("hello")) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                return text + "(end)";
            }
            text.append((char) next);
        }
        return text.substring(0, OK.length());
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
