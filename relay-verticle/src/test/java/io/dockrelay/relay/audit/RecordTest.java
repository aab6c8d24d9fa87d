package io.dockrelay.relay.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.state.ChangeReason;
import io.dockrelay.protocol.state.ContainerAction;
import io.dockrelay.protocol.wire.ActionState;
import io.dockrelay.protocol.wire.ServerMessage;
import io.dockrelay.record.RecordCheck;
import io.dockrelay.record.RecordFolder;
import io.dockrelay.relay.RunningRelay;

import static io.dockrelay.relay.audit.RecordedRelay.entryOf;
import static io.dockrelay.relay.fleet.Containers.exited;
import static io.dockrelay.relay.fleet.Containers.idOf;
import static io.dockrelay.relay.fleet.Containers.running;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** What the relay records, and how the record is read over REST. */
class RecordTest {

    @TempDir
    Path folder;

    private RecordedRelay recorded;

    @BeforeEach
    void open() throws Exception {
        recorded = new RecordedRelay(folder.resolve("record"));
    }

    @AfterEach
    void close() throws IOException {
        recorded.close();
        assertThat(RecordCheck.of(RecordFolder.of(folder.resolve("record"), Optional.empty()), Optional.empty())
                        .findings())
                .isEmpty();
    }

    @Test
    void actionIsRecordedBeforeItIsAskedForAndWithItsEnd() throws Exception {
        assertThat(recorded.relay.post("/api/container/web/stop").status()).isEqualTo(202);

        JsonNode requested = recorded.entries("").getFirst();
        assertThat(requested.path("what").asText()).isEqualTo("stop");
        assertThat(requested.path("outcome").asText()).isEqualTo("requested");
        assertThat(requested.path("who").asText()).isEqualTo("127.0.0.1");
        assertThat(requested.path("address").asText()).isEqualTo("127.0.0.1");
        assertThat(requested.at("/container/controller").asText()).isEqualTo("edge-1");
        assertThat(requested.at("/container/name").asText()).isEqualTo("web");
        assertThat(requested.at("/container/id").asText()).isEqualTo(idOf("web"));

        recorded.controller.becomes(exited("web"), ChangeReason.STOPPED);
        recorded.controller.acts(action("a-1", "web", ContainerAction.STOP, ActionState.DONE, "127.0.0.1", null));

        JsonNode done = recorded.awaitEntry(entryOf("stop", "done"));
        assertThat(done.path("request").asLong())
                .isEqualTo(requested.path("seq").asLong());
        assertThat(done.path("duration_ms").isNumber()).isTrue();
        assertThat(done.path("who").asText()).isEqualTo("127.0.0.1");
        assertThat(done.path("events")).hasSize(1);
        assertThat(done.at("/events/0/event").asText()).isEqualTo("stopped");
        assertThat(done.at("/events/0/status").asText()).isEqualTo("exited");
    }

    @Test
    void refusalAndFailureOfTheControllerAreRecorded() throws Exception {
        recorded.controller.refusal = new Refusal(RefusalKind.CONFLICT, "container web is paused");
        assertThat(recorded.relay.post("/api/container/web/start").status()).isEqualTo(409);
        recorded.controller.refusal = new Refusal(RefusalKind.ENGINE_ERROR, "the engine said no");
        assertThat(recorded.relay.post("/api/container/web/kill").status()).isEqualTo(502);

        assertThat(recorded.awaitEntry(entryOf("start", "refused"))
                        .path("reason")
                        .asText())
                .isEqualTo("container web is paused");
        assertThat(recorded.awaitEntry(entryOf("kill", "failed")).path("reason").asText())
                .isEqualTo("the engine said no");
    }

    @Test
    void actionThatEndsLaterThanItsAnswerIsFollowed() throws Exception {
        recorded.controller.slow = true;
        assertThat(recorded.relay.post("/api/container/web/restart?wait=1").status())
                .isEqualTo(504);
        recorded.controller.acts(
                action("b-7", "web", ContainerAction.RESTART, ActionState.ACCEPTED, "127.0.0.1", null));
        recorded.controller.acts(
                action("b-7", "web", ContainerAction.RESTART, ActionState.FAILED, "127.0.0.1", "it did not start"));

        JsonNode failed = recorded.awaitEntry(entryOf("restart", "failed"));
        assertThat(failed.path("reason").asText()).isEqualTo("it did not start");
        assertThat(failed.path("request").isNumber()).isTrue();
    }

