package io.dockrelay.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.dockrelay.docker.testing.OnRealEngine;
import io.dockrelay.docker.testing.TestEngine;
import io.dockrelay.e2e.harness.Await;
import io.dockrelay.e2e.harness.Checkout;
import io.dockrelay.e2e.harness.Program;
import io.dockrelay.e2e.harness.Rest;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code ./run}, as a new user types it. */
@OnRealEngine
class RunTest {

    private static final Duration STARTS = Duration.ofMinutes(4);

    @Test
    void runUsesARunningEngineAndStopsOnlyWhatItStarted(TestEngine engine, @TempDir Path record) throws IOException {
        engine.run("web", "sleep 600");
        Map<String, String> environment = environment(engine);
        environment.put("RELAY_RECORD_FOLDER", record.toString());
        var relay = new Rest("http://127.0.0.1:" + environment.get("PORT"));
        try (Program run = Program.run("./run", environment, List.of("./run"))) {
            run.awaitLine("http://localhost:" + environment.get("PORT"), STARTS);

            // The relay answers before its controller has read the engine's list.
            Await.until(
                    "web is listed", STARTS, () -> relay.get("/api/data").text().contains("\"web\""));
            assertThat(relay.post("/api/container/web/restart?wait=60").status())
                    .isEqualTo(200);
            run.stop();
            assertThat(relay.answers("/api/health")).isFalse();
            assertThat(engine.docker("inspect", "--format", "{{.State.Status}}", "web"))
                    .as("the engine is still running")
                    .isEqualTo("running");
        }
        assertRecordCanBeVerified(environment, record);
    }

    private static void assertRecordCanBeVerified(Map<String, String> environment, Path record) throws IOException {
        try (Program verify = Program.run("verify", environment, List.of("./run", "audit", "verify"))) {
            assertThat(verify.awaitExit(STARTS)).as(verify.wholeOutput()).isZero();
            assertThat(verify.wholeOutput()).contains("is whole: sequences 1 to");
        }
        Path file = record.resolve("record-000000000001.jsonl");
        String lines = Files.readString(file);
        assertThat(lines).contains("\"what\":\"restart\"").contains("\"outcome\":\"done\"");
        Files.writeString(file, lines.replaceFirst("\"restart\"", "\"stop\""));
        List<String> jar = List.of("-jar", Checkout.jar().toString(), "audit", "verify", record.toString());
        try (Program verify = Program.start("verify", environment, jar)) {
            assertThat(verify.awaitExit(STARTS)).as(verify.wholeOutput()).isEqualTo(1);
            assertThat(verify.wholeOutput()).contains("record-000000000001.jsonl, line 2 (sequence 2) was altered");
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
