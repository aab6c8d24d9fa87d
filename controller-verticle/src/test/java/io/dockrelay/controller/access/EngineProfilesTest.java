package io.dockrelay.controller.access;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import io.dockrelay.controller.ControllerVerticle;
import io.dockrelay.controller.testing.CuttingProxy;
import io.dockrelay.controller.testing.Http;
import io.dockrelay.controller.testing.Settings;
import io.dockrelay.controller.testing.WireClient;
import io.dockrelay.docker.DockerHosts;
import io.dockrelay.docker.HttpDockerEngine;
import io.dockrelay.docker.testing.EngineProxy;
import io.dockrelay.docker.testing.OnRealEngine;
import io.dockrelay.docker.testing.TestEngine;
import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.EngineStatus;

import static io.dockrelay.controller.testing.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A whole controller behind a real HAProxy with the rules of each profile, and what it says about its engine. */
@OnRealEngine
class EngineProfilesTest {

    private static final String WATCHING = "list, inspect, events, info, stats";
    private static final String ACTIONS = "start, stop, restart, kill";

    private final TestEngine real;
    private final Vertx vertx = Vertx.vertx();
    private final ControllerVerticle controller = new ControllerVerticle();
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Logger log = (Logger) LoggerFactory.getLogger(AccessVerticle.class);
    private Http http;

    EngineProfilesTest(TestEngine real) {
        this.real = real;
    }

    @BeforeEach
    void open() {
        lines.start();
        log.setLevel(Level.INFO);
        log.addAppender(lines);
        real.removeContainers();
        real.run("web", "i=0; while :; do i=$((i+1)); echo line $i; sleep 0.1; done", "--stop-timeout", "0");
    }

    @AfterEach
    void close() {
        await(vertx.close());
        log.detachAppender(lines);
        log.setLevel(null);
        real.removeContainers();
    }

    private void deploy(String host) {
        await(vertx.deployVerticle(controller, new DeploymentOptions().setConfig(Settings.json(host))));
        http = new Http(vertx, controller.apiPort());
    }

    private static String why(String profile) {
        return "The engine's proxy refuses this: it is not in its profile " + profile + " (ENGINE_PROFILE)";
    }

    private List<String> said() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private String awaitLine() {
        await().until(() -> !said().isEmpty());
        return said().getFirst();
    }

    @Test
    void watchShowsStateAndLoadAndRefusesTheRestWithASentence() {
        try (EngineProxy proxy = EngineProxy.start(real.socket(), "watch")) {
            deploy(proxy.host());
            try (WireClient client = WireClient.connect(vertx, controller.wsPort())) {
                assertThat(awaitLine())
                        .isEqualTo("the engine at " + proxy.host() + " allows the profile watch; " + WATCHING
                                + " can be used; logs, " + ACTIONS + " refused: " + why("watch"));
                assertStateAndLoad(client);

                assertRefused(http.get("/container/web/logs?tail=5"), "watch");
                assertRefused(http.get("/container/web/logs/download"), "watch");
                client.send("{\"type\":\"subscribe_logs\",\"container\":\"web\",\"lines\":5}");
                JsonNode answer = client.await(message -> message.toString().contains(why("watch")));
                assertThat(answer.path("type").asText()).isEqualTo("error");
                assertActionsAreRefused("watch");

                assertThat(client.messages("engine_status"))
                        .allMatch(status -> status.path("available").asBoolean()
                                && status.path("message").isNull());
                assertThat(proxy.refusals()).as("no storm").hasSizeLessThan(15);
            }
        }
    }

    @Test
    void logsShowsLogsAndRefusesActions() {
        try (EngineProxy proxy = EngineProxy.start(real.socket(), "logs")) {
            deploy(proxy.host());
            try (WireClient client = WireClient.connect(vertx, controller.wsPort())) {
                assertThat(awaitLine())
                        .isEqualTo("the engine at " + proxy.host() + " allows the profile logs; " + WATCHING
                                + ", logs can be used; " + ACTIONS + " refused: " + why("logs"));
                assertStateAndLoad(client);
                assertLogs(client);
                assertActionsAreRefused("logs");
                assertThat(proxy.refusals()).as("no storm").hasSizeLessThan(10);
            }
        }
    }