    @Test
    void actionThatAnotherHasRequestedIsRecorded() {
        recorded.controller.acts(action("c-1", "db", ContainerAction.START, ActionState.ACCEPTED, "ops", null));
        recorded.controller.becomes(running("db"), ChangeReason.STARTED);
        recorded.controller.acts(action("c-1", "db", ContainerAction.START, ActionState.DONE, "ops", null));

        JsonNode done = recorded.awaitEntry(entryOf("start", "done"));
        assertThat(done.path("who").asText()).isEqualTo("ops");
        assertThat(done.path("reason").asText()).isEqualTo("it was not requested through this relay");
        assertThat(done.has("request")).isFalse();
        assertThat(done.at("/events/0/event").asText()).isEqualTo("started");
    }

    @Test
    void everyRefusalAtTheDoorIsRecordedOnce() throws Exception {
        for (int i = 0; i < 20; i++) {
            assertThat(recorded.relay
                            .get("/api/data", "Origin", "http://evil.example")
                            .status())
                    .isEqualTo(403);
        }
        assertThat(recorded.relay.post("/api/container/nothing/stop").status()).isEqualTo(404);
        assertThat(recorded.relay.post("/api/container/web/stop?wait=never").status())
                .isEqualTo(400);

        JsonNode refused = recorded.awaitEntry(entryOf("access", "refused"));
        assertThat(refused.path("reason").asText())
                .contains("http://evil.example")
                .contains("RELAY_ALLOWED_ORIGINS");
        assertThat(refused.path("address").asText()).isEqualTo("127.0.0.1");
        assertThat(recorded.awaitEntry(entryOf("stop", "refused")).has("reason"))
                .isTrue();
        assertThat(recorded.entries("&action=access")).hasSize(1);
        assertThat(recorded.entries("&action=stop&outcome=refused")).hasSize(2);
        assertThat(recorded.entries("&outcome=refused&container=nothing"))
                .as("a container that does not exist, as it was named")
                .singleElement()
                .satisfies(entry ->
                        assertThat(entry.at("/container/id").isMissingNode()).isTrue());
        assertThat(recorded.entries("&outcome=refused&container=web"))
                .singleElement()
                .satisfies(
                        entry -> assertThat(entry.at("/container/id").asText()).isEqualTo(idOf("web")));
        recorded.relay.undeploy();
        String all = Files.readString(folder.resolve("record/record-000000000001.jsonl"));
        assertThat(all).contains("\"count\":19");
    }

    @Test
    void dismissalAndItsRefusalAreRecorded() throws Exception {
        assertThat(recorded.relay.send("DELETE", "/api/controllers/edge-1").status())
                .isEqualTo(409);
        assertThat(recorded.awaitEntry(entryOf("dismiss", "refused"))
                        .path("reason")
                        .asText())
                .contains("edge-1 is connected");

        recorded.controller.leaves();
        await().atMost(Duration.ofSeconds(10))
                .until(() ->
                        recorded.relay.send("DELETE", "/api/controllers/edge-1").status() == 200);
        assertThat(recorded.awaitEntry(entryOf("dismiss", "done"))
                        .at("/container/controller")
                        .asText())
                .isEqualTo("edge-1");
    }

    @Test
    void actionInProgressIsRecordedWhenTheRelayStops() throws Exception {
        assertThat(recorded.relay.post("/api/container/web/stop").status()).isEqualTo(202);
        recorded.relay.undeploy();

        String all = Files.readString(folder.resolve("record/record-000000000001.jsonl"));
        assertThat(all).contains("\"outcome\":\"unknown\",\"reason\":\"this relay stopped before its end\"");
    }

