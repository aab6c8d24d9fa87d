package io.dockrelay.relay.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Future;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.dockrelay.protocol.bus.Acknowledged;
import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.search.OpenSearch;
import io.dockrelay.protocol.search.SearchFailure;
import io.dockrelay.protocol.search.SearchItem;
import io.dockrelay.protocol.search.SearchOpened;
import io.dockrelay.protocol.search.SearchPart;
import io.dockrelay.relay.BusController;
import io.dockrelay.relay.RunningRelay;
import io.dockrelay.relay.Soon;
import io.dockrelay.relay.fleet.Containers;

import static org.assertj.core.api.Assertions.assertThat;

/** Searches at two scripted controllers on the bus, east with web and west with api. */
class SearchTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final RunningRelay relay = new RunningRelay();
    private final Bus bus = Bus.of(relay.vertx);

    /** By controller. */
    private final Map<String, OpenSearch> opened = new ConcurrentHashMap<>();

    private final List<String> closed = new CopyOnWriteArrayList<>();

    /** The parts that a controller still has; after the last one it sends its progress for ever. */
    private final Map<String, List<SearchPart>> parts = new ConcurrentHashMap<>();

    private final Map<String, Refusal> refusals = new ConcurrentHashMap<>();

    @BeforeEach
    void controllers() {
        for (String id : List.of("east", "west")) {
            Soon.done(bus.answer(Addresses.openSearch(id), request -> {
                        opened.put(id, request);
                        Refusal refusal = refusals.get(id);
                        return refusal == null
                                ? Future.succeededFuture(new SearchOpened(1))
                                : Future.failedFuture(refusal);
                    })
                    .ready());
            Soon.done(bus.answer(Addresses.pullSearch(id), request -> next(id)).ready());
            Soon.done(bus.answer(Addresses.closeSearch(id), request -> {
                        closed.add(id);
                        return Future.succeededFuture(new Acknowledged());
                    })
                    .ready());
            parts.put(id, new CopyOnWriteArrayList<>());
        }
        assertThat(new BusController(relay.vertx, "east", Containers.running("web")))
                .isNotNull();
        assertThat(new BusController(relay.vertx, "west", Containers.running("api")))
                .isNotNull();
        Awaitility.await().until(() -> {
            String all = relay.get("/api/data").body();
            return all.contains("\"web\"") && all.contains("\"api\"");
        });
    }

    @AfterEach
    void close() {
        relay.close();
    }

    private Future<SearchPart> next(String controller) {
        List<SearchPart> left = parts.get(controller);
        SearchPart part = left.isEmpty() ? SearchPart.none(SearchItem.Progress.NONE) : left.removeFirst();
        return relay.vertx.timer(10, java.util.concurrent.TimeUnit.MILLISECONDS).map(part);
    }

    private static SearchItem.Hit hit(String container, int second) {
        String time = stamp(second);
        return new SearchItem.Hit(
                null, container, "0123456789ab", time, "stdout", null, container + second, null, "c" + second, null);
    }

    private static String stamp(int second) {
        return "2025-11-25T22:52:%02d.000000000Z".formatted(second);
    }

    private static SearchPart found(String container, int... seconds) {
        List<SearchItem.Hit> hits = new ArrayList<>();
        for (int second : seconds) {
            hits.add(hit(container, second));
        }
        var progress = new SearchItem.Progress(100, 1_000, seconds.length, stamp(seconds[seconds.length - 1]), null);
        return new SearchPart(hits, progress, null);
    }

    private static SearchPart ended(int hits, SearchFailure... failed) {
        var end = new SearchItem.End(failed.length == 0, 200, 2_000, hits, null, List.of(failed));
        return new SearchPart(List.of(), SearchItem.Progress.NONE, end);
    }

    private List<JsonNode> search(String path) throws Exception {
        var answer = relay.get(path);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("application/x-ndjson; charset=utf-8");
        List<JsonNode> items = new ArrayList<>();
        for (String line : answer.body().lines().toList()) {
            items.add(JSON.readTree(line));
        }
        return items;
    }

    private static List<String> hits(List<JsonNode> items) {
        return items.stream()
                .filter(item -> item.get("type").asText().equals("hit"))
                .map(item ->
                        item.get("controller").asText() + " " + item.get("text").asText())
                .toList();
    }

    @Test
    void hitsOfAllHostsAreMerged() throws Exception {
        parts.get("east").addAll(List.of(found("web", 50, 30), found("web", 10), ended(3)));
        parts.get("west").addAll(List.of(found("api", 40), found("api", 20), ended(2)));

        List<JsonNode> items = search("/api/containers/logs/search?text=x&limit=4");

        assertThat(hits(items)).containsExactly("east web50", "west api40", "east web30", "west api20");
        JsonNode end = items.getLast();
        assertThat(end.get("complete").asBoolean()).isTrue();
        assertThat(end.get("hits").asInt()).isEqualTo(5);
        assertThat(end.get("lines").asInt()).isEqualTo(400);
        assertThat(end.get("next").asText()).isEqualTo(stamp(20) + "~c20");
        assertThat(opened.get("east").query()).isEqualTo(opened.get("west").query());
        assertThat(opened.get("east").scope().containers()).isEmpty();
    }

    @Test
    void containersAreSearchedWhereTheyAre() throws Exception {
        parts.get("east").add(ended(0));
        parts.get("west").add(ended(0));
        String id = Containers.running("web").id();

        List<JsonNode> both = search("/api/containers/logs/search?container=east/web&container=api&container=gone");
        assertThat(opened.get("east").scope().containers()).containsExactly(id);
        assertThat(both.getLast().get("complete").asBoolean()).isFalse();
        assertThat(both.getLast().get("failed").get(0).get("container").asText())
                .isEqualTo("gone");
        assertThat(both.getLast().get("failed").get(0).get("status").asInt()).isEqualTo(404);

        opened.clear();
        parts.get("east").add(ended(0));
        assertThat(search("/api/container/web/logs/search")
                        .getLast()
                        .get("complete")
                        .asBoolean())
                .isTrue();
        assertThat(opened).containsOnlyKeys("east");
    }

    @Test
    void controllerThatCannotSearchIsNamed() throws Exception {
        parts.get("east").addAll(List.of(found("web", 50), ended(1, new SearchFailure(null, "db", 501, "mute"))));
        refusals.put("west", Refusal.notSupported("it is too old"));

        List<JsonNode> items = search("/api/containers/logs/search");

        assertThat(hits(items)).containsExactly("east web50");
        JsonNode end = items.getLast();
        assertThat(end.get("complete").asBoolean()).isFalse();
        assertThat(end.get("failed"))
                .extracting(failure -> failure.get("controller").asText() + " "
                        + failure.get("container").asText() + " "
                        + failure.get("status").asInt())
                .containsExactlyInAnyOrder("west null 501", "east db 501");
    }

    @Test
    void searchThatCannotBeginHasTheStatusOfItsRefusal() throws Exception {
        refusals.put("east", Refusal.notSupported("it is too old"));
        assertThat(relay.get("/api/container/web/logs/search").status()).isEqualTo(501);
        refusals.put("east", new Refusal(RefusalKind.BAD_REQUEST, "no such expression"));
        assertThat(relay.get("/api/containers/logs/search?regex=(").status()).isEqualTo(400);
        Awaitility.await("the other part is closed").until(() -> closed.contains("west"));
        opened.clear();

        assertThat(relay.get("/api/container/missing/logs/search").status()).isEqualTo(404);
        assertThat(relay.get("/api/containers/logs/search?project=none").status())
                .isEqualTo(404);
        assertThat(relay.get("/api/containers/logs/search?controller=none").status())
                .isEqualTo(404);
        assertThat(relay.get("/api/containers/logs/search?levels=loud").status())
                .isEqualTo(400);
        assertThat(relay.post("/api/containers/logs/search").status()).isEqualTo(405);
        assertThat(opened).isEmpty();
    }

    @Test
    void searchEndsAtTheLimitAtAllControllers() throws Exception {
        parts.get("east").add(found("web", 50));
        parts.get("west").add(found("api", 40));

        List<JsonNode> items = search("/api/containers/logs/search?limit=1&count=false");

        assertThat(hits(items)).containsExactly("east web50");
        assertThat(items.getLast().get("complete").asBoolean()).isFalse();
        assertThat(items.getLast().get("next").asText()).isEqualTo(stamp(50) + "~c50");
        Awaitility.await().until(() -> closed.containsAll(List.of("east", "west")));
    }

    @Test
    void clientThatDisconnectsEndsTheSearchAtAllControllers() {
        parts.get("east").add(found("web", 50));
        NetClient client = relay.vertx.createNetClient();
        NetSocket socket = Soon.get(client.connect(relay.port(), "127.0.0.1"));
        List<String> received = new CopyOnWriteArrayList<>();
        socket.handler(bytes -> received.add(bytes.toString()));
        Soon.done(socket.write("GET /api/containers/logs/search HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        Awaitility.await("progress").until(() -> received.toString().contains("\"type\":\"progress\""));

        Soon.done(socket.close());

        Awaitility.await().until(() -> closed.containsAll(List.of("east", "west")));
        Soon.done(client.close());
    }
}
