package io.dockrelay.e2e;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.dockrelay.docker.testing.OnRealEngine;
import io.dockrelay.docker.testing.TestEngine;
import io.dockrelay.e2e.harness.Await;
import io.dockrelay.e2e.harness.Rest;
import io.dockrelay.e2e.harness.SplitDeployment;
import io.dockrelay.e2e.harness.WireClient;

import static org.assertj.core.api.Assertions.assertThat;

/** All answers of both REST interfaces, including errors. */
@OnRealEngine
class RestTest {

    private static TestEngine engine;
    private static SplitDeployment deployment;

    @BeforeAll
    static void open(TestEngine shared) {
        engine = shared;
        engine.run("web", "trap 'exit 0' TERM; seq 1 1000; while :; do sleep 0.1; done");
        engine.run("odd.name_1", "sleep 600");
        deployment = SplitDeployment.open(shared);
        try (WireClient browser = deployment.browser("web")) {
            Await.until(
                    "a thousand lines",
                    Await.DEFAULT,
                    () -> deployment
                            .controllerApi()
                            .get("/container/web/logs?tail=1")
                            .text()
                            .contains(" 1000\""));
            assertThat(browser.messages()).isNotEmpty();
        }
    }

    @AfterAll
    static void close() {
        deployment.close();
    }

    @Test
    void controllerIsHealthyAndListsItsContainers() {
        Rest api = deployment.controllerApi();

        assertThat(api.get("/health").text().strip()).isEqualTo("ok");
        JsonNode containers = api.get("/containers").json().get("containers");
        assertThat(containers).hasSize(2);
        assertThat(containers.get(0).fieldNames())
                .toIterable()
                .contains("name", "full_name", "status", "status_detail", "running", "health", "id", "created");
    }

    @Test
    void statusHasTheFieldsOfV1() {
        JsonNode status =
                deployment.controllerApi().get("/container/web/status").json();

        assertThat(status.path("container").asText()).isEqualTo("web");
        assertThat(status.path("status").asText()).isEqualTo("running");
        assertThat(status.path("status_detail").asText()).startsWith("Up ");
        assertThat(status.path("running").asBoolean()).isTrue();
        assertThat(status.has("health")).isTrue();
        assertThat(status.path("id").asText()).matches("[0-9a-f]{12}");
    }

    @Test
    void bothInterfacesServeTheSameLogPages() {
        JsonNode direct =
                deployment.controllerApi().get("/container/web/logs?tail=5").json();
        JsonNode relayed =
                deployment.relayApi().get("/api/container/web/logs?tail=5").json();

        assertThat(texts(direct)).containsExactly("996", "997", "998", "999", "1000");
        assertThat(direct.path("count").asInt()).isEqualTo(5);
        assertThat(direct.path("more_before").asBoolean()).isTrue();
        assertThat(relayed.get("logs")).isEqualTo(direct.get("logs"));
        assertThat(relayed.get("cursor")).isEqualTo(direct.get("cursor"));
    }

