package io.dockrelay.controller.access;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.dockrelay.controller.ControllerVerticle;
import io.dockrelay.controller.testing.CuttingProxy;
import io.dockrelay.controller.testing.Http;
import io.dockrelay.controller.testing.Settings;
import io.dockrelay.controller.testing.WireClient;
import io.dockrelay.docker.testing.OnRealEngine;
import io.dockrelay.docker.testing.TestEngine;

import static io.dockrelay.controller.testing.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What a whole controller sends to its engine, recorded on the way there, is what the proxy's rules allow: nothing is missing
 * in a profile, and nothing in it is superfluous.
 */
@OnRealEngine
class SentToTheEngineTest {

    /** A request for the container that does not exist. */
    private static final Pattern PROBE = Pattern.compile("/containers/[0-9]{64}/");

    private static final Pattern BODY = Pattern.compile("(?im)^(content-length: *[1-9]|transfer-encoding:)");

    private final TestEngine real;
    private final CuttingProxy recorder;
    private final Vertx vertx = Vertx.vertx();
    private final ControllerVerticle controller = new ControllerVerticle();
    private Http http;

    SentToTheEngineTest(TestEngine real) {
        this.real = real;
        this.recorder = new CuttingProxy(real.socket());
    }

    @BeforeEach
    void deploy() {
        real.removeContainers();
        String script = "trap 'exit 0' TERM; i=0; while :; do i=$((i+1)); echo line $i; sleep 0.05; done";
        real.run("web", script, "--label", "com.docker.compose.project=shop", "--stop-timeout", "3");
        var config =
                Settings.json(recorder.host()).put("composeProject", "shop").put("stopGrace", "2s");
        await(vertx.deployVerticle(controller, new DeploymentOptions().setConfig(config)));
        http = new Http(vertx, controller.apiPort());
    }

    @AfterEach
    void close() {
        await(vertx.close());
        recorder.close();
        real.removeContainers();
    }

    @Test
    void eachProfileIsExactlyWhatIsSentForIt() {
        try (WireClient client = WireClient.connect(vertx, controller.wsPort())) {
            watch(client);
            Set<String> watching = sent();
            readLogs(client);
            Set<String> reading = sent();
            act();
            Set<String> acting = sent();

            assertExactly(EngineProfile.WATCH, watching);
            assertExactly(EngineProfile.LOGS, reading);
            assertExactly(EngineProfile.CONTROL, acting);
        }
    }

    private void watch(WireClient client) {
        client.send("{\"type\":\"subscribe_stats\",\"containers\":[\"web\"],\"interval_ms\":1000}");
        client.await(message -> message.path("items").size() == 1);
        assertThat(http.get("/container/web/details").status()).isEqualTo(200);
        assertThat(http.get("/containers").status()).isEqualTo(200);
        await().until(() -> recorder.requests().stream().anyMatch(request -> request.contains("/events?")));
    }

    private void readLogs(WireClient client) {
        client.send("{\"type\":\"subscribe_logs\",\"container\":\"web\",\"lines\":2}");
        client.await("new_logs");
        assertThat(http.get("/container/web/logs?tail=5").status()).isEqualTo(200);
        Instant now = Instant.now();
        assertThat(http.get("/container/web/logs?since=" + now.minusMillis(200)).status())
                .isEqualTo(200);
        assertThat(http.get("/container/web/logs?until=" + now + "&limit=2").status())
                .isEqualTo(200);
        assertThat(http.get("/container/web/logs/download").status()).isEqualTo(200);
        assertThat(http.get("/container/web/logs/search?text=line").status()).isEqualTo(200);
    }

    private void act() {
        for (String action : List.of("stop", "start", "restart", "kill", "start")) {
            assertThat(http.post("/container/web/" + action + "?wait=15").status())
                    .as(action)
                    .isEqualTo(200);
        }
    }

    /** Method and target of each request so far. */
    private Set<String> sent() {
        Set<String> sent = new LinkedHashSet<>();
        for (String request : recorder.requests()) {
            String line = request.lines().findFirst().orElse("");
            assertThat(line).endsWith(" HTTP/1.1");
            assertThat(BODY.matcher(request).find()).as(request).isFalse();
            assertThat(request).endsWith("\r\n\r\n");
            sent.add(line.substring(0, line.lastIndexOf(' ')));
        }
        return sent;
    }

    private static void assertExactly(EngineProfile profile, Set<String> sent) {
        EngineRules rules = EngineRules.of(profile);
        List<String> own =
                sent.stream().filter(request -> !PROBE.matcher(request).find()).toList();
        assertThat(own).as("sent for %s", profile).allMatch(request -> rules.allowing(request) == 1);
        List<EngineRules.Rule> unused = new ArrayList<>(rules.rules());
        unused.removeIf(rule -> own.stream().anyMatch(rule::allows));
        assertThat(unused).as("superfluous in %s", profile).isEmpty();
        assertThat(sent.stream().filter(request -> PROBE.matcher(request).find()))
                .allMatch(request -> EngineRules.of(EngineProfile.CONTROL).allowing(request) == 1);
    }

    @Test
    void profilesContainEachOtherAndHaveARulePerUse() {
        List<String> before = List.of();
        for (EngineProfile profile : EngineProfile.values()) {
            EngineRules rules = EngineRules.of(profile);
            assertThat(rules.texts()).containsAll(before).doesNotHaveDuplicates();
            assertThat(rules.texts()).allMatch(text -> text.startsWith("^") && text.endsWith("$"));
            List<String> lastWords = rules.endpoints().stream()
                    .map(endpoint -> endpoint.equals("GET /containers/json")
                            ? "list"
                            : endpoint.substring(endpoint.lastIndexOf('/') + 1).replace("json", "inspect"))
                    .filter(word -> !word.equals("version"))
                    .toList();
            assertThat(lastWords)
                    .containsExactlyInAnyOrderElementsOf(EngineUse.of(profile).stream()
                            .map(EngineUse::endpoint)
                            .toList());
            before = rules.texts();
        }
    }
}
