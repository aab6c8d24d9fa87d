package io.dockrelay.e2e;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.dockrelay.docker.testing.OnRealEngine;
import io.dockrelay.docker.testing.TestEngine;
import io.dockrelay.e2e.harness.Checkout;
import io.dockrelay.e2e.harness.Program;
import io.dockrelay.e2e.harness.Rest;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code ./run}, as a new user types it. */
@OnRealEngine
class RunTest {

    private static final Duration STARTS = Duration.ofMinutes(4);

    @Test
    void runUsesARunningEngineAndStopsOnlyWhatItStarted(TestEngine engine) {
        engine.run("web", "sleep 600");
        Map<String, String> environment = environment(engine);
        var relay = new Rest("http://127.0.0.1:" + environment.get("PORT"));
        try (Program run = Program.run("./run", environment, List.of("./run"))) {
            run.awaitLine("http://localhost:" + environment.get("PORT"), STARTS);

            assertThat(relay.get("/api/data").text()).contains("\"web\"");
            run.stop();
            assertThat(relay.answers("/api/health")).isFalse();
            assertThat(engine.docker("inspect", "--format", "{{.State.Status}}", "web"))
                    .as("the engine is still running")
                    .isEqualTo("running");
        }
    }

    @Test
    void runWithoutAnEngineSaysWhatToDo() {
        Map<String, String> environment = new HashMap<>();
        environment.put("DOCKER_HOST", "unix:///nowhere/docker.sock");
        try (Program run = Program.run("./run", environment, List.of("./run", "--no-engine"))) {
            assertThat(run.awaitExit(STARTS)).isNotZero();
            assertThat(run.wholeOutput()).contains("unix:///nowhere/docker.sock");
        }
    }

    @Test
    void unknownArgumentIsRefusedWithASentence() {
        try (Program run = Program.run("./run", Map.of(), List.of("./run", "everything"))) {
            assertThat(run.awaitExit(STARTS)).isNotZero();
            assertThat(run.wholeOutput()).contains("everything").contains("--help");
        }
    }

    @Test
    void wrongSettingIsReportedAndNothingStarts(TestEngine engine) {
        Map<String, String> environment = environment(engine);
        environment.put("CONTROLLER_API_PORT", "eighty");
        try (Program all = Program.start("all", environment)) {
            assertThat(all.awaitExit(Duration.ofSeconds(30))).isNotZero();
            assertThat(all.wholeOutput())
                    .contains("CONTROLLER_API_PORT")
                    .contains("eighty")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void verticleStartsWithVertxsLauncher(TestEngine engine) {
        Map<String, String> environment = environment(engine);
        List<String> line = List.of(
                "-jar",
                Checkout.jar().toString(),
                "io.dockrelay.controller.ControllerVerticle",
                "-conf",
                "conf/controller.json");
        try (Program controller = Program.start("controller", environment, line)) {
            controller.awaitLine("\\[ws].*" + environment.get("CONTROLLER_WS_PORT"), Duration.ofSeconds(30));
            assertThat(new Rest("http://127.0.0.1:" + environment.get("CONTROLLER_API_PORT"))
                            .get("/health")
                            .status())
                    .isEqualTo(200);
        }
    }

    private static Map<String, String> environment(TestEngine engine) {
        Map<String, String> environment = new HashMap<>(engine.environment());
        environment.put("PORT", Integer.toString(Checkout.freePort()));
        environment.put("CONTROLLER_API_PORT", Integer.toString(Checkout.freePort()));
        environment.put("CONTROLLER_WS_PORT", Integer.toString(Checkout.freePort()));
        return environment;
    }
}
