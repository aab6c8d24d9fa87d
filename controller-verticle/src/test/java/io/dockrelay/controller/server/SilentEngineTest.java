package io.dockrelay.controller.server;

import java.time.Duration;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.dockrelay.controller.ControllerVerticle;
import io.dockrelay.controller.testing.Http;
import io.dockrelay.controller.testing.Settings;
import io.dockrelay.controller.testing.WireClient;
import io.dockrelay.docker.testing.OnRealEngine;
import io.dockrelay.docker.testing.TestEngine;

import static io.dockrelay.controller.testing.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

/** The engine accepts connections and answers nothing. */
@OnRealEngine
class SilentEngineTest {

    private static final String SUBSCRIBE = "{\"type\":\"subscribe_logs\",\"container\":\"web\",\"lines\":2}";

    private final TestEngine real;
    private final Vertx vertx = Vertx.vertx();
    private final ControllerVerticle controller = new ControllerVerticle();

    SilentEngineTest(TestEngine real) {
        this.real = real;
    }

    @BeforeEach
    void open() {
        real.removeContainers();
        real.run("web", "echo 1; echo 2; echo 3; sleep 1000");
        await(vertx.deployVerticle(controller, new DeploymentOptions().setConfig(Settings.json(real))));
    }

    @AfterEach
    void close() {
        real.thaw();
        await(vertx.close());
        real.removeContainers();
    }

    @Test
    void subscriptionSaysSoAndGoesOnByItself() {
        try (WireClient early = WireClient.connect(vertx, controller.wsPort());
                WireClient late = WireClient.connect(vertx, controller.wsPort())) {
            early.await("initial_state");
            late.await("initial_state");
            real.freeze();
            early.send(SUBSCRIBE);
            assertThat(waiting(early)).contains("No answer within").contains(real.host());
            late.await("engine_status");
            late.send(SUBSCRIBE);
            assertThat(waiting(late)).contains("No answer within");

            real.thaw();

            for (WireClient client : new WireClient[] {early, late}) {
                client.await(message -> message.path("state").asText().equals("following"));
                JsonNode lines = client.await("new_logs").path("logs");
                assertThat(lines)
                        .extracting(line -> line.asText().substring(31))
                        .containsExactly("2", "3");
                assertThat(client.messages("error")).isEmpty();
            }
        }
    }

    private static String waiting(WireClient client) {
        return client.await(
                        Duration.ofSeconds(20),
                        message -> message.path("state").asText().equals("waiting"))
                .path("message")
                .asText();
    }

    @Test
    void actionIsUnavailableWithTheEnginesSentence() {
        var http = new Http(vertx, controller.apiPort());
        assertThat(http.get("/container/web/status").status()).isEqualTo(200);
        real.freeze();

        for (String action : new String[] {"stop", "start", "kill"}) {
            Http.Answer answer = http.post("/container/web/" + action);
            assertThat(answer.status()).as(answer.text()).isEqualTo(503);
            assertThat(answer.json().path("error").asText())
                    .contains("No answer within")
                    .contains("Docker engine at");
        }
    }

    @Test
    void storedLogIsUnavailableWithTheEnginesSentence() {
        var http = new Http(vertx, controller.apiPort());
        assertThat(http.get("/container/web/logs?tail=1").status()).isEqualTo(200);
        real.freeze();

        for (String path : new String[] {"/container/web/logs?tail=2", "/container/web/logs?tail=2"}) {
            Http.Answer answer = http.get(path);
            assertThat(answer.status()).as(answer.text()).isEqualTo(503);
            assertThat(answer.json().path("error").asText())
                    .contains("No answer within")
                    .contains("Docker engine at");
        }
    }
}
