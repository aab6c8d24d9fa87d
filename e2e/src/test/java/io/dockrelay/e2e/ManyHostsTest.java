package io.dockrelay.e2e;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.dockrelay.e2e.harness.Await;
import io.dockrelay.e2e.harness.Checkout;
import io.dockrelay.e2e.harness.CuttingProxy;
import io.dockrelay.e2e.harness.LinkFaults;
import io.dockrelay.e2e.harness.Rest;
import io.dockrelay.e2e.harness.ScriptedHost;
import io.dockrelay.e2e.harness.ScriptedHost.Conduct;
import io.dockrelay.e2e.harness.WireClient;
import io.dockrelay.relay.RelayVerticle;

import static org.assertj.core.api.Assertions.assertThat;

/** One relay with many hosts, of which some misbehave: none delays the others, and none is taken for another one. */
class ManyHostsTest {

    /** For what happens at once on a quiet machine. */
    private static final Duration SOON = Duration.ofSeconds(20);

    private static final int CONTAINERS = 200;

    private final Vertx vertx = Vertx.vertx();
    private final Vertx outside = Vertx.vertx();
    /** Those that misbehave delay no good one by sharing its thread. */
    private final Vertx misbehaving = Vertx.vertx();

    private final List<ScriptedHost> hosts = new ArrayList<>();
    private final LinkFaults faults = new LinkFaults();
    private final RelayVerticle relay = new RelayVerticle();
    private CuttingProxy proxy;
    private Rest rest;

    @AfterEach
    void close() {
        if (proxy != null) {
            proxy.close();
        }
        await(vertx.close());
        await(outside.close());
        await(misbehaving.close());
    }

    @Test
    void misbehavingHostsDelayNoOther() {
        int good = 45;
        for (int i = 0; i < good; i++) {
            host("good-" + i, CONTAINERS, Conduct.GOOD);
        }
        host("greets-late", CONTAINERS, Conduct.GREETS_LATE);
        host("answers-late", CONTAINERS, Conduct.ANSWERS_LATE);
        host("floods", CONTAINERS, Conduct.FLOODS);
        host("garbage", CONTAINERS, Conduct.SENDS_GARBAGE);
        host("stalled", CONTAINERS, Conduct.GOOD);
        faults.stalled(true);
        start("stalled");

        try (WireClient browser = connect()) {
            Await.until(
                    "all containers of the good hosts",
                    Duration.ofSeconds(60),
                    () -> goodContainers() == good * CONTAINERS);
            for (int i = 0; i < 30; i++) {
                ScriptedHost changed = hosts.get(i);
                var late = i == 0 ? askLate() : null;
                int before = browser.mark();
                changed.change(7 + i);
                int container = 7 + i;
                browser.awaitAfter(
                        before, "a change of " + changed.id(), SOON, message -> isChange(message, changed, container));
                assertThat(rest.get("/api/container/" + changed.id() + "%2F" + ScriptedHost.name(i) + "/logs")
                                .status())
                        .isEqualTo(200);
                assertThat(late == null || !late.isDone())
                        .as("others do not wait for it")
                        .isTrue();
            }
        }

        Await.until(
                "each says why it is away",
                Duration.ofSeconds(60),
                () -> reason("greets-late").contains("it sent no initial_state within 10 s")
                        && !reason("stalled").isEmpty());
        Set<String> connected = connected();
        for (ScriptedHost host : hosts.subList(0, good)) {
            assertThat(connected).contains(host.id());
        }
        assertThat(connected).contains("floods", "answers-late");
    }

    @Test
    void equalNamesOnTwoHostsAreToldApart() {
        ScriptedHost first = host("first", 3, Conduct.GOOD);
        ScriptedHost second = host("second", 3, Conduct.GOOD);
        start(null);
        Await.until("both lists", SOON, () -> containers().size() == 6);
        String name = ScriptedHost.name(1);

        try (WireClient browser = connect()) {
            JsonNode list = browser.await(
                    "the list", message -> message.path("containers").size() == 6);
            assertThat(list.path("containers"))
                    .filteredOn(container -> container.path("name").asText().equals(name))
                    .extracting(container -> container.path("controller").asText())
                    .containsExactlyInAnyOrder("first", "second");

            for (String route : List.of("/logs", "/details", "/stats/history")) {
                assertThat(rest.get("/api/container/" + name + route).text())
                        .as(route)
                        .contains("is on first and second: write first/" + name);
            }
            Rest.Answer stop = rest.post("/api/container/" + name + "/stop");
            assertThat(stop.status()).isEqualTo(400);
            assertThat(stop.text()).contains("is on first and second: write first/" + name);
            browser.subscribe(name, 1);
            assertThat(browser.awaitType("error").path("message").asText()).contains("is on first and second");
            assertThat(first.controls()).isEmpty();
            assertThat(second.controls()).isEmpty();

            assertThat(rest.post("/api/container/second%2F" + name + "/stop").status())
                    .isEqualTo(202);
            assertThat(rest.post("/api/container/" + name + "/restart?controller=first")
                            .status())
                    .isEqualTo(202);
            assertThat(second.controls()).containsExactly("/container/" + name + "/stop");
            assertThat(first.controls()).containsExactly("/container/" + name + "/restart");

            int before = browser.mark();
            second.change(1);
            browser.awaitAfter(before, "its change", SOON, message -> isChange(message, second, 1));
            assertThat(browser.messages().subList(before, browser.mark()))
                    .noneMatch(message -> isChange(message, first, 1));
            assertThat(rest.get("/api/changes").text())
                    .contains("\"second\"")
                    .doesNotContain("\"controller\":\"first\"");
        }
    }

