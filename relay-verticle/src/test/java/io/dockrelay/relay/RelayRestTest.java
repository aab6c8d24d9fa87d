package io.dockrelay.relay;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.logs.ReadLogs;
import io.dockrelay.protocol.logs.ReadLogs.Anchor;
import io.dockrelay.protocol.state.ChangeReason;
import io.dockrelay.protocol.stats.AskLoadHistory;
import io.dockrelay.relay.RunningRelay.Answer;

import static io.dockrelay.relay.fleet.Containers.exited;
import static io.dockrelay.relay.fleet.Containers.idOf;
import static io.dockrelay.relay.fleet.Containers.running;
import static org.assertj.core.api.Assertions.assertThat;

/** Every answer of the relay's REST interface. */
class RelayRestTest {

    private static RunningRelay relay;
    private BusController controller;

    @BeforeAll
    static void start() {
        relay = new RunningRelay();
    }

    @AfterAll
    static void stop() {
        relay.close();
    }

    @BeforeEach
    void open() throws Exception {
        controller = new BusController(relay.vertx, "edge-1", running("web"), exited("db"));
        // The relay still has changes that the controller lost when it started again.
        controller.returns();
        try (Page page = relay.page()) {
            page.expect("the list", message -> message.path("containers").size() >= 2);
        }
    }

    @AfterEach
    void close() {
        controller.close();
    }

    @Test
    void controlIsAcceptedOrFollowedToItsEnd() throws Exception {
        Answer accepted = relay.post("/api/container/web/restart");
        assertThat(accepted.status()).isEqualTo(202);
        assertThat(accepted.json().path("status").asText()).isEqualTo("restarting");
        assertThat(accepted.json().path("container").asText()).isEqualTo("web");
        assertThat(accepted.json().path("message").asText()).contains(" ");

        Answer ended = relay.post("/api/container/" + idOf("db") + "/stop?wait=5&force=true");
        assertThat(ended.status()).isEqualTo(200);
        assertThat(ended.json().path("status").asText()).isEqualTo("exited");
        assertThat(ended.json().path("running").asBoolean()).isFalse();
        assertThat(accepted.json().path("id").asText()).isEqualTo("a-1");
        assertThat(ended.json().path("id").asText()).isEqualTo("a-1");
        assertThat(ended.json().path("container_id").asText()).isEqualTo(idOf("db"));

        assertThat(controller.controls).hasSize(2);
        assertThat(controller.controls.getFirst().toTheEnd()).isFalse();
        assertThat(controller.controls.getFirst().by()).isEqualTo("127.0.0.1");
        assertThat(controller.controls.getLast().force()).isTrue();
        assertThat(controller.controls.getLast().container()).isEqualTo("db");
    }

    @ParameterizedTest
    @CsvSource({
        "CONFLICT, 409",
        "NOT_ALLOWED, 403",
        "ENGINE_UNAVAILABLE, 503",
        "ENGINE_ERROR, 502",
        "NO_SUCH_CONTAINER, 404"
    })
    void refusalIsAnsweredWithItsMessage(RefusalKind kind, int status) throws Exception {
        controller.refusal = new Refusal(kind, "container web is paused");

        assertRefused(relay.post("/api/container/web/start"), status, "container web is paused");
    }

    @Test
    void actionThatDoesNotEndInTimeIs504() throws Exception {
        controller.slow = true;

        assertRefused(relay.post("/api/container/web/stop?wait=1"), 504, "within 1 s");
    }

    @Test
    void logPageIsPassedOnUnchanged() throws Exception {
        Answer page = relay.get("/api/container/edge-1%2Fweb/logs?before=AbC&limit=3");

        assertThat(page.status()).isEqualTo(200);
        JsonNode json = page.json();
        assertThat(json.path("container").asText()).isEqualTo("web");
        assertThat(json.path("logs").get(0).asText()).isEqualTo("2025-11-25T22:52:30.123456789Z a \"line\"");
        assertThat(json.path("count").asInt()).isEqualTo(1);
        assertThat(json.path("cursor").asText()).isEqualTo("bGFzdA");
        assertThat(json.path("more_before").asBoolean()).isTrue();
        assertThat(controller.reads).containsExactly(new ReadLogs("web", Anchor.BEFORE, "AbC", null, null, 3));
    }

