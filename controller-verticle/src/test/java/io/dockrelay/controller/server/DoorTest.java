package io.dockrelay.controller.server;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.dockrelay.controller.ControllerVerticle;
import io.dockrelay.controller.testing.Http;
import io.dockrelay.controller.testing.Settings;
import io.dockrelay.controller.testing.WireClient;
import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.AskContainers;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.rights.Permission;

import static io.dockrelay.controller.testing.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

/** Which clients a whole controller admits, and what it allows them. It needs no engine for that. */
class DoorTest {

    private static final String TOKEN = "the-token-of-this-controller";
    private static final String NO_ENGINE = "unix:///nowhere/docker.sock";

    /** Every route, and the permission that it needs; null for none. A new route needs a row here. */
    private static final Map<String, Permission> ROUTES = routes();

    private final Vertx vertx = Vertx.vertx();
    private final ControllerVerticle controller = new ControllerVerticle();

    private static Map<String, Permission> routes() {
        Map<String, Permission> routes = new HashMap<>();
        routes.put("GET /health", null);
        routes.put("GET /containers", Permission.VIEW);
        routes.put("GET /container/:name/status", Permission.VIEW);
        routes.put("GET /container/:name/logs", Permission.LOGS);
        routes.put("GET /container/:name/logs/download", Permission.LOGS);
        routes.put("GET /container/:name/logs/search", Permission.LOGS);
        routes.put("GET /containers/logs/search", Permission.LOGS);
        routes.put("GET /container/:name/details", Permission.INSPECT);
        routes.put("GET /container/:name/stats/history", Permission.STATS);
        routes.put("GET /stats/history", Permission.STATS);
        routes.put("POST /container/:name/start", Permission.CONTROL);
        routes.put("POST /container/:name/stop", Permission.CONTROL);
        routes.put("POST /container/:name/restart", Permission.CONTROL);
        routes.put("POST /container/:name/kill", Permission.CONTROL);
        return routes;
    }

