package io.dockrelay.controller.server;

import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.dockrelay.controller.inventory.OwnContainers;
import io.dockrelay.controller.testing.BusRecorder;
import io.dockrelay.controller.testing.ControllerOnRealEngine;
import io.dockrelay.controller.testing.Http;
import io.dockrelay.docker.testing.OnRealEngine;
import io.dockrelay.docker.testing.TestEngine;
import io.dockrelay.protocol.wire.ActionState;
import io.dockrelay.protocol.wire.ServerMessage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

/** Every answer of the REST interface, including errors. */
@OnRealEngine
class RestTest extends ControllerOnRealEngine {

    private static final String SLEEP = "trap 'exit 0' TERM; while :; do sleep 1000 & wait; done";

    private final BusRecorder recorder = new BusRecorder(vertx);

    RestTest(TestEngine real) {
        super(real);
    }

    private String status(String container) {
        return real.docker("inspect", "--format", "{{.State.Status}}", container);
    }

    private void assertRefused(Http.Answer answer, int status) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.json().path("error").asText()).contains(" ");
        assertThat(answer.headers().get("Content-Type")).startsWith("application/json");
    }

    @Test
    void healthIsOk() {
        Http.Answer health = http.get("/health");
        assertThat(health.status()).isEqualTo(200);
        assertThat(health.text()).isEqualTo("ok");
        Http.Answer head = http.send("HEAD", "/health");
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.text()).isEmpty();
    }

    @Test
    void containersAndTheirStatusAreServed() {
        String id = real.run("odd.name_1", SLEEP).substring(0, 12);
        JsonNode all = http.get("/containers").json().get("containers");
        assertThat(all).hasSize(1);
        assertThat(all.get(0).get("id").asText()).isEqualTo(id);
        for (String name : new String[] {"odd.name_1", id, "odd%2Ename_1"}) {
            JsonNode status = http.get("/container/" + name + "/status").json();
            assertThat(status.get("container").asText()).isEqualTo("odd.name_1");
            assertThat(status.get("status").asText()).isEqualTo("running");
            assertThat(status.get("status_detail").asText()).startsWith("Up ");
            assertThat(status.get("running").asBoolean()).isTrue();
            assertThat(status.get("health").isNull()).isTrue();
            assertThat(status.get("id").asText()).isEqualTo(id);
        }
        assertThat(http.send("HEAD", "/container/odd.name_1/status").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /, 404",
        "GET, /nowhere, 404",
        "GET, /container, 404",
        "GET, /container/nobody/status, 404",
        "POST, /container/nobody/start, 404",
        "POST, /container/nobody/stop?wait=5, 404",
        "POST, /container/web/explode, 404",
        "POST, /containers, 405",
        "POST, /health, 405",
        "DELETE, /container/web/status, 405",
        "GET, /container/web/start, 405",
        "HEAD, /container/web/start, 405",
        "GET, /container/web/logs?tail=all, 400",
        "GET, /container/web/logs?tail=-1, 400",
        "GET, /container/web/logs?since=yesterday, 400",
        "GET, /container/web/logs?limit=0.5, 400",
        "GET, /container/web/logs?after=a&around=b, 400",
        "POST, /container/web/stop?wait=soon, 400",
        "POST, /container/web/stop?wait=0, 400",
        "POST, /container/web/stop?wait=301, 400",
        "POST, /container/web/stop?wait=, 400",
        "POST, /container/web/stop?force=perhaps, 400",
        "GET, /container/%ff/status, 400",
        "GET, /container/%zz/status, 400"
    })
    void badRequestsGetTheirHttpStatus(String method, String path, int status) {
        real.run("web", SLEEP);
        Http.Answer answer = http.send(method, path);
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        if (!method.equals("HEAD")) {
            assertRefused(answer, status);
        }
    }

    @Test
    void controlIsAcceptedAndFollowedToItsEnd() {
        real.run("web", SLEEP);
        Http.Answer stop = http.post("/container/web/stop");
        assertThat(stop.status()).isEqualTo(202);
        assertThat(stop.json().get("status").asText()).isEqualTo("stopping");
        assertThat(stop.json().get("container").asText()).isEqualTo("web");
        assertThat(stop.json().get("message").asText()).isEqualTo("stopping web");
        await().until(() -> recorder.actions.size() == 2);
        assertThat(recorder.actions)
                .extracting(ServerMessage.Action::container, ServerMessage.Action::state, ServerMessage.Action::by)
                .containsExactly(
                        tuple("web", ActionState.ACCEPTED, "127.0.0.1"), tuple("web", ActionState.DONE, "127.0.0.1"));
        assertThat(status("web")).isEqualTo("exited");
    }

    @Test
    void userOfARelayIsNamedInTheAction() {
        real.run("web", SLEEP);

        assertThat(http.post("/container/web/start?wait=20&by=10.0.0.7").status())
                .isEqualTo(200);

        await().until(() -> recorder.actions.size() == 2);
        assertThat(recorder.actions).extracting(ServerMessage.Action::by).containsOnly("10.0.0.7 via 127.0.0.1");
        assertThat(http.post("/container/web/stop?by=%0Auser").status()).isEqualTo(400);
    }

    @Test
    void userOnTheSameHostAsTheRelayIsNamedOnce() {
        real.run("web", SLEEP);

        assertThat(http.post("/container/web/start?wait=20&by=127.0.0.1").status())
                .isEqualTo(200);

        await().until(() -> recorder.actions.size() == 2);
        assertThat(recorder.actions).extracting(ServerMessage.Action::by).containsOnly("127.0.0.1");
    }

    @Test
    void waitAnswersWithTheReachedState() {
        real.run("web", SLEEP);
        Map<String, String> reached = Map.of("stop", "exited", "start", "running", "restart", "running");
        for (String action : new String[] {"stop", "stop", "start", "start", "restart"}) {
            Http.Answer answer = http.post("/container/web/" + action + "?wait=20");
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            assertThat(answer.json().get("status").asText()).isEqualTo(reached.get(action));
            assertThat(status("web")).isEqualTo(reached.get(action));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"stop", "kill"})
    void endOfAContainerThatIsRemovedThenSucceeds(String action) {
        real.run("once", SLEEP, "--rm");
        Http.Answer answer = http.post("/container/once/" + action + "?wait=20");

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().get("status").asText()).isIn("removing", "removed");
        await().until(() -> recorder.actions.size() == 2);
        assertThat(recorder.actions.getLast().state()).isEqualTo(ActionState.DONE);
    }

    @Test
    void waitThatEndsTooEarlySaysSo() {
        real.run("stubborn", "trap '' TERM; while :; do sleep 1000 & wait; done", "--stop-timeout", "3");
        assertRefused(http.post("/container/stubborn/stop?wait=1"), 504);
        assertThat(http.post("/container/stubborn/stop?wait=20").status()).isEqualTo(200);
    }

    @Test
    void refusalOfTheEngineIsPassedOn() {
        real.run("held", SLEEP);
        real.docker("pause", "held");
        assertRefused(http.post("/container/held/start?wait=5"), 409);
        Http.Answer atOnce = http.post("/container/held/start");
        assertRefused(atOnce, 409);
        assertThat(atOnce.json().get("error").asText()).contains("paused");
        await().until(() -> recorder.actions.size() == 4);
        assertThat(recorder.actions.getLast().state()).isEqualTo(ActionState.FAILED);
        assertThat(recorder.actions.getLast().message()).contains("paused");
        assertThat(http.post("/container/held/stop?wait=20").status()).isEqualTo(200);
    }

    @Test
    void startOfAContainerThatEndsAtOnceFails() {
        real.run("brief", "exit 3");
        real.awaitExit("brief");
        real.run("job", "exit 0");
        real.awaitExit("job");
        Http.Answer brief = http.post("/container/brief/start?wait=20");
        if (brief.status() != 200) {
            assertRefused(brief, 409);
            assertThat(brief.json().get("error").asText()).contains("exit code 3");
        }
        assertThat(http.post("/container/job/start?wait=20").status()).isEqualTo(200);
    }

    @Test
    void ownContainersNeedForce() {
        real.run("mine", Map.of(OwnContainers.LABEL, "relay"), SLEEP);
        assertRefused(http.post("/container/mine/stop?wait=5"), 409);
        assertRefused(http.post("/container/mine/restart"), 409);
        assertThat(status("mine")).isEqualTo("running");
        assertThat(http.post("/container/mine/stop?wait=20&force=true").status())
                .isEqualTo(200);
        assertThat(http.post("/container/mine/start?wait=20").status()).isEqualTo(200);
    }

    @Test
    void sixteenSlowStopsDelayNoScan() {
        for (int i = 0; i < 17; i++) {
            real.run("slow-" + i, "trap '' TERM; while :; do sleep 1000 & wait; done", "--stop-timeout", "6");
        }
        for (int i = 0; i < 17; i++) {
            assertThat(http.post("/container/slow-" + i + "/stop").status()).isEqualTo(202);
        }
        long before = System.nanoTime();
        assertThat(http.get("/containers").status()).isEqualTo(200);
        assertThat(System.nanoTime() - before).isLessThan(2_000_000_000L);
        real.docker("kill", real.docker("ps", "-q").lines().findFirst().orElseThrow());
    }

    @Test
    void lastKnownStateIsServedWhileTheEngineIsAway() {
        real.run("web", SLEEP);
        assertThat(http.get("/containers").status()).isEqualTo(200);
        real.kill();
        Http.Answer containers = http.get("/containers");
        assertRefused(containers, 503);
        JsonNode web = containers.json().get("containers").get(0);
        assertThat(web.get("status").asText()).isEqualTo("unknown");
        assertThat(web.get("last_status").asText()).isEqualTo("running");
        assertRefused(http.get("/container/web/status"), 503);
        assertRefused(http.post("/container/web/stop?wait=5"), 503);
        assertRefused(http.get("/container/nobody/status"), 503);
        assertThat(http.get("/health").status()).isEqualTo(200);
    }
}
