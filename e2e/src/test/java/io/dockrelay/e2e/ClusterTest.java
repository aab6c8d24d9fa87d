package io.dockrelay.e2e;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.dockrelay.docker.testing.OnRealEngine;
import io.dockrelay.docker.testing.TestEngine;
import io.dockrelay.e2e.harness.Await;
import io.dockrelay.e2e.harness.Checkout;
import io.dockrelay.e2e.harness.Program;
import io.dockrelay.e2e.harness.Rest;
import io.dockrelay.e2e.harness.WireClient;

import static org.assertj.core.api.Assertions.assertThat;

/** Controller and relay in two JVMs that share one clustered event bus, without an uplink. */
@OnRealEngine
class ClusterTest {

    private static final Duration STARTS = Duration.ofSeconds(60);

    @Test
    void logsStatsAndControlWorkAcrossTheClusteredBus(TestEngine engine) {
        String script = "trap 'echo bye; exit 0' TERM; i=0; while :; do i=$((i+1)); echo $i; sleep 0.05; done";
        engine.run("web", script);
        int port = Checkout.freePort();
        Map<String, String> environment = environment(engine, port);
        try (Program controller = clustered("controller", environment);
                Program relay = besideTheClustersJar("relay", environment)) {
            var api = new Rest("http://127.0.0.1:" + port);
            Await.until("the relay answers", STARTS, () -> api.answers("/api/health"));
            try (WireClient browser = WireClient.connect("ws://127.0.0.1:" + port + "/ws")) {
                browser.await(
                        "the controller's containers", STARTS, m -> m.toString().contains("\"web\""));
                assertThat(relay.lines("\\[controller-ws].*connect"))
                        .as("no uplink")
                        .isEmpty();

                browser.subscribe("web", 10);
                browser.await("live lines", WireClient.ofType("new_logs"));

                browser.send("{\"type\":\"subscribe_stats\",\"containers\":[\"edge-1/web\"],\"interval_ms\":1000}");
                browser.await(
                        "its stats",
                        m -> m.at("/items/0/cpu_cores").isNumber()
                                && m.at("/hosts/0/cpus").isNumber());

                assertThat(api.post("/api/container/web/restart?wait=30").status())
                        .isEqualTo(200);
                Await.until("lines of both runs", Await.DEFAULT, () -> {
                    List<String> texts = browser.texts("web");
                    return texts.contains("bye") && texts.lastIndexOf("1") > texts.indexOf("bye");
                });
                assertThat(api.get("/api/container/web/logs?tail=5")
                                .json()
                                .path("count")
                                .asInt())
                        .isEqualTo(5);

                int before = browser.mark();
                controller.kill();
                browser.awaitAfter(
                        before,
                        "the controller is away",
                        STARTS,
                        m -> m.path("type").asText().equals("controller_status")
                                && !m.path("state").asText().equals("connected"));
                try (Program again = clustered("controller", environment)) {
                    int away = browser.mark();
                    browser.awaitAfter(away, "lines again", STARTS, WireClient.ofType("new_logs"));
                    assertThat(again.isAlive()).isTrue();
                }
            }
        }
        engine.docker("rm", "--force", "web");
    }

    private static Map<String, String> environment(TestEngine engine, int port) {
        Map<String, String> environment = new HashMap<>(engine.environment());
        int controllerMember = Checkout.freePort();
        environment.put("CONTROLLER_ID", "edge-1");
        environment.put("CONTROLLER_TOKEN", "the-token-of-both-programs");
        environment.put("CONTROLLER_API_PORT", Integer.toString(Checkout.freePort()));
        environment.put("CONTROLLER_WS_PORT", Integer.toString(Checkout.freePort()));
        environment.put("PORT", Integer.toString(port));
        environment.put("CLUSTER_PORT", Integer.toString(controllerMember));
        return environment;
    }

    private static Program clustered(String role, Map<String, String> environment) {
        String classPath = Checkout.jar() + ":" + Checkout.clusterJar();
        return Program.start(
                role, environment, List.of("-cp", classPath, "io.dockrelay.deploy.Main", role, "--cluster"));
    }

    /** Without the cluster's jar on the class path, as in the image: it is in the same folder. */
    private static Program besideTheClustersJar(String role, Map<String, String> environment) {
        assertThat(Checkout.clusterJar()).hasParent(Checkout.jar().getParent());
        return Program.start(role, environment, List.of("-jar", Checkout.jar().toString(), role, "--cluster"));
    }
}