    @Test
    void halfOpenLinkIsNoticedWithinThirtySecondsAndHeals() {
        host("far", 3, Conduct.GOOD);
        start("far");
        Await.until("it is connected", SOON, () -> connected().contains("far"));

        faults.stalled(true);
        long begun = System.nanoTime();

        Await.until(
                "the link is away", Duration.ofSeconds(60), () -> !connected().contains("far"));
        Duration noticed = Duration.ofNanos(System.nanoTime() - begun);
        assertThat(reason("far")).contains("it has been silent for 20 s");
        assertThat(noticed).as("two pings and the time without an answer").isLessThan(Duration.ofSeconds(31));
        assertThat(containers()).as("it stays listed").hasSize(3);

        faults.stalled(false);

        Await.until(
                "it is back by itself",
                Duration.ofSeconds(60),
                () -> connected().contains("far"));
    }

    @CanIgnoreReturnValue
    private ScriptedHost host(String id, int containers, Conduct conduct) {
        var host = new ScriptedHost(
                conduct == Conduct.GOOD ? outside : misbehaving,
                id,
                containers,
                conduct,
                Map.of("kind", conduct.name().toLowerCase(Locale.ROOT)));
        host.start();
        hosts.add(host);
        return host;
    }

    /** @param behindProxy the host whose link gets the faults; null for none */
    private void start(String behindProxy) {
        var ws = new JsonArray();
        var api = new JsonArray();
        for (ScriptedHost host : hosts) {
            int port = host.port();
            if (host.id().equals(behindProxy)) {
                port = Checkout.freePort();
                proxy = CuttingProxy.start(faults, InetAddress.getLoopbackAddress(), port, host.port());
            }
            ws.add("ws://127.0.0.1:" + port);
            api.add("http://127.0.0.1:" + port);
        }
        var config = new JsonObject()
                .put("port", 0)
                .put("controllerWs", ws)
                .put("controllerApi", api)
                .put("environment", new JsonObject());
        await(vertx.deployVerticle(relay, new DeploymentOptions().setConfig(config)));
        rest = new Rest("http://127.0.0.1:" + relay.port());
    }

    private WireClient connect() {
        WireClient browser = WireClient.connect("ws://127.0.0.1:" + relay.port() + "/ws");
        browser.send("{\"type\":\"hello\",\"features\":[\"deltas\"]}");
        return browser;
    }

    /** A request that this host answers after half a minute. */
    private CompletableFuture<Rest.Answer> askLate() {
        return CompletableFuture.supplyAsync(
                () -> rest.get("/api/container/answers-late%2F" + ScriptedHost.name(1) + "/logs"));
    }

    private static boolean isChange(JsonNode message, ScriptedHost host, int container) {
        for (JsonNode change : message.path("changes")) {
            if (change.path("controller").asText().equals(host.id())
                    && change.path("name").asText().equals(ScriptedHost.name(container))) {
                return true;
            }
        }
        return false;
    }

    private int goodContainers() {
        return rest.get("/api/data?label=kind=good").json().path("containers").size();
    }

    private JsonNode containers() {
        return rest.get("/api/data").json().path("containers");
    }

    private Set<String> connected() {
        Set<String> connected = new HashSet<>();
        for (JsonNode link : links()) {
            if (link.path("state").asText().equals("connected")) {
                connected.add(link.path("controller").asText());
            }
        }
        return connected;
    }

    /** Why the host is away; empty while it is connected, or nothing is known. */
    private String reason(String host) {
        for (JsonNode link : links()) {
            if (link.path("controller").asText().equals(host)
                    || link.path("controller").asText().equals(placeholder(host))) {
                return link.path("message").asText("");
            }
        }
        return "";
    }

    private String placeholder(String id) {
        for (JsonNode host : rest.get("/api/hosts").json().path("hosts")) {
            int port = Integer.parseInt(host.path("name").asText().replaceFirst(".*:", ""));
            boolean proxied = proxy != null && (id.equals("stalled") || id.equals("far")) && !isOfHost(port);
            if (proxied || hosts.stream().anyMatch(each -> each.id().equals(id) && each.port() == port)) {
                return host.path("name").asText();
            }
        }
        return "";
    }

    private boolean isOfHost(int port) {
        return hosts.stream().anyMatch(host -> host.port() == port);
    }

    private JsonNode links() {
        return rest.get("/api/controllers").json().path("controllers");
    }

    private static void await(Future<?> future) {
        Object unused = future.toCompletionStage().toCompletableFuture().join();
    }
}