    @Test
    void controlDoesEverything() {
        try (EngineProxy proxy = EngineProxy.start(real.socket(), "control")) {
            deploy(proxy.host());
            try (WireClient client = WireClient.connect(vertx, controller.wsPort())) {
                assertThat(awaitLine())
                        .isEqualTo("the engine at " + proxy.host() + " allows the profile control; " + WATCHING
                                + ", logs, " + ACTIONS + " can be used");
                assertStateAndLoad(client);
                assertLogs(client);
                for (String action : List.of("stop", "start", "restart", "kill")) {
                    assertThat(http.post("/container/web/" + action + "?wait=15")
                                    .status())
                            .as(action)
                            .isEqualTo(200);
                }
                assertThat(proxy.refusals()).isEmpty();
            }
        }
    }

    @Test
    void probeChangesNothing() {
        real.run("idle", "sleep 1000");
        real.docker("stop", "--time", "0", "idle");
        String before = states();
        deploy(real.host());

        assertThat(awaitLine()).contains("allows the profile control");
        assertThat(states()).isEqualTo(before);
    }

    @Test
    void missingPartOfAProfileIsAWarning() {
        try (CuttingProxy proxy = new CuttingProxy(real.socket())) {
            proxy.refuse("/events|/restart");
            deploy(proxy.host());

            assertThat(awaitLine())
                    .startsWith("the engine at " + proxy.host() + " allows no whole profile (watch, logs, control);"
                            + " list, inspect, info, stats, logs, start, stop, kill can be used; events, restart refused:"
                            + " Status 403 with a page (\"403 Forbidden\")");
            assertThat(lines.list.getFirst().getLevel().toString()).isEqualTo("WARN");
        }
    }

    /** A proxy may have other rules when it returns; if it has not, nothing is said. */
    @Test
    void returnOfTheEngineIsAReasonToAskAgain() {
        try (EngineProxy proxy = EngineProxy.start(real.socket(), "control")) {
            var engine = new HttpDockerEngine(vertx, DockerHosts.discover(Map.of("DOCKER_HOST", proxy.host())));
            Bus bus = Bus.of(vertx);
            await(vertx.deployVerticle(new AccessVerticle(engine, "edge-1", Duration.ofMillis(1))));
            assertThat(awaitLine()).contains("allows the profile control");

            proxy.switchTo("watch");
            bus.publish(Addresses.ENGINE_STATUS, status("other", false));
            bus.publish(Addresses.ENGINE_STATUS, status("other", true));
            bus.publish(Addresses.ENGINE_STATUS, status("edge-1", true));
            assertThat(proxy.refusals()).as("no outage of this engine").isEmpty();
            bus.publish(Addresses.ENGINE_STATUS, status("edge-1", false));
            bus.publish(Addresses.ENGINE_STATUS, status("edge-1", true));
            await().until(() -> said().size() == 2);
            assertThat(said().getLast()).contains("allows the profile watch");

            int refusals = proxy.refusals().size();
            bus.publish(Addresses.ENGINE_STATUS, status("edge-1", false));
            bus.publish(Addresses.ENGINE_STATUS, status("edge-1", true));
            await().until(() -> proxy.refusals().size() == 2 * refusals);
            assertThat(said()).hasSize(2);
        }
    }

    private static EngineStatus status(String controller, boolean available) {
        return new EngineStatus(controller, available, Instant.now(), available ? null : "away");
    }

    private String states() {
        return real.docker("ps", "--all", "--no-trunc", "--format", "{{.ID}} {{.Names}} {{.State}}");
    }

    private void assertStateAndLoad(WireClient client) {
        assertThat(http.get("/containers").text()).contains("\"web\"");
        assertThat(http.get("/container/web/details").status()).isEqualTo(200);
        client.send("{\"type\":\"subscribe_stats\",\"containers\":[\"web\"],\"interval_ms\":1000}");
        JsonNode stats = client.await(message -> message.path("items").size() == 1);
        assertThat(stats.at("/hosts/0").has("refusal")).isFalse();
    }

    private void assertLogs(WireClient client) {
        assertThat(http.get("/container/web/logs?tail=5").status()).isEqualTo(200);
        client.send("{\"type\":\"subscribe_logs\",\"container\":\"web\",\"lines\":5}");
        client.await("new_logs");
    }

    private void assertActionsAreRefused(String profile) {
        String before = states();
        for (String action : List.of("stop", "restart", "kill")) {
            assertRefused(http.post("/container/web/" + action + "?wait=10"), profile);
        }
        assertThat(states()).isEqualTo(before);
    }

    private static void assertRefused(Http.Answer answer, String profile) {
        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.json().path("error").asText()).isEqualTo(why(profile));
    }
}
