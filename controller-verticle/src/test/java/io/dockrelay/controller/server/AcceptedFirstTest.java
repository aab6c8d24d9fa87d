package io.dockrelay.controller.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.dockrelay.controller.ControllerVerticle;
import io.dockrelay.controller.testing.ScriptedEngine;
import io.dockrelay.controller.testing.Settings;

import static io.dockrelay.controller.testing.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The answer to an action reaches its client before the first message of its effect. The engine performs the action at
 * once, but answers the request only after the client has read its own answer.
 */
class AcceptedFirstTest {

    private final Vertx vertx = Vertx.vertx();

    /** Vert.x shuts a client down, with its sockets, when it becomes unreachable. */
    private final WebSocketClient client = vertx.createWebSocketClient();

    private final ScriptedEngine engine = new ScriptedEngine();
    private final ControllerVerticle controller = new ControllerVerticle();

    /** The type of each message before the test reads the answer to its POST, and whether that answer had arrived. */
    private final List<String> arrived = new CopyOnWriteArrayList<>();

    private final Promise<Void> answered = Promise.promise();
    private Socket rest;

    @AfterEach
    void close() throws IOException {
        answered.tryComplete();
        await(vertx.close());
        rest.close();
        engine.close();
    }

    @ParameterizedTest
    @CsvSource({"stop, running", "start, exited", "restart, running"})
    void answerArrivesBeforeTheFirstMessageOfItsEffect(String action, String before) throws IOException {
        engine.status = before;
        engine.answersWait = answered.future();
        await(vertx.deployVerticle(controller, new DeploymentOptions().setConfig(Settings.json(engine.host()))));
        await().until(engine::hasListener);
        rest = new Socket(InetAddress.getLoopbackAddress(), controller.apiPort());
        listen();

        String post = "POST /container/web/" + action + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n";
        rest.getOutputStream().write(post.getBytes(StandardCharsets.US_ASCII));

        await().until(() -> arrived.stream().anyMatch(message -> message.startsWith("status_change")));
        assertThat(arrived)
                .containsExactlyInAnyOrder(
                        "action, answered: true", "action_change, answered: true", "status_change, answered: true");
        assertThat(status(rest)).isEqualTo("HTTP/1.1 202 Accepted");
        assertThat(engine.actions).hasSize(1);
    }

    /** Bytes that were sent before a WebSocket message are readable when that message arrives. */
    private void listen() {
        Promise<Void> greeted = Promise.promise();
        ClientWebSocket socket = client.webSocket();
        socket.textMessageHandler(text -> {
            String type = new JsonObject(text).getString("type");
            if (!greeted.tryComplete() && !answered.future().isComplete()) {
                arrived.add(type + ", answered: " + hasAnswer());
            }
        });
        await(socket.connect(controller.wsPort(), "127.0.0.1", "/"));
        await(greeted.future());
    }

    private boolean hasAnswer() {
        try {
            return rest.getInputStream().available() > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String status(Socket rest) throws IOException {
        return new BufferedReader(new InputStreamReader(rest.getInputStream(), StandardCharsets.US_ASCII)).readLine();
    }
}
