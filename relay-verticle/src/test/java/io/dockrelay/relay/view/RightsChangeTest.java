package io.dockrelay.relay.view;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import com.fasterxml.jackson.databind.JsonNode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.dockrelay.protocol.state.ChangeReason;
import io.dockrelay.relay.Page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Rights that change while something is open. */
class RightsChangeTest {

    /** A right that is taken away ends what depends on it within this time. */
    private static final Duration SOON = Duration.ofSeconds(1);

    private static final String ONLY_HOST =
            "{\"grants\": [{\"user\": \"host\", \"role\": \"operator\", \"host\": \"eastern\"}]}";

    private final PrincipalRelay relay = new PrincipalRelay();
    /** Answers whose head has arrived. */
    private final AtomicInteger begun = new AtomicInteger();

    @BeforeEach
    void awaitHosts() {
        relay.awaitHosts();
    }

    @AfterEach
    void close() {
        relay.close();
    }

    @Test
    void logEndsWithAnErrorAndTheListHasTheNewRights() {
        Page reader = follow("reader", "webshop");
        Page host = follow("host", "webshop");
        int before = host.received().size();

        relay.grant("""
                {"grants": [{"user": "reader", "role": "viewer", "project": "shop"},
                            {"user": "host", "role": "operator", "host": "eastern"}]}
                """);

        within("the error", () -> reader.received().stream().anyMatch(RightsChangeTest::isNotAllowed));
        within("the list", () -> newestList(reader).toString().contains("\"rights\":[\"view\",\"stats\"]"));
        assertThat(relay.followed.get(0).closed).isTrue();
        host.settle("untouched");
        assertThat(host.received().subList(before, host.received().size()))
                .as("one with the same rights gets nothing")
                .allMatch(message -> List.of("pong", "heartbeat")
                        .contains(message.path("type").asText()));
        assertThat(relay.followed.get(1).closed).isFalse();
        assertThat(reader.socket().isClosed()).isFalse();
    }

    @Test
    void socketOfOneWhoMayNothingAnyMoreIsClosed() {
        Page reader = follow("reader", "webshop");
        Page host = follow("host", "webshop");

        relay.grant(ONLY_HOST);

        within("the end", () -> reader.socket().isClosed());
        assertThat(reader.awaitClose()).isEqualTo((short) 4004);
        assertThat(relay.followed.get(0).closed).isTrue();
        host.settle("untouched");
        assertThat(host.socket().isClosed()).isFalse();
    }

    @Test
    void socketOfOneWhoIsGoneSinceTheHandshakeIsClosed() {
        relay.gone.add("reader");

        Page reader = relay.page("reader");

        assertThat(reader.awaitClose()).isEqualTo((short) 4005);
        assertThat(reader.received("container_update")).isEmpty();
    }

    @Test
    void grantedContainersAppearWithTheirHosts() {
        Page stranger = relay.page("stranger");
        assertThat(stranger.awaitType("container_update").path("containers")).isEmpty();
        assertThat(stranger.awaitType("container_update").path("controllers")).isEmpty();

        relay.grant("{\"grants\": [{\"user\": \"stranger\", \"role\": \"viewer\", \"host\": \"northern\"}]}");

        within("the list", () -> newestList(stranger).toString().contains("almanac"));
        assertThat(newestList(stranger).path("controllers")).hasSize(1);
    }

    @Test
    void containerThatBecomesHiddenIsRemovedAndItsLogEnds() {
        Page reader = follow("reader", "webshop");
        reader.send("{\"type\":\"hello\",\"features\":[\"deltas\"]}");
        reader.settle("hello");
        var hidden = PrincipalRelay.container("webshop", "shop", Map.of("dockrelay.hidden", "true"));

        relay.controllers.get("eastern").becomes(hidden, ChangeReason.RECREATED);

        JsonNode delta = reader.awaitType("containers_changed");
        assertThat(delta.path("removed").toString()).contains("webshop");
        assertThat(delta.path("containers")).isEmpty();
        assertThat(delta.path("changes")).isEmpty();
        within("the error", () -> reader.received().stream().anyMatch(RightsChangeTest::isNotAllowed));

        relay.controllers
                .get("eastern")
                .becomes(PrincipalRelay.container("webshop", "shop", Map.of()), ChangeReason.RECREATED);
        reader.expect(
                "it is back",
                message -> message.path("type").asText().equals("containers_changed")
                        && message.path("containers").toString().contains("webshop"));
    }

