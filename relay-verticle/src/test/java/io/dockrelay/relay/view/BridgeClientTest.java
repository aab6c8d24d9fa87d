package io.dockrelay.relay.view;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.dockrelay.protocol.state.ChangeReason;
import io.dockrelay.relay.BusController;
import io.dockrelay.relay.Page;
import io.dockrelay.relay.RunningRelay;
import io.dockrelay.relay.Soon;

import static io.dockrelay.relay.fleet.Containers.running;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Vert.x's own client of the bridge, from npm, at a relay as it is deployed. */
class BridgeClientTest {

    private static final Path WEB = Path.of("").toAbsolutePath().getParent().resolve("web");

    private static final List<String> PATHS = List.of("/eventbus/websocket", "/eventbus/000/abcdefgh/websocket");

    @Test
    void clientFromNpmReadsAndCannotAct() throws Exception {
        try (RunningRelay relay = new RunningRelay(new JsonObject().put("eventBusBridge", true))) {
            var controller = new BusController(relay.vertx, "edge-1", running("web"), running("db"));
            Awaitility.await("the list")
                    .until(() -> relay.get("/api/data").body().contains("\"db\""));
            List<String> said = new CopyOnWriteArrayList<>();
            Process client = new ProcessBuilder(
                            "node", "bridge/client.mjs", "http://127.0.0.1:" + relay.port() + "/eventbus", "nonesuch")
                    .directory(WEB.toFile())
                    .redirectErrorStream(true)
                    .start();
            Thread reading = Thread.ofVirtual().start(() -> {
                try (var out = new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8))) {
                    out.lines().forEach(said::add);
                } catch (IOException ended) {
                    said.add("ended");
                }
            });
            try {
                Awaitility.await("what the client says")
                        .untilAsserted(() -> assertThat(said).contains("container_update db,web", "log 404"));
                controller.becomes(running("third"), ChangeReason.CREATED);
                Awaitility.await("a change")
                        .untilAsserted(() -> assertThat(said).contains("containers_changed third"));
                assertThat(said)
                        .contains("open", "list db,web", "control access_denied", "error access_denied")
                        .doesNotContain("control was answered", "closed");
                assertThat(controller.controls).isEmpty();
            } finally {
                client.getOutputStream().close();
                assertThat(client.waitFor()).isZero();
                reading.join();
            }
        }
    }

    @Test
    void handshakeNeedsSignInAndTheOriginOfThePage(@TempDir Path folder) {
        var users = new JsonObject().put("signIn", JsonArray.of("users")).put("dataFolder", folder.toString());
        try (RunningRelay relay = new RunningRelay(users.put("eventBusBridge", true))) {
            for (String path : PATHS) {
                assertThat(refusal(relay, path, null)).isEqualTo(401);
                assertThat(refusal(relay, path, "http://evil.example")).isEqualTo(403);
            }
        }
        try (RunningRelay relay = new RunningRelay(new JsonObject().put("eventBusBridge", true))) {
            for (String path : PATHS) {
                assertThat(refusal(relay, path, "http://evil.example")).isEqualTo(403);
                assertThat(refusal(relay, path, "null")).isEqualTo(403);
                relay.page(path).close();
            }
        }
    }

    @Test
    void clientThatSendsTooManyFramesIsClosedAndNoOther() {
        var limited = new JsonObject().put("eventBusBridge", true).put("maxMessageRate", 1);
        try (RunningRelay relay = new RunningRelay(limited)) {
            Page honest = relay.page(PATHS.getFirst());
            Page hostile = relay.page(PATHS.getFirst());
            for (int i = 0; i < 100 && !hostile.socket().isClosed(); i++) {
                hostile.socket().writeTextMessage("{}").onFailure(closed -> {});
            }
            assertThat(hostile.awaitClose()).isEqualTo((short) 4006);
            honest.send("{\"type\":\"send\",\"address\":\"dockrelay.containers\",\"replyAddress\":\"here\"}");
            honest.expect(
                    "the list", message -> message.path("address").asText().equals("here"));
        }
    }

    @Test
    void clientThatFollowsTooManyLogsIsClosedAndNoOther() {
        var limited = new JsonObject().put("eventBusBridge", true).put("maxSubscriptions", 2);
        try (RunningRelay relay = new RunningRelay(limited)) {
            Page honest = relay.page(PATHS.getFirst());
            Page greedy = relay.page(PATHS.getFirst());
            for (int i = 0; i < 3; i++) {
                greedy.send("{\"type\":\"register\",\"address\":\"dockrelay.logs.later-" + i
                        + "\",\"headers\":{\"wait\":\"true\"}}");
            }
            assertThat(greedy.awaitClose()).isEqualTo((short) 4001);
            assertThat(honest.socket().isClosed()).isFalse();
        }
    }

    private static int refusal(RunningRelay relay, String path, String origin) {
        var options = new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(relay.port())
                .setURI(path);
        if (origin != null) {
            options.addHeader("Origin", origin);
        }
        Throwable cause = Assertions.catchThrowable(
                () -> Soon.get(relay.vertx.createWebSocketClient().connect(options)));
        while (!(cause instanceof UpgradeRejectedException rejected)) {
            assertThat(cause).as("%s from %s is accepted", path, origin).isNotNull();
            cause = cause.getCause();
        }
        return rejected.getStatus();
    }

    @Test
    void bridgeIsOffUnlessItIsSetOn() throws Exception {
        try (RunningRelay relay = new RunningRelay()) {
            assertThat(relay.get("/eventbus/info").body()).doesNotContain("entropy");
            for (String path : PATHS) {
                assertThat(Assertions.catchThrowable(() -> relay.page(path)))
                        .as(path)
                        .isNotNull();
            }
        }
        try (RunningRelay relay = new RunningRelay(new JsonObject().put("eventBusBridge", true))) {
            assertThat(relay.get("/eventbus/info").json().path("websocket").asBoolean())
                    .isTrue();
            for (String path : PATHS) {
                assertThat(relay.get(path).status()).isEqualTo(426);
            }
            assertThat(relay.get("/api/nothing").header("Content-Type")).startsWith("application/json");
        }
    }
}
