package io.dockrelay.relay.view;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.vertx.core.json.JsonObject;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import io.dockrelay.protocol.state.ChangeReason;
import io.dockrelay.relay.BusController;
import io.dockrelay.relay.RunningRelay;

import static io.dockrelay.relay.fleet.Containers.running;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Vert.x's own client of the bridge, from npm, at a relay as it is deployed. */
class BridgeClientTest {

    private static final Path WEB = Path.of("").toAbsolutePath().getParent().resolve("web");

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
                        .until(() -> said.contains("container_update web,db") && said.contains("log 404"));
                controller.becomes(running("third"), ChangeReason.CREATED);
                Awaitility.await("a change").until(() -> said.contains("containers_changed third"));
                assertThat(said)
                        .contains("open", "list web,db", "control access_denied", "error access_denied")
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
    void bridgeIsOffUnlessItIsSetOn() throws Exception {
        try (RunningRelay relay = new RunningRelay()) {
            assertThat(relay.get("/eventbus/info").body()).doesNotContain("entropy");
        }
        try (RunningRelay relay = new RunningRelay(new JsonObject().put("eventBusBridge", true))) {
            assertThat(relay.get("/eventbus/info").json().path("websocket").asBoolean()).isTrue();
        }
    }
}