    /** The first visible container of a host brings the host, and the last one takes it away. */
    @Test
    void hostAppearsAndDisappearsWithItsContainers() {
        Page reader = relay.page("reader");
        reader.send("{\"type\":\"hello\",\"features\":[\"deltas\"]}");
        reader.settle("hello");
        assertThat(newestList(reader).toString()).doesNotContain("northern");

        relay.controllers
                .get("northern")
                .becomes(PrincipalRelay.container("kiosk", "shop", Map.of()), ChangeReason.CREATED);
        reader.expect(
                "the host",
                message -> message.path("type").asText().equals("controller_status")
                        && message.path("controller").asText().equals("northern"));
        reader.expect(
                "the container",
                message -> message.path("type").asText().equals("containers_changed")
                        && message.toString().contains("kiosk"));

        relay.controllers.get("northern").removes("kiosk");
        reader.expect(
                "the list without it",
                message -> message.path("type").asText().equals("container_update")
                        && message.path("revision").asLong() > 0
                        && !message.toString().contains("northern"));
    }

    /** A hole in the numbers would say that something has happened that does not exist for the reader. */
    @Test
    void revisionCountsOnlyWhatIsVisible() {
        Page reader = relay.page("reader");
        reader.send("{\"type\":\"hello\",\"features\":[\"deltas\"]}");
        reader.settle("hello");
        long before = newestList(reader).path("revision").asLong();
        var eastern = relay.controllers.get("eastern");
        Page host = relay.page("host");
        host.send("{\"type\":\"hello\",\"features\":[\"deltas\"]}");
        host.settle("hello");
        for (int count = 0; count < 3; count++) {
            int changes = host.received("containers_changed").size();
            eastern.becomes(PrincipalRelay.container("gazette", "blog", Map.of()), ChangeReason.RESTARTED);
            Awaitility.await().until(() -> host.received("containers_changed").size() > changes);
        }

        eastern.becomes(PrincipalRelay.container("webshop", "shop", Map.of()), ChangeReason.RESTARTED);

        assertThat(reader.awaitType("containers_changed").path("revision").asLong())
                .isEqualTo(before + 1);
    }

    @Test
    void downloadOfOneWhoLosesTheRightIsReset() throws Exception {
        relay.endless = true;
        try (var http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            var download = start(http, "/api/container/webshop/logs/download");
            var search = start(http, "/api/containers/logs/search?text=x");
            Awaitility.await("both beginnings").until(() -> begun.get() == 2);

            relay.grant(ONLY_HOST);

            within("both ends", () -> download.isDone() && search.isDone());
            assertThatThrownBy(download::get).hasCauseInstanceOf(IOException.class);
            assertThatThrownBy(search::get).hasCauseInstanceOf(IOException.class);
        }
    }

    @Test
    void downloadOfOneWhoSignsOutIsReset() throws Exception {
        relay.endless = true;
        try (var http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            var download = start(http, "/api/container/webshop/logs/download");
            Awaitility.await("the beginning").until(() -> begun.get() == 1);

            relay.signedOut.add("reader");

            within("the end", download::isDone);
            assertThatThrownBy(download::get).hasCauseInstanceOf(IOException.class);
        }
    }

    private CompletableFuture<HttpResponse<Void>> start(HttpClient http, String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + relay.port() + path))
                .header(PrincipalRelay.HEADER, "reader")
                .build();
        return http.sendAsync(request, head -> {
            begun.incrementAndGet();
            return HttpResponse.BodySubscribers.discarding();
        });
    }

    private Page follow(String who, String container) {
        Page page = relay.page(who);
        assertThat(page.awaitType("container_update")).isNotNull();
        page.subscribe(container);
        assertThat(page.awaitType("log_snapshot")).isNotNull();
        return page;
    }

    private static void within(String what, java.util.concurrent.Callable<Boolean> condition) {
        Awaitility.await(what).atMost(SOON).pollInterval(Duration.ofMillis(5)).until(condition);
    }

    private static boolean isNotAllowed(JsonNode message) {
        return message.path("code").asText().equals("not_allowed")
                && message.path("container").asText().equals("webshop");
    }

    private static JsonNode newestList(Page page) {
        return page.received("container_update").getLast();
    }
}
