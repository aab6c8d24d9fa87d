package io.dockrelay.relay.uplink;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.dockrelay.relay.Page;
import io.dockrelay.relay.RunningRelay;
import io.dockrelay.relay.channel.Lines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** One configured URL is one controller, whichever id answers there: the whole relay, with a controller that changes its id. */
class UplinkMovedTest {

    private final Vertx vertx = Vertx.vertx();
    private final FakeController remote = new FakeController(vertx);
    private RunningRelay relay;
    private Page page;

    @BeforeEach
    void connect() throws Exception {
        remote.start();
        String address = "localhost:" + remote.target().api().getPort();
        relay = new RunningRelay(new JsonObject()
                .put("controllerWs", JsonArray.of("ws://" + address))
                .put("controllerApi", JsonArray.of("http://" + address)));
        page = relay.page();
        page.expect("the list", message -> message.path("containers").size() == 1);
        page.send("{\"type\":\"hello\",\"features\":[\"deltas\"]}");
    }

    @AfterEach
    void close() throws Exception {
        relay.close();
        UplinkFixture.done(vertx.close());
    }

    @Test
    void subscriptionsAndNamesGoOnUnderTheNewId() throws Exception {
        remote.log(10);
        page.send("{\"type\":\"subscribe_logs\",\"container\":\"far-away/web\",\"lines\":5,\"sub\":\"s\"}");
        page.expect("the backlog", message -> has(message, 9));

        returnsAs("other", 20);

        page.expect("the lines of the outage", message -> has(message, 29));
        assertThat(page.received("log_gap")).isEmpty();
        assertThat(page.received("error")).isEmpty();
        assertThat(numbers()).containsExactlyElementsOf(range(5, 30));
        assertThat(page.received("new_logs").getLast().path("controller").asText())
                .isEqualTo("other");
        JsonNode link =
                page.await("its link", message -> message.path("replaces").size() == 1);
        assertThat(link.path("controller").asText()).isEqualTo("other");
        assertThat(link.path("replaces").get(0).asText()).isEqualTo("far-away");
        assertThat(relay.get("/api/health").json().path("controllers")).hasSize(1);
        assertThat(relay.get("/api/container/web/logs?controller=far-away&limit=1")
                        .status())
                .isEqualTo(200);

        page.send("{\"type\":\"unsubscribe_logs\",\"container\":\"other/web\",\"sub\":\"s\"}");
        page.settle("unsubscribed");
        assertThat(relay.get("/api/health").json().path("subscriptions").asInt())
                .isZero();
    }

    @Test
    void bareNameStaysUsableForBrowsersOfVersionOne() throws Exception {
        Page old = relay.page("/");
        old.subscribe("web");
        assertThat(old.awaitType("log_snapshot")).isNotNull();

        returnsAs("other", 3);

        old.expect("a live line", message -> has(message, 2));
        assertThat(relay.post("/api/container/web/start").body()).doesNotContain("name the controller");
        JsonNode list = old.received("container_update").getLast();
        assertThat(list.path("containers")).hasSize(1);
        assertThat(list.path("containers").get(0).path("controller").asText()).isEqualTo("other");
    }

    @Test
    void controllerThatIsUpdatedFromVersionOneContinuesItsLogs() throws Exception {
        String withoutId = remote.target().placeholder();
        remote.v1 = true;
        returnsAs(withoutId, 10);
        page.send("{\"type\":\"subscribe_logs\",\"container\":\"web\",\"lines\":5,\"sub\":\"s\"}");
        page.expect("the backlog", message -> has(message, 9));

        remote.v1 = false;
        returnsAs("updated", 20);

        page.expect("the lines of the outage", message -> has(message, 29));
        assertThat(numbers()).containsExactlyElementsOf(range(5, 30));
        assertThat(page.received("log_gap")).isEmpty();
    }

    @Test
    void controllerThatIsAwayCanBeDismissedUntilItConnects() throws Exception {
        assertThat(relay.send("DELETE", "/api/controllers/far-away").status()).isEqualTo(409);
        assertThat(relay.send("DELETE", "/api/controllers/nowhere").status()).isEqualTo(404);
        remote.stop();
        page.expect("the outage", message -> message.path("state").asText().equals("waiting"));

        RunningRelay.Answer answer = relay.send("DELETE", "/api/controllers/far-away");

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        await().until(() ->
                page.received("container_update").getLast().path("controllers").isEmpty());
        assertThat(relay.get("/api/health").json().path("controllers")).isEmpty();

        remote.start();

        await().until(() -> relay.get("/api/health").json().path("controllers").size() == 1);
        await().until(() -> relay.get("/api/data").json().path("containers").size() == 1);
    }

    private void returnsAs(String id, int lines) throws Exception {
        remote.stop();
        page.expect("the outage", message -> message.path("state").asText().equals("waiting"));
        remote.id = id;
        remote.log(lines);
        remote.start();
        page.expect(
                "its new id",
                message -> message.path("controller").asText().equals(id)
                        && message.path("state").asText().equals("connected"));
    }

    private List<Integer> numbers() {
        return page.received().stream()
                .flatMap(message -> StreamSupport.stream(message.path("logs").spliterator(), false))
                .map(line -> Lines.number(line.asText()))
                .toList();
    }

    private static List<Integer> range(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    private static boolean has(JsonNode message, int line) {
        JsonNode logs = message.path("logs");
        return !logs.isEmpty() && Lines.number(logs.get(logs.size() - 1).asText()) == line;
    }
}
