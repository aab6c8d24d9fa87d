package io.dockrelay.listener.limits;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.dockrelay.settings.ClientLimits;
import io.dockrelay.settings.Limits;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

class PlainConnectionsTest {

    private static final Duration SHORT = Duration.ofMillis(800);
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final String GET = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

    private final Vertx vertx = Vertx.vertx();
    private final Promise<HttpServerResponse> held = Promise.promise();
    private final List<Socket> idle = new ArrayList<>();
    private HttpServer server;
    private PlainConnections plain;

    @BeforeEach
    void quiet() {
        held.future().onFailure(never -> {});
    }

    @AfterEach
    void close() throws Exception {
        for (Socket socket : idle) {
            socket.close();
        }
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    /** A server that answers at once, except at /held, where it does not answer. */
    private void serve(int connections, int ofClient, RequestDeadline.Times times) throws Exception {
        var limits = new Limits(connections, 1, 1, new ClientLimits(ofClient, 1, 1, 1, 1, 1));
        plain = new PlainConnections(limits, new Clients(limits.clients()), () -> 0, times);
        server = vertx.createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(false))
                .connectionHandler(connection -> plain.add(
                        connection, Optional.of(connection.remoteAddress().hostAddress())))
                .requestHandler(request -> {
                    if (request.path().equals("/held")) {
                        held.tryComplete(request.response());
                    } else {
                        request.end().onSuccess(whole -> request.response().end("hello"));
                    }
                });
        server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private Socket connect() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), server.actualPort());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(US_ASCII));
    }

    private static String answer(Socket socket) throws IOException {
        var text = new StringBuilder();
        while (!text.toString().endsWith("hello")) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                return text + "(end)";
            }
            text.append((char) next);
        }
        return text.substring(0, 15);
    }

    /** Milliseconds until the server cuts the connection, to which these bytes are sent one by one again and again. */
    private static long cutAfter(Socket socket, String drops) throws Exception {
        long begin = System.nanoTime();
        socket.setSoTimeout(50);
        int sent = 0;
        while (sent < 1000 && isOpenAfter(socket, drops.charAt(sent % drops.length()))) {
            sent++;
        }
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    }

    /** Whether the server leaves the connection open, within its read timeout. */
    private static boolean isOpenAfter(Socket socket, char drop) throws Exception {
        try {
            send(socket, String.valueOf(drop));
            return socket.getInputStream().read() >= 0;
        } catch (SocketTimeoutException open) {
            return true;
        } catch (SocketException cut) {
            return false;
        }
    }

    @Test
    void headThatArrivesByteByByteIsCut() throws Exception {
        serve(10, 10, new RequestDeadline.Times(SHORT, LONG));
        try (Socket first = connect()) {
            send(first, "GET / HTTP/1.1\r\nX-A: ");
            assertThat(cutAfter(first, "a")).isBetween(100L, 8_000L);
        }
        try (Socket second = connect()) {
            send(second, GET);
            assertThat(answer(second)).isEqualTo("HTTP/1.1 200 OK");
            // The second request of a connection has the same time.
            send(second, "GET / HTTP/1.1\r\nX-A: ");
            assertThat(cutAfter(second, "a")).isBetween(100L, 8_000L);
        }
    }

    @Test
    void connectionThatSendsNothingIsCutAndOneBetweenTwoRequestsIsNot() throws Exception {
        serve(10, 10, new RequestDeadline.Times(SHORT, LONG));
        try (Socket used = connect();
                Socket silent = connect()) {
            send(used, GET);
            assertThat(answer(used)).isEqualTo("HTTP/1.1 200 OK");

            assertThat(silent.getInputStream().read()).isNegative();
            send(used, GET);
            assertThat(answer(used)).isEqualTo("HTTP/1.1 200 OK");
        }
    }

    @Test
    void bodyThatArrivesByteByByteIsCut() throws Exception {
        serve(10, 10, new RequestDeadline.Times(LONG, SHORT));
        try (Socket socket = connect()) {
            send(socket, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n");
            assertThat(cutAfter(socket, "a")).isBetween(100L, 8_000L);
        }
    }

    @Test
    void newConnectionTakesThePlaceOfTheOneThatWaitsLongest() throws Exception {
        serve(1, 10_000, new RequestDeadline.Times(LONG, LONG));
        int most = 1 + PlainConnections.SPARE;
        try (Socket answered = connect()) {
            send(answered, "GET /held HTTP/1.1\r\nHost: x\r\n\r\n");
            held.future().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
            try (Socket oldest = connect()) {
                for (int i = 2; i < most; i++) {
                    idle.add(connect());
                }
                try (Socket newest = connect()) {
                    send(newest, GET);
                    assertThat(answer(newest)).isEqualTo("HTTP/1.1 200 OK");
                    assertThat(oldest.getInputStream().read()).isNegative();
                }
                // The one with a request in progress was opened earlier, and stays.
                vertx.runOnContext(now -> held.future().result().end("hello"));
                assertThat(answer(answered)).isEqualTo("HTTP/1.1 200 OK");
            }
        }
        assertThat(plain.count()).isLessThanOrEqualTo(most);
    }

    @Test
    void addressWithTooManyConnectionsGetsNoFurtherOne() throws Exception {
        serve(10_000, 1, new RequestDeadline.Times(LONG, LONG));
        for (int i = 0; i < 1 + PlainConnections.SPARE_OF_CLIENT; i++) {
            idle.add(connect());
        }
        try (Socket further = connect()) {
            assertThat(further.getInputStream().read()).isNegative();
        } catch (SocketException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
    }
}
