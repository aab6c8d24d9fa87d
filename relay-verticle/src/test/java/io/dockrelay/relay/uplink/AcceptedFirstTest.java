package io.dockrelay.relay.uplink;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.dockrelay.relay.RunningRelay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A client of the relay gets the answer to an action before the first message of its effect, even if the relay has received
 * those messages before the controller's answer.
 */
class AcceptedFirstTest {

    private static final String ASKED = "POST /container/web/stop?by=127.0.0.1";

    private final Vertx vertx = Vertx.vertx();
    private final FakeController remote = new FakeController(vertx);

    /** Vert.x shuts a client down, with its sockets, when it becomes unreachable. */
    private final WebSocketClient client = vertx.createWebSocketClient();

    /** The messages of the effect and the pongs until the answer was read, each with whether the answer had arrived. */
    private final List<String> arrived = new CopyOnWriteArrayList<>();

    private final Promise<Void> answer = Promise.promise();
    private volatile boolean read;
    private RunningRelay relay;
    private WebSocket page;
    private Socket rest;

    @BeforeEach
    void open() throws Exception {
        remote.start();
        remote.answersWait = answer.future();
        remote.httpStatus = 202;
        remote.httpBody = "{\"status\":\"stopping\",\"container\":\"web\",\"message\":\"stopping web\",\"id\":\"7\"}";
        relay = new RunningRelay(new JsonObject()
                .put("controllerWs", JsonArray.of(remote.target().ws().toString()))
                .put("controllerApi", JsonArray.of(remote.target().api().toString())));
        rest = new Socket(InetAddress.getLoopbackAddress(), relay.port());
    }

    @AfterEach
    void close() throws Exception {
        answer.tryComplete();
        read = true;
        relay.close();
        rest.close();
        UplinkFixture.done(vertx.close());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void answerArrivesBeforeTheFirstMessageOfItsEffect(boolean v1) throws Exception {
        remote.v1 = v1;
        connect();

        post();
        performAction();
        awaitPong();
        answer.complete();

        await().until(() -> arrived.stream().anyMatch(message -> message.startsWith("container_update")));
        assertThat(arrived).startsWith("pong, answered: false", "action, answered: true");
        assertThat(arrived.subList(1, arrived.size())).allMatch(message -> message.endsWith("answered: true"));
        assertThat(status()).isEqualTo("HTTP/1.1 202 Accepted");
    }

    @Test
    void unansweredActionDelaysTheStateForAShortTimeOnly() throws Exception {
        connect();

        post();
        performAction();

        await().until(() -> arrived.contains("container_update, answered: false"));
        assertThat(arrived).contains("action, answered: false");
    }

    private void connect() throws Exception {
        ClientWebSocket socket = client.webSocket();
        socket.textMessageHandler(text -> {
            String type = new JsonObject(text).getString("type");
            boolean effect = type.equals("action") || (type.equals("container_update") && text.contains("\"exited\""));
            if ((effect || type.equals("pong")) && !read) {
                arrived.add(type + ", answered: " + hasAnswer());
            }
        });
        page = FakeController.get(socket.connect(relay.port(), "127.0.0.1", "/ws"));
        await().until(() -> relay.get("/api/data").body().contains("\"web\""));
    }

    /** The request has reached the controller when this returns. */
    private void post() throws Exception {
        String post = "POST /api/container/web/stop HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n";
        rest.getOutputStream().write(post.getBytes(StandardCharsets.US_ASCII));
        await().until(() -> remote.requests.contains(ASKED));
    }

    /** The messages of the effect have reached the relay when this returns. */
    private void performAction() throws Exception {
        remote.status = "exited";
        for (String state : List.of("accepted", "done")) {
            remote.send(new JsonObject()
                    .put("type", "action")
                    .put("id", "7")
                    .put("container", "web")
                    .put("action", "stop")
                    .put("state", state)
                    .put("at", "2025-11-25T22:53:15.234Z"));
        }
        remote.send(new JsonObject()
                .put("type", "status_change")
                .put("timestamp", "2025-11-25T22:53:15.234Z")
                .put("changes", JsonArray.of(change())));
        remote.awaitReceived();
    }

    /** The messages that the relay has sent to its pages have arrived when this returns. */
    private void awaitPong() throws Exception {
        UplinkFixture.done(page.writeTextMessage("{\"type\":\"ping\",\"id\":1}"));
        await().until(() -> arrived.stream().anyMatch(message -> message.startsWith("pong")));
    }

    private JsonObject change() {
        JsonObject change = new JsonObject()
                .put("name", "web")
                .put("previousStatus", "running")
                .putNull("previousHealth")
                .put("currentStatus", "exited")
                .putNull("currentHealth")
                .put("running", false)
                .put("statusDetail", "Exited");
        return remote.v1 ? change : change.put("id", "abc123ef0123").put("container", remote.container());
    }

    private boolean hasAnswer() {
        try {
            return rest.getInputStream().available() > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String status() throws IOException {
        read = true;
        return new BufferedReader(new InputStreamReader(rest.getInputStream(), StandardCharsets.US_ASCII)).readLine();
    }
}