    @Test
    void pagesAndFilters() throws Exception {
        for (int i = 0; i < 5; i++) {
            assertThat(recorded.relay.post("/api/container/web/kill").status()).isEqualTo(202);
            assertThat(recorded.relay.post("/api/container/db/start").status()).isEqualTo(202);
        }
        RunningRelay.Answer first = recorded.relay.get("/api/record?limit=4");
        assertThat(first.json().path("kept").asBoolean()).isTrue();
        assertThat(first.json().path("entries")).hasSize(4);
        long before = first.json().path("before").asLong();
        assertThat(first.json().at("/entries/3/seq").asLong()).isEqualTo(before);
        assertThat(recorded.entries("&before=" + before))
                .allMatch(entry -> entry.path("seq").asLong() < before);
        assertThat(recorded.entries("&container=db&action=start")).hasSize(5);
        assertThat(recorded.entries("&container=edge-1/db")).hasSize(5);
        assertThat(recorded.entries("&who=127.0")).hasSize(10);
        assertThat(recorded.entries("&who=nobody")).isEmpty();
        assertThat(recorded.entries("&outcome=requested,done")).hasSize(11);
        assertThat(recorded.entries("&until=2020-01-01T00:00:00Z")).isEmpty();
        assertThat(recorded.entries("&since=" + Instant.now().minusSeconds(600)))
                .hasSize(11);
        for (String wrong : List.of("outcome=well", "since=noon", "before=x", "limit=-1", "before=" + "9".repeat(30))) {
            RunningRelay.Answer refused = recorded.relay.get("/api/record?" + wrong);
            assertThat(refused.status()).as(wrong).isEqualTo(400);
            assertThat(refused.body()).contains("\\\"" + wrong.split("=", 2)[0] + "\\\"");
        }
    }

    @Test
    void exportIsEveryLineAsItWasWritten() throws Exception {
        assertThat(recorded.relay.post("/api/container/web/stop").status()).isEqualTo(202);

        RunningRelay.Answer export = recorded.relay.get("/api/record/export");
        assertThat(export.status()).isEqualTo(200);
        assertThat(export.header("Content-Type")).startsWith("application/x-ndjson");
        assertThat(export.header("Content-Disposition")).contains("dockrelay-record.jsonl");
        assertThat(export.body()).isEqualTo(Files.readString(folder.resolve("record/record-000000000001.jsonl")));
        assertThat(recorded.relay.get("/api/record/export?action=stop").body().lines())
                .hasSize(1);
        assertThat(recorded.relay.get("/api/record/export?outcome=x").status()).isEqualTo(400);
    }

    @Test
    void exportThatCannotBeReadToItsEndResetsTheConnection() throws Exception {
        Path unreadable = Files.createDirectory(folder.resolve("record/record-000000999999.jsonl"));

        assertThatThrownBy(() -> recorded.relay.get("/api/record/export")).isInstanceOf(IOException.class);
        Files.delete(unreadable);
        assertThat(recorded.relay.get("/api/record/export").status()).isEqualTo(200);
    }

    @Test
    void recordThatCannotBeWrittenRefusesControlOnlyAndRecovers() throws Exception {
        assertThat(recorded.relay.post("/api/container/web/stop").status()).isEqualTo(202);
        Path record = folder.resolve("record");
        Path aside = Files.move(record, folder.resolve("aside"));
        Files.writeString(record, "in the way");

        RunningRelay.Answer refused = recorded.relay.post("/api/container/web/stop");
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.json().path("kind").asText()).isEqualTo("not_recorded");
        assertThat(refused.json().path("error").asText())
                .contains("the record cannot be written")
                .contains(record.toString());
        assertThat(recorded.controller.controls).hasSize(1);
        assertThat(recorded.relay.get("/api/data").status()).isEqualTo(200);
        assertThat(recorded.relay.get("/api/health").status()).isEqualTo(200);

        Files.delete(record);
        Path unused = Files.move(aside, record);
        assertThat(recorded.relay.post("/api/container/web/stop").status()).isEqualTo(202);
        assertThat(recorded.awaitEntry(entryOf("stop", "refused"))
                        .path("reason")
                        .asText())
                .as("the refusal itself, later")
                .contains("the record cannot be written");
        assertThat(recorded.relay.get("/api/record").json().has("problem")).isFalse();
    }

    private static ServerMessage.Action action(
            String id, String container, ContainerAction action, ActionState state, String by, String message) {
        return new ServerMessage.Action(id, "edge-1", container, action, state, Instant.now(), message, by);
    }
}