    @AfterEach
    void close() {
        await(vertx.close());
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "none, none, 200",
                "none, Bearer the-token-of-this-controller, 200",
                "the-token-of-this-controller, none, 401",
                "the-token-of-this-controller, Bearer the-token-of-another-controller, 401",
                "the-token-of-this-controller, Bearer the-token-of-this-controlle, 401",
                "the-token-of-this-controller, Bearer, 401",
                "the-token-of-this-controller, Basic dXNlcjp0aGUtdG9rZW4tb2YtdGhpcy1jb250cm9sbGVy, 401",
                "the-token-of-this-controller, the-token-of-this-controller, 401",
                "the-token-of-this-controller, bearer the-token-of-this-controller, 200",
                "the-token-of-this-controller, Bearer the-token-of-this-controller, 200"
            })
    void tokenIsNeededForRestAndWebSocketsAndNotForTheHealth(String token, String presented, int status) {
        deploy(token == null ? new JsonObject() : new JsonObject().put("controllerToken", token));
        Map<String, String> headers = presented == null ? Map.of() : Map.of("Authorization", presented);

        Http.Answer list = new Http(vertx, controller.apiPort()).send("GET", "/containers", headers);
        // Without an engine, a client that is admitted gets 503 with the list.
        assertThat(list.status()).isEqualTo(status == 200 ? 503 : status);
        assertThat(new Http(vertx, controller.apiPort())
                        .send("POST", "/container/web/stop", headers)
                        .status())
                .isEqualTo(status == 200 ? 503 : status);
        assertThat(handshake(headers)).isEqualTo(status == 200 ? 101 : status);
        assertThat(new Http(vertx, controller.apiPort()).get("/health").status())
                .isEqualTo(200);
        if (status == 401) {
            assertThat(list.headers().get("WWW-Authenticate")).isEqualTo("Bearer");
            assertThat(list.json().path("error").asText())
                    .contains("controllerToken (CONTROLLER_TOKEN)")
                    .doesNotContain(TOKEN);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "X-Forwarded-For, 192.0.2.9",
        "Forwarded, for=192.0.2.9",
        "X_Forwarded_For, 192.0.2.9",
        "Via, 1.1 proxy",
        "Host, 192.0.2.9"
    })
    void whatAProxyPassesOnIsNotOfThisMachine(String header, String value) {
        deploy(new JsonObject());
        Http.Answer answer = new Http(vertx, controller.apiPort()).send("GET", "/containers", Map.of(header, value));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.json().path("error").asText()).contains("CONTROLLER_TOKEN", "CONTROLLER_TRUST_NETWORK");
        assertThat(handshake(Map.of(header, value))).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({"VIEW", "STATS", "INSPECT", "LOGS", "CONTROL"})
    void everyRouteIsRefusedByAControllerThatDoesNotAllowIt(Permission allowed) {
        deploy(new JsonObject()
                .put(
                        "allow",
                        allowed == Permission.VIEW ? JsonArray.of("view") : JsonArray.of("view", allowed.wireName())));
        var http = new Http(vertx, controller.apiPort());

        ROUTES.forEach((route, needed) -> {
            String[] parts = route.replace(":name", "web").split(" ", 2);
            Http.Answer answer = http.send(parts[0], parts[1]);
            boolean open = needed == null || needed == Permission.VIEW || needed == allowed;
            if (open) {
                assertThat(answer.status()).as(route).isNotEqualTo(403);
            } else {
                assertThat(answer.status()).as(route).isEqualTo(403);
                assertThat(answer.text()).as(route).contains("allow (CONTROLLER_ALLOW)", needed.wireName());
            }
        });
    }

    @Test
    void everyRouteIsInTheTable() {
        Set<String> found = new TreeSet<>();
        new ControllerRoutes(Bus.of(vertx), "edge-1")
                .router(vertx)
                .getRoutes()
                .forEach(route -> found.add((route.methods().stream()
                                        .anyMatch(method -> method.name().equals("POST"))
                                ? "POST "
                                : "GET ")
                        + route.getPath()));

        assertThat(found).containsExactlyInAnyOrderElementsOf(ROUTES.keySet());
    }

    @Test
    void webSocketClientsLearnWhatIsAllowedAndGetNothingElse() {
        deploy(new JsonObject().put("allow", JsonArray.of("view")));
        try (WireClient client = WireClient.connect(vertx, controller.wsPort())) {
            JsonNode initial = client.await("initial_state");
            assertThat(initial.path("allow").toString()).isEqualTo("[\"view\"]");
            assertThat(initial.path("features").toString()).doesNotContain("stats");

            client.send("{\"type\":\"subscribe_logs\",\"container\":\"web\"}");
            assertThat(client.await("error").path("code").asText()).isEqualTo("not_allowed");
            client.send("{\"type\":\"subscribe_stats\",\"containers\":[\"*\"]}");
            JsonNode stats = client.await(
                    Duration.ofSeconds(10),
                    message -> message.path("request").asText().equals("subscribe_stats"));
            assertThat(stats.path("code").asText()).isEqualTo("not_allowed");
            assertThat(stats.path("message").asText()).contains("CONTROLLER_ALLOW");
        }
    }

    @Test
    void controllerThatAllowsEverythingSaysNothingOfIt() {
        deploy(new JsonObject());
        try (WireClient client = WireClient.connect(vertx, controller.wsPort())) {
            assertThat(client.await("initial_state").has("allow")).isFalse();
        }
    }

    @Test
    void callsOfTheSameProgramObeyTheSameRule() {
        deploy(new JsonObject().put("allow", JsonArray.of("view")).put("controllerToken", TOKEN));
        Bus bus = Bus.of(vertx);

        assertThat(await(bus.ask(Addresses.containers(Settings.CONTROLLER), new AskContainers(false)))
                        .controller())
                .isEqualTo(Settings.CONTROLLER);
        assertThat(bus.refusal(Addresses.control(Settings.CONTROLLER)))
                .hasValueSatisfying(refusal -> assertThat(refusal.kind()).isEqualTo(RefusalKind.NOT_ALLOWED));
    }

    private void deploy(JsonObject more) {
        JsonObject config = Settings.json(NO_ENGINE).mergeIn(more);
        await(vertx.deployVerticle(controller, new DeploymentOptions().setConfig(config)));
    }

    /** 101 for one that succeeds. */
    private int handshake(Map<String, String> headers) {
        var options = new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(controller.wsPort())
                .setURI("/");
        headers.forEach(options::putHeader);
        return await(vertx.createWebSocketClient()
                .connect(options)
                .map(101)
                .recover(failure -> failure instanceof UpgradeRejectedException refused
                        ? Future.succeededFuture(refused.getStatus())
                        : Future.failedFuture(failure)));
    }
}
