package io.dockrelay.listener;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import io.vertx.ext.web.Router;

import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.settings.AccessSettings;
import io.dockrelay.settings.Limits;
import io.dockrelay.settings.ListenAddress;

/** A listener in a verticle, as in a controller or a relay, and three kinds of clients: raw bytes, HTTP, WebSocket. */
final class ListenerFixture extends VerticleBase {

    static final AccessSettings DOOR = new AccessSettings(
            List.of("relay"),
            List.of(),
            List.of(),
            "allowedHosts (HOSTS)",
            "allowedOrigins (ORIGINS)",
            "trustedProxies (PROXIES)");

    final Limits limits;
    final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    final BlockingQueue<ClientSocket> clients = new LinkedBlockingQueue<>();
    final BlockingQueue<String> closed = new LinkedBlockingQueue<>();
    final BlockingQueue<RefusedRequest> refused = new LinkedBlockingQueue<>();
    Authentication signIn = Authentication.OPEN;
    AccessSettings access = DOOR;
    String host = "127.0.0.1";
    volatile int port;
    private HttpListener listener;
    private WebSocketClient webSockets;

    ListenerFixture(int connections) {
        this(new Limits(connections, 256, 10_000));
    }

    ListenerFixture(Limits limits) {
        this.limits = limits;
    }

    static ListenAddress address(int port) {
        return new ListenAddress("127.0.0.1", port, "port (PORT)", "bind (BIND)");
    }

    @Override
    public Future<?> start() {
        Router router = Router.router(vertx);
        JsonErrors.install(router);
        router.get("/hello/:name").handler(context -> {
            var unused = context.end("hello " + context.pathParam("name"));
        });
        router.get("/who").handler(context -> {
            var unused = context.end(Identity.of(context.request()).name());
        });
        router.get("/broken").handler(context -> {
            throw new IllegalStateException("on purpose");
        });
        router.get("/busy")
                .handler(context ->
                        JsonAnswers.refuse(context, new Refusal(RefusalKind.BUSY, "Others wait before it.")));
        router.post("/echo")
                .handler(context -> context.request()
                        .body()
                        .onSuccess(body -> context.end(body).onFailure(context::fail)));
        var anyPort = new ListenAddress(host, 0, "port (PORT)", "bind (BIND)");
        listener = new HttpListener(vertx, anyPort, access, limits)
                .onRefused(refused::add)
                .requests(router)
                .signIn(signIn)
                .webSockets(Set.of("/", "/ws"), this::opened);
        return listener.open().onSuccess(number -> port = number);
    }

    @Override
    public Future<?> stop() {
        return listener.close();
    }

    /** Runs a step on the context of the listener's sockets. */
    void onContext(Runnable work) {
        context.runOnContext(now -> work.run());
    }

    private void opened(ClientSocket client) {
        clients.add(client);
        client.onMessage(received::add);
        client.onClose(() -> closed.add("closed"));
    }

    /** The answer to these bytes: up to its content length, or until the server closes the connection. */
    String raw(Vertx vertx, String request) throws Exception {
        return raw(vertx, request, null);
    }

    /** The same, with more bytes after the beginning of the answer has arrived. */
    String raw(Vertx vertx, String request, String more) throws Exception {
        Buffer answer = Buffer.buffer();
        Promise<String> ended = Promise.promise();
        NetClient client = vertx.createNetClient();
        NetSocket socket = Waiting.get(client.connect(port, "127.0.0.1"));
        socket.handler(bytes -> {
            if (answer.length() == 0 && more != null) {
                socket.write(Buffer.buffer(more, "ISO-8859-1")).onFailure(ended::tryFail);
            }
            if (isWhole(answer.appendBuffer(bytes).toString())) {
                ended.tryComplete(answer.toString());
            }
        });
        socket.closeHandler(gone -> ended.tryComplete(answer.toString()));
        Waiting.get(socket.write(Buffer.buffer(request, "ISO-8859-1")));
        String whole = Waiting.get(ended.future());
        // Not earlier: an unreferenced client closes its sockets when it is garbage collected.
        Waiting.until(client.close());
        return whole;
    }

    private static boolean isWhole(String answer) {
        Matcher length = Pattern.compile("(?i)content-length: (\\d+)").matcher(answer);
        int body = answer.indexOf("\r\n\r\n") + 4;
        return body >= 4 && length.find() && answer.length() - body >= Integer.parseInt(length.group(1));
    }

    static String get(String path, String... headers) {
        List<String> lines = new ArrayList<>(List.of("GET " + path + " HTTP/1.1", "Connection: close"));
        lines.addAll(List.of(headers));
        return String.join("\r\n", lines) + "\r\n\r\n";
    }

    WebSocketConnectOptions toSocket(String path) {
        return new WebSocketConnectOptions().setHost("127.0.0.1").setPort(port).setURI(path);
    }

    WebSocket connect(Vertx vertx) throws Exception {
        return Waiting.get(webSockets(vertx).connect(toSocket("/ws")));
    }

    /** One for all: an unreferenced client closes its sockets when it is garbage collected. */
    WebSocketClient webSockets(Vertx vertx) {
        if (webSockets == null) {
            webSockets = vertx.createWebSocketClient(new WebSocketClientOptions()
                    .setMaxMessageSize(8 * 1024 * 1024)
                    // Otherwise the kernel keeps megabytes for a client that has stopped reading.
                    .setReceiveBufferSize(64 * 1024));
        }
        return webSockets;
    }

    /** Connects, acts, and waits for the code with which the server closes the socket. */
    int closeCode(Vertx vertx, Consumer<WebSocket> act) throws Exception {
        Promise<Integer> code = Promise.promise();
        ClientWebSocket socket = webSockets(vertx).webSocket();
        socket.closeHandler(gone -> code.tryComplete((int) socket.closeStatusCode()));
        act.accept(Waiting.get(socket.connect(toSocket("/ws"))));
        return Waiting.get(code.future());
    }

    String answerTo(Vertx vertx, HttpMethod method, String path) throws Exception {
        HttpClient client = vertx.createHttpClient();
        String answer = Waiting.get(client.request(method, port, "127.0.0.1", path)
                .compose(request -> request.send()
                        .compose(response -> response.body().map(body -> response.statusCode() + " " + body))));
        Waiting.until(client.close());
        return answer;
    }

    <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T next = queue.poll(10, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("Nothing arrived within 10 seconds");
        }
        return next;
    }
}