    @Test
    void logPagesJoinWithoutGapOrOverlap() {
        for (String base : List.of("/container/web/logs", "/api/container/web/logs")) {
            Rest api = base.startsWith("/api") ? deployment.relayApi() : deployment.controllerApi();
            JsonNode newest = api.get(base + "?tail=10").json();
            String first = newest.path("first").asText();

            JsonNode older = api.get(base + "?before=" + first + "&limit=10").json();
            assertThat(texts(older)).hasSize(10).endsWith("990").startsWith("981");

            JsonNode again = api.get(base + "?after=" + older.path("cursor").asText() + "&limit=10")
                    .json();
            assertThat(again.get("logs")).isEqualTo(newest.get("logs"));

            JsonNode around = api.get(base + "?around=" + first + "&limit=5").json();
            assertThat(texts(around)).contains("991");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /nowhere, 404",
        "GET, /container/nobody/status, 404",
        "GET, /container/nobody/logs, 404",
        "POST, /container/nobody/start, 404",
        "POST, /containers, 405",
        "GET, /container/web/start, 405",
        "DELETE, /container/web/stop, 405",
        "POST, /container/web/explode, 404",
        "GET, /container/web/logs?tail=all, 400",
        "GET, /container/web/logs?tail=-1, 400",
        "GET, /container/web/logs?after=nonsense, 400",
        "GET, /container/web/logs?since=yesterday, 400",
        "GET, /container/web/logs?limit=0.5, 400",
        "POST, /container/web/stop?wait=soon, 400",
        "GET, /container/%ff/status, 400"
    })
    void badRequestToTheControllerGetsAMatchingStatusAndASentence(String method, String path, int status) {
        assertRefused(deployment.controllerApi().send(method, path), status);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/nowhere, 404",
        "GET, /api/container/nobody/logs, 404",
        "POST, /api/container/nobody/start, 404",
        "POST, /api/container/web/explode, 404",
        "GET, /api/container/web/start, 405",
        "GET, /api/container/web/logs?tail=all, 400",
        "GET, /api/container/web/logs?tail=5&controller=elsewhere, 404",
        "GET, /api/changes?limit=many, 400",
        "GET, /api/changes?since=yesterday, 400",
        "POST, /api/container/web/stop?wait=soon, 400"
    })
    void badRequestToTheRelayGetsAMatchingStatusAndASentence(String method, String path, int status) {
        assertRefused(deployment.relayApi().send(method, path), status);
    }

    @Test
    void controlAnswersAtOnceUnlessItIsToldToWait() {
        Rest.Answer stopping = deployment.controllerApi().post("/container/odd.name_1/restart");
        assertThat(stopping.status()).isEqualTo(202);
        assertThat(stopping.json().path("status").asText()).isEqualTo("restarting");
        assertThat(stopping.json().path("container").asText()).isEqualTo("odd.name_1");
        assertThat(stopping.json().path("message").asText()).isNotEmpty();

        Rest.Answer stopped = deployment.relayApi().post("/api/container/web/stop?wait=30");
        assertThat(stopped.status()).isEqualTo(200);
        assertThat(engine.docker("inspect", "--format", "{{.State.Status}}", "web"))
                .isEqualTo("exited");

        assertThat(deployment.relayApi().post("/api/container/web/stop?wait=30").status())
                .as("already in the requested state")
                .isEqualTo(200);

        assertThat(deployment
                        .relayApi()
                        .post("/api/container/web/start?wait=30")
                        .status())
                .isEqualTo(200);
        assertThat(engine.docker("inspect", "--format", "{{.State.Status}}", "web"))
                .isEqualTo("running");
    }

    @Test
    void engineRefusalHasTheEnginesOwnText() {
        engine.run("held", "sleep 600");
        engine.docker("pause", "held");
        try (WireClient browser = deployment.browser("held")) {
            assertRefused(deployment.relayApi().post("/api/container/held/start?wait=10"), 409);
            browser.await(
                    "the failure",
                    message -> message.path("type").asText().equals("action")
                            && message.path("state").asText().equals("failed")
                            && message.path("message").asText().contains("paused"));
        }
        engine.docker("unpause", "held");
        engine.docker("rm", "--force", "held");
    }

    @Test
    void dataHasTheCamelCaseNamesOfV1() {
        JsonNode data = deployment.relayApi().get("/api/data").json();

        assertThat(data.path("timestamp").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(data.has("containersFetchError")).isTrue();
        assertThat(data.get("containers").get(0).fieldNames())
                .toIterable()
                .contains("name", "fullName", "status", "statusDetail", "running", "health", "id");
    }

    @Test
    void changesAreListedNewestFirst() {
        engine.run("brief", "exit 3");
        engine.awaitExit("brief");
        Await.until(
                "its end is listed",
                Await.DEFAULT,
                () -> deployment.relayApi().get("/api/changes").text().contains("\"brief\""));

        JsonNode changes =
                deployment.relayApi().get("/api/changes?limit=1").json().get("changes");
        assertThat(changes).hasSize(1);
        assertThat(changes.get(0).path("name").asText()).isEqualTo("brief");
    }

    private static void assertRefused(Rest.Answer answer, int status) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.json().path("error").asText()).as("a sentence").contains(" ");
    }

    private static List<String> texts(JsonNode page) {
        return java.util.stream.StreamSupport.stream(page.get("logs").spliterator(), false)
                .map(line -> line.asText().substring(31))
                .toList();
    }
}
