package io.dockrelay.controller.details;

import java.time.Duration;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.dockrelay.controller.ControllerVerticle;
import io.dockrelay.controller.testing.Http;
import io.dockrelay.controller.testing.Settings;
import io.dockrelay.docker.testing.OnRealEngine;
import io.dockrelay.docker.testing.TestEngine;

import static io.dockrelay.controller.testing.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

@OnRealEngine
class DetailsOnRealEngineTest {

    private final TestEngine real;
    private final Vertx vertx = Vertx.vertx();

    DetailsOnRealEngineTest(TestEngine real) {
        this.real = real;
    }

    private Http open(JsonObject config) {
        var controller = new ControllerVerticle();
        await(vertx.deployVerticle(controller, new DeploymentOptions().setConfig(config)));
        return new Http(vertx, controller.apiPort());
    }

    @AfterEach
    void close() {
        await(vertx.close());
        real.start();
        real.removeContainers();
    }

    private void runWeb() {
        real.run(
                "web",
                "sleep 1000",
                "--env",
                "PLAIN=word",
                "--env",
                "DB_PASSWORD=hunter2",
                "--label",
                "team=blue",
                "--volume",
                real.folder() + ":/data:ro",
                "--tmpfs",
                "/scratch",
                "--memory",
                "67108864",
                "--cpus",
                "0.5",
                "--restart",
                "on-failure",
                "--workdir",
                "/tmp",
                "--health-cmd",
                "echo all is well",
                "--health-interval",
                "1s");
    }

    @Test
    void detailsContainAllThatADashboardShows() {
        runWeb();
        Http http = open(Settings.json(real));
        Awaitility.await("a probe")
                .atMost(Duration.ofSeconds(20))
                .until(() -> http.get("/container/web/details").text().contains("all is well\\n"));

        Http.Answer answer = http.get("/container/web/details");
        JsonNode details = answer.json();

        assertThat(answer.text()).doesNotContain("hunter2");
        assertThat(details.get("container").asText()).isEqualTo("web");
        assertThat(details.get("controller").asText()).isEqualTo(Settings.CONTROLLER);
        assertThat(details.get("id").asText()).hasSize(12);
        assertThat(details.get("image").asText()).isEqualTo("busybox");
        assertThat(details.get("image_id").asText()).startsWith("sha256:");
        assertThat(details.get("created_at").asText()).endsWith("Z");
        assertThat(details.get("command").toString()).isEqualTo("[\"sh\",\"-c\",\"sleep 1000\"]");
        assertThat(details.get("working_dir").asText()).isEqualTo("/tmp");
        assertThat(details.get("restart_policy").asText()).isEqualTo("on-failure");
        assertThat(details.get("logging_driver").asText()).isEqualTo("json-file");
        assertThat(details.get("memory_limit").asLong()).isEqualTo(67_108_864);
        assertThat(details.get("cpu_limit").asDouble()).isEqualTo(0.5);
        assertThat(details.get("environment").toString())
                .contains("{\"name\":\"PLAIN\",\"value\":\"word\",\"masked\":false}")
                .contains("{\"name\":\"DB_PASSWORD\",\"value\":null,\"masked\":true}");
        assertThat(details.get("labels").toString())
                .contains("{\"name\":\"team\",\"value\":\"blue\",\"masked\":false}");
        assertThat(details.get("mounts").toString())
                .contains("\"type\":\"bind\"")
                .contains("\"source\":\"" + real.folder() + "\"")
                .contains("\"destination\":\"/data\",\"read_only\":true");
        assertThat(details.at("/networks/0/name").asText()).isEqualTo("none");
        JsonNode health = details.get("health");
        assertThat(health.get("interval_ms").asInt()).isEqualTo(1_000);
        JsonNode probe = health.get("probes").get(0);
        assertThat(probe.get("exit_code").asInt()).isZero();
        assertThat(probe.get("output").asText()).isEqualTo("all is well\n");
        assertThat(probe.get("started_at").asText()).endsWith("Z");
        assertThat(http.get("/container/" + details.get("id").asText() + "/details")
                        .json()
                        .get("image_id"))
                .isEqualTo(details.get("image_id"));
    }

    @Test
    void secretsAreShownOnlyIfTheSettingsAllowIt() {
        runWeb();
        Http http = open(Settings.json(real).put("revealSecrets", true));

        assertThat(http.get("/container/web/details").json().get("environment").toString())
                .contains("{\"name\":\"DB_PASSWORD\",\"value\":\"hunter2\",\"masked\":false}");
    }

    @Test
    void unknownContainerIsRefused() {
        real.run("plain", "sleep 1000");
        Http http = open(Settings.json(real));

        assertThat(http.get("/container/plain/details").json().get("health").isNull())
                .isTrue();
        assertThat(http.get("/container/nobody/details").status()).isEqualTo(404);
        assertThat(http.send("POST", "/container/plain/details").status()).isEqualTo(405);
        real.stop();
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(http.get("/container/plain/details").status())
                                .isEqualTo(503));
    }
}