    @Test
    void pastLoadIsPassedOn() throws Exception {
        Answer history = relay.get("/api/container/" + idOf("web")
                + "/stats/history?since=2025-11-25T21:53:00Z&until=2025-11-25T22:53:00Z&step=10");

        assertThat(history.status()).isEqualTo(200);
        assertThat(history.json().at("/cpu_cores/mean/2").asDouble()).isEqualTo(0.5);
        assertThat(history.json().at("/cpu_cores/mean/1").isNull()).isTrue();
        assertThat(controller.histories)
                .containsExactly(new AskLoadHistory(
                        "web", Instant.parse("2025-11-25T21:53:00Z"), Instant.parse("2025-11-25T22:53:00Z"), 10_000));
        Answer removed = relay.get("/api/container/long-gone/stats/history?controller=edge-1");
        assertThat(removed.status()).isEqualTo(200);
        assertThat(controller.histories.getLast().container()).isEqualTo("long-gone");
        assertRefused(relay.get("/api/container/long-gone/stats/history"), 404, "long-gone");

        controller.refusal = Refusal.notSupported("it keeps no load history");
        assertRefused(relay.get("/api/container/web/stats/history"), 501, "it keeps no load history");
    }

    @Test
    void recentLoadIsOfAllControllersThatHaveIt() throws Exception {
        BusController second = new BusController(relay.vertx, "edge-2", running("other"));
        try (Page page = relay.page()) {
            page.expect("both", message -> message.path("containers").size() >= 3);
        }
        JsonNode all = relay.get("/api/stats/history").json().path("controllers");
        assertThat(all).extracting(one -> one.path("controller").asText()).contains("edge-1", "edge-2");

        second.refusal = Refusal.notSupported("it keeps no load history");
        JsonNode one = relay.get("/api/stats/history").json().path("controllers");
        assertThat(one)
                .extracting(each -> each.path("controller").asText())
                .contains("edge-1")
                .doesNotContain("edge-2");
        second.leaves();
        second.close();
    }

