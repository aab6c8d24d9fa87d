package io.dockrelay.relay.uplink;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import io.dockrelay.relay.Page;
import io.dockrelay.relay.RunningRelay;
import io.dockrelay.relay.channel.Lines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Two configured URLs that lead to one controller id: one URL has it, and the other says so and is in reserve. */
class SameControllerTwiceTest {

    private final Vertx vertx = Vertx.vertx();
    private final FakeController first = new FakeController(vertx);
    private final FakeController second = new FakeController(vertx);
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final Logger uplinks = (Logger) LoggerFactory.getLogger(Uplink.class.getPackageName());
    private RunningRelay relay;

    @BeforeEach
    void open() throws Exception {
        first.start();
        second.start();
        logged.start();
        uplinks.addAppender(logged);
    }

    @AfterEach
    void close() throws Exception {
        uplinks.detachAppender(logged);
        relay.close();
        UplinkFixture.done(vertx.close());
    }

    @Test
    void secondUrlOfOneControllerSaysWhichTwoAndWhatToDo() throws Exception {
        int port = first.target().ws().getPort();
        connectTo("ws://localhost:" + port, "ws://127.0.0.1:" + port);
        await().until(() -> link("far-away").path("state").asText().equals("connected"));
        await().until(() -> warnings().count() > 0);

        JsonNode away = StreamSupport.stream(links().spliterator(), false)
                .filter(link -> link.has("message"))
                .findFirst()
                .orElseThrow();
        assertThat(away.path("controller").asText()).isIn("localhost:" + port, "127.0.0.1:" + port);
        assertThat(away.path("message").asText())
                .contains("ws://localhost:" + port, "ws://127.0.0.1:" + port, "\"far-away\"", "CONTROLLER_WS");
        assertThat(relay.get("/api/data").json().path("containers")).hasSize(1);
        await().until(() -> first.connections.get() > 3);
        assertThat(warnings())
                .hasSize(1)
                .allMatch(warning -> warning.contains(away.path("message").asText()));
    }

    @Test
    void hostThatGetsAnIdOfItsOwnConnects() throws Exception {
        connectTo(first.target().ws().toString(), second.target().ws().toString());
        FakeController refused = refused();

        refused.id = "its-own";

        await().until(() -> link("its-own").path("state").asText().equals("connected"));
        await().until(() -> links().size() == 2);
        assertThat(link("far-away").path("state").asText()).isEqualTo("connected");
        assertThat(relay.get("/api/data").json().path("containers")).hasSize(2);
    }

    @Test
    void hostThatLeavesItsUrlToAnotherOneStaysListedAsAway() throws Exception {
        second.id = "other";
        connectTo(first.target().ws().toString(), second.target().ws().toString());
        await().until(() -> link("other").path("state").asText().equals("connected"));

        second.stop();
        second.id = "far-away";
        second.start();

        await().until(() -> warnings().anyMatch(warning -> warning.contains("reach the same controller")));
        await().until(() -> links().size() == 3);
        assertThat(link("far-away").path("state").asText()).isEqualTo("connected");
        assertThat(link("other").path("state").asText()).isEqualTo("waiting");
        assertThat(link(second.target().placeholder()).path("message").asText()).contains("\"far-away\"");
    }

    @Test
    void refusedUrlTakesOverWhileTheOtherOneIsAway() throws Exception {
        first.log(10);
        second.log(10);
        connectTo(first.target().ws().toString(), second.target().ws().toString());
        FakeController reserve = refused();
        FakeController used = reserve == first ? second : first;
        String away = used.target().placeholder();
        Page page = relay.page();
        page.expect("the list", message -> message.path("containers").size() == 1);
        page.send("{\"type\":\"subscribe_logs\",\"container\":\"far-away/web\",\"lines\":5,\"sub\":\"s\"}");
        page.expect("the backlog", message -> lastLine(message) == 9);

        reserve.log(20);
        used.stop();

        page.expect("the lines of the outage", message -> lastLine(message) == 29);
        await().until(() -> link("far-away").path("state").asText().equals("connected"));
        await().until(() -> link(away).has("message"));
        assertThat(link(away).path("message").asText()).doesNotContain("same controller");
        assertThat(links()).hasSize(2);
        assertThat(relay.get("/api/data").json().path("containers")).hasSize(1);

        used.start();

        await().until(() -> link(away).path("message").asText().contains("reach the same controller"));
        reserve.log(1);
        page.expect("a live line", message -> lastLine(message) == 30);
        assertThat(link("far-away").path("state").asText()).isEqualTo("connected");
        assertThat(used.subscribed()).isEmpty();
        assertThat(numbers(page))
                .containsExactlyElementsOf(IntStream.range(5, 31).boxed().toList());
        assertThat(page.received("log_gap")).isEmpty();
        assertThat(page.received("error")).isEmpty();
    }

    @Test
    void urlThatIsListedTwiceIsUsedOnce() throws Exception {
        String url = first.target().ws().toString();
        connectTo(url, url);
        await().until(() -> link("far-away").path("state").asText().equals("connected"));

        assertUsedOnce(url);
    }

    /** It gives no id, so both would be listed under their host and port. */
    @Test
    void hostAndPortOfAVersionOneControllerAreUsedOnce() throws Exception {
        first.v1 = true;
        String address = first.target().placeholder();
        connectTo("ws://" + address, "wss://" + address);
        await().until(() -> link(address).path("state").asText().equals("connected"));

        assertUsedOnce("wss://" + address);
    }

    private void assertUsedOnce(String ignored) throws Exception {
        assertThat(links()).hasSize(1);
        assertThat(first.connections).hasValue(1);
        assertThat(warnings()).hasSize(1).allMatch(warning -> warning.contains(ignored) && warning.contains("twice"));
    }

    private void connectTo(String... urls) {
        List<String> rest =
                Stream.of(urls).map(url -> url.replaceFirst("^ws", "http")).toList();
        relay = new RunningRelay(new JsonObject()
                .put("controllerWs", new JsonArray(List.of(urls)))
                .put("controllerApi", new JsonArray(rest)));
    }

    /** The one whose URL does not have the id, once both have answered. */
    private FakeController refused() throws Exception {
        await().until(() -> link("far-away").path("state").asText().equals("connected"));
        await().until(() -> warnings().count() > 0 && links().size() == 2);
        return link(second.target().placeholder()).isMissingNode() ? first : second;
    }

    private static int lastLine(JsonNode message) {
        JsonNode logs = message.path("logs");
        return logs.isEmpty() ? -1 : Lines.number(logs.get(logs.size() - 1).asText());
    }

    private static List<Integer> numbers(Page page) {
        return page.received().stream()
                .flatMap(message -> StreamSupport.stream(message.path("logs").spliterator(), false))
                .map(line -> Lines.number(line.asText()))
                .toList();
    }

    private JsonNode links() throws Exception {
        return relay.get("/api/health").json().path("controllers");
    }

    private JsonNode link(String controller) throws Exception {
        return StreamSupport.stream(links().spliterator(), false)
                .filter(link -> link.path("controller").asText().equals(controller))
                .findFirst()
                .orElseGet(com.fasterxml.jackson.databind.node.MissingNode::getInstance);
    }

    private Stream<String> warnings() {
        return List.copyOf(logged.list).stream()
                .filter(event -> event.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .filter(text -> text.contains("CONTROLLER_WS"));
    }
}
