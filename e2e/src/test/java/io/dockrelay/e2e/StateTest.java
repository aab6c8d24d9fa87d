package io.dockrelay.e2e;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.dockrelay.docker.testing.OnRealEngine;
import io.dockrelay.docker.testing.TestEngine;
import io.dockrelay.e2e.harness.SplitDeployment;
import io.dockrelay.e2e.harness.WireClient;

import static org.assertj.core.api.Assertions.assertThat;

/** Actions of the docker command line reach every client within seconds, once, and with the right reason. */
@OnRealEngine
class StateTest {

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration A_LOOK_LATER = Duration.ofSeconds(2);
    private static final String SLEEP = "trap 'exit 0' TERM; while :; do sleep 0.1; done";

    private static TestEngine engine;
    private static SplitDeployment deployment;

    @BeforeAll
    static void open(TestEngine shared) {
        engine = shared;
        deployment = SplitDeployment.open(shared);
    }

    @AfterAll
    static void close() {
        deployment.close();
    }

    @Test
    void stopAndStartReachControllerAndRelayClientsWithinASecond() {
        engine.run("web", SLEEP);
        try (WireClient controller = deployment.controllerClient();
                WireClient browser = deployment.browser("web")) {
            int sent = controller.mark();
            int shown = browser.mark();

            engine.docker("stop", "--time", "5", "web");

            JsonNode stopped = controller.awaitAfter(sent, "web stopped", SOON, change("web", "exited"));
            assertThat(changeOf(stopped, "web").path("previousStatus").asText()).isEqualTo("running");
            assertThat(changeOf(stopped, "web").path("running").asBoolean()).isFalse();
            assertThat(changeOf(stopped, "web").path("exitCode").asInt()).isZero();
            browser.awaitAfter(shown, "the browser sees web stopped", SOON, change("web", "exited"));

            engine.docker("start", "web");

            controller.awaitAfter(sent, "web started", SOON, change("web", "running"));
            JsonNode update = browser.awaitAfter(shown, "the browser sees web", SOON, change("web", "running"));
            assertThat(containerOf(update, "web").path("status").asText()).isEqualTo("running");
        }
        engine.docker("rm", "--force", "web");
    }

    @Test
    void nothingIsSentWithoutAChange() {
        engine.run("steady", SLEEP, "--health-cmd", "true", "--health-interval", "1s");
        try (WireClient controller = deployment.controllerClient()) {
            controller.await(
                    "steady is healthy",
                    message -> health(message, "steady", "healthy") || changeTo(message, "steady", "healthy"));
            int sent = controller.mark();

            // Health probes run and uptimes grow meanwhile; the next message must be this container's own end.
            engine.run("clock", "sleep 4");
            engine.awaitExit("clock");
            controller.awaitAfter(sent, "clock ended", SOON.plusSeconds(4), change("clock", "exited"));

            List<JsonNode> others = controller.messages().stream()
                    .skip(sent)
                    .filter(message -> changeOf(message, "clock") == null)
                    .toList();
            assertThat(others).isEmpty();
        }
        engine.docker("rm", "--force", "steady", "clock");
    }

    @Test
    void restartIsReportedAsOneChange() {
        engine.run("again", SLEEP);
        try (WireClient controller = deployment.controllerClient()) {
            int sent = controller.mark();

            engine.docker("restart", "--time", "5", "again");

            controller.awaitAfter(
                    sent,
                    "a restart of again",
                    A_LOOK_LATER,
                    message -> changes(message)
                            .anyMatch(change -> named(change, "again")
                                    && List.of("restarted", "started")
                                            .contains(change.path("reason").asText())
                                    && change.path("currentStatus").asText().equals("running")));
        }
        engine.docker("rm", "--force", "again");
    }