    @Test
    void nameOnTwoControllersNeedsTheController() throws Exception {
        controller.becomes(running("twin"), ChangeReason.CREATED);
        BusController second = new BusController(relay.vertx, "edge-2", running("twin"));
        try (Page page = relay.page()) {
            page.expect("both", message -> message.path("containers").size() == 4);
        }

        assertRefused(relay.post("/api/container/twin/start"), 400, "edge-1 and edge-2");
        assertThat(relay.post("/api/container/twin/start?controller=edge-2").status())
                .isEqualTo(202);
        assertThat(second.controls).hasSize(1);
        second.leaves();
        try (Page page = relay.page()) {
            page.expect("its absence", message -> message.toString().contains("edge-2 is away"));
        }
        assertRefused(relay.post("/api/container/twin/start?controller=edge-2"), 503, "edge-2 is away");
        second.close();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/nowhere, 404",
        "GET, /api/container/missing/logs, 404",
        "POST, /api/container/missing/start, 404",
        "POST, /api/container/db/explode, 404",
        "GET, /api/container/db/start, 405",
        "DELETE, /api/container/db/stop, 405",
        "POST, /api/data, 405",
        "GET, /api/container/db/logs?tail=all, 400",
        "GET, /api/container/db/logs?limit=-1, 400",
        "GET, /api/container/db/logs?after=a&around=b, 400",
        "GET, /api/container/db/logs?tail=5&controller=elsewhere, 404",
        "GET, /api/container/missing/stats/history, 404",
        "GET, /api/container/db/stats/history?controller=elsewhere, 404",
        "GET, /api/container/db/stats/history?since=yesterday, 400",
        "GET, /api/container/db/stats/history?step=0, 400",
        "GET, /api/container/%ff/stats/history, 400",
        "POST, /api/stats/history, 405",
        "GET, /api/changes?limit=many, 400",
        "GET, /api/changes?since=yesterday, 400",
        "POST, /api/container/db/stop?wait=soon, 400",
        "POST, /api/container/db/stop?wait=0, 400",
        "POST, /api/container/db/stop?wait=301, 400",
        "POST, /api/container/db/stop?force=1, 400",
        "POST, /api/container/db/stop?wait=, 400",
        "POST, /api/container/db/stop?force=, 400",
        "GET, /api/container/db/logs?limit=, 400",
        "GET, /api/container/db/logs?after=, 400",
        "GET, /api/changes?limit=, 400",
        "GET, /api/changes?since=, 400",
        "GET, /api/container/db/stats/history?step=, 400",
        "GET, /api/container/%ff/logs, 400",
        "GET, /ws, 426"
    })
    void badRequestGetsAMessageAndItsStatus(String method, String path, int status) throws Exception {
        assertRefused(relay.send(method, path), status, " ");
    }

    @Test
    void everyReadablePathAnswersHead() throws Exception {
        for (String path : List.of("/api/health", "/api/data", "/api/changes", "/api/session", "/api/stats/history")) {
            assertThat(relay.send("HEAD", path).status()).as(path).isEqualTo(200);
        }
        assertThat(relay.send("HEAD", "/ws").status()).isEqualTo(426);
        assertThat(relay.send("HEAD", "/api/container/db/start").status()).isEqualTo(405);
    }

    @Test
    void oneTimeDataIsExactlyV1() throws Exception {
        JsonNode data = relay.get("/api/data").json();

        assertThat(data.fieldNames()).toIterable().containsExactly("timestamp", "containers", "containersFetchError");
        assertThat(data.path("containers").get(0).fieldNames())
                .toIterable()
                .containsExactly("name", "fullName", "status", "statusDetail", "running", "health", "id");
    }

    @Test
    void changesAreListedNewestFirst() throws Exception {
        try (Page page = relay.page()) {
            controller.becomes(running("db"), ChangeReason.STARTED);
            controller.becomes(exited("db"), ChangeReason.DIED);
            page.expect("both", message -> message.toString().contains("died"));
        }

        JsonNode newest = relay.get("/api/changes?limit=2").json().path("changes");
        assertThat(newest).extracting(change -> change.path("reason").asText()).containsExactly("died", "started");
        String at = newest.get(0).path("at").asText();
        assertThat(relay.get("/api/changes?since=" + at.replace("Z", "999Z"))
                        .json()
                        .path("changes"))
                .isEmpty();
    }

    @Test
    void healthAndSessionAnswerWithSuccess() throws Exception {
        assertThat(relay.get("/api/health").json().path("status").asText()).isEqualTo("ok");
        assertThat(relay.get("/api/session").json().path("ok").asBoolean()).isTrue();
    }

    @Test
    void pageOfAnotherOriginIsRefusedOnEveryPath() throws Exception {
        for (String path : List.of("/", "/ws", "/api/health", "/api/data", "/api/container/web/logs", "/assets/x.js")) {
            assertRefused(relay.get(path, "Origin", "http://evil.example"), 403, "RELAY_ALLOWED_ORIGINS");
        }
        int asked = controller.controls.size();
        assertRefused(relay.post("/api/container/web/stop", "Origin", "null"), 403, "RELAY_ALLOWED_ORIGINS");
        assertThat(controller.controls).hasSize(asked);
    }

    private static void assertRefused(Answer answer, int status, String sentence) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.json().path("error").asText()).contains(sentence);
    }
}