    @Test
    void eachHealthChangeIsReported() {
        engine.run(
                "patient",
                "touch /tmp/well; " + SLEEP,
                "--health-cmd",
                "test -f /tmp/well",
                "--health-interval",
                "1s",
                "--health-retries",
                "1");
        try (WireClient controller = deployment.controllerClient()) {
            controller.await(
                    "patient is healthy",
                    message -> health(message, "patient", "healthy") || changeTo(message, "patient", "healthy"));
            int sent = controller.mark();

            engine.docker("exec", "patient", "rm", "/tmp/well");

            JsonNode message = controller.awaitAfter(
                    sent,
                    "patient is unhealthy",
                    Duration.ofSeconds(4),
                    seen -> changeTo(seen, "patient", "unhealthy"));
            JsonNode change = changeOf(message, "patient");
            assertThat(change.path("previousHealth").asText()).isEqualTo("healthy");
            assertThat(change.path("reason").asText()).isEqualTo("health");
            assertThat(change.path("statusDetail").asText()).contains("(unhealthy)");
        }
        engine.docker("rm", "--force", "patient");
    }

    @Test
    void renameRemovalAndRecreationHaveTheirReasons() {
        engine.run("before", SLEEP);
        try (WireClient controller = deployment.controllerClient()) {
            int sent = controller.mark();

            engine.docker("rename", "before", "after");
            controller.awaitAfter(sent, "renamed", SOON, reason("after", "renamed"));

            engine.docker("rm", "--force", "after");
            JsonNode removed = controller.awaitAfter(sent, "removed", SOON, reason("after", "removed"));
            assertThat(changeOf(removed, "after").path("currentStatus").asText())
                    .isEqualTo("removed");

            int gone = controller.mark();
            engine.run("after", SLEEP);
            controller.awaitAfter(gone, "created again", SOON, message -> changeOf(message, "after") != null);
        }
        engine.docker("rm", "--force", "after");
    }

    @Test
    void composeContainerIsFoundByShortAndFullName() {
        Map<String, String> labels = Map.of(
                "com.docker.compose.project", "shop",
                "com.docker.compose.service", "cart",
                "com.docker.compose.container-number", "1",
                "com.docker.compose.oneoff", "False");
        engine.run("shop-cart-1", labels, SLEEP);
        try (WireClient browser = deployment.browser("cart")) {
            JsonNode cart = containerOf(browser.await("cart", message -> containerOf(message, "cart") != null), "cart");
            assertThat(cart.path("full_name").asText()).isEqualTo("shop-cart-1");
            assertThat(cart.path("project").asText()).isEqualTo("shop");

            browser.subscribe("shop-cart-1", 0);
            assertThat(browser.awaitType("log_snapshot").path("container").asText())
                    .isEqualTo("cart");
        }
        engine.docker("rm", "--force", "shop-cart-1");
    }

    private static Predicate<JsonNode> change(String name, String status) {
        return message -> changes(message)
                .anyMatch(change -> named(change, name)
                        && change.path("currentStatus").asText().equals(status));
    }

    private static Predicate<JsonNode> reason(String name, String reason) {
        return message -> changes(message)
                .anyMatch(change ->
                        named(change, name) && change.path("reason").asText().equals(reason));
    }

    private static boolean changeTo(JsonNode message, String name, String health) {
        return changes(message)
                .anyMatch(change -> named(change, name)
                        && change.path("currentHealth").asText().equals(health));
    }

    private static boolean health(JsonNode message, String name, String health) {
        JsonNode container = containerOf(message, name);
        return container != null && container.path("health").asText().equals(health);
    }

    private static java.util.stream.Stream<JsonNode> changes(JsonNode message) {
        return StreamSupport.stream(message.path("changes").spliterator(), false);
    }

    private static JsonNode changeOf(JsonNode message, String name) {
        return changes(message)
                .filter(change -> named(change, name))
                .findFirst()
                .orElse(null);
    }

    private static JsonNode containerOf(JsonNode message, String name) {
        return StreamSupport.stream(message.path("containers").spliterator(), false)
                .filter(container -> named(container, name))
                .findFirst()
                .orElse(null);
    }

    private static boolean named(JsonNode element, String name) {
        return element.path("name").asText().equals(name);
    }
}
