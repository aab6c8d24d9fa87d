package io.dockrelay.e2e.openapi;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.dockrelay.docker.testing.TestEngine;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A fuzzer reads the OpenAPI files and attacks the real program, with requests that are valid and that are not. No part
 * of {@code ./test}: {@code e2e/fuzz-rest} runs it. It may stop containers: those of an engine that this test starts.
 */
class RestFuzz {

    private static final long SEED = Long.getLong("schemathesis.seed", 14);

    /** Of each of the four runs. */
    private static final Duration TIME = Duration.ofSeconds(Long.getLong("schemathesis.seconds", 14));

    private static final String RELAY = "docs/openapi.yaml";
    private static final String CONTROLLER = "docs/openapi-controller.yaml";

    /** Where nothing needs an identity, none is ignored. */
    private static final List<String> WITHOUT_IDENTITY = List.of("--exclude-checks", "ignored_auth");

    /** A session that the fuzzer ends would leave it with nothing. */
    private static final String ENDS_SESSIONS = "^/api/session";

    @TempDir
    private static Path folder;

    private static Schemathesis fuzzer;
    private static TestEngine engine;

    @BeforeAll
    static void open() {
        System.out.println("Schemathesis's seed is " + SEED + "; e2e/fuzz-rest --seed " + SEED + " repeats this run.");
        fuzzer = Schemathesis.installed();
        engine = FuzzedProgram.engine();
    }

    @AfterAll
    static void close() {
        if (engine != null) {
            engine.close();
        }
    }

    @Test
    void relayWithoutSignInAnswersAsItsFileSays() {
        try (FuzzedProgram program = FuzzedProgram.open(engine, folder.resolve("open"))) {
            program.deployment().awaitConnected();
            attack(RELAY, program.relay(), WITHOUT_IDENTITY);
            assertThat(program.deployment().relay().lines(" ERROR ")).isEmpty();
            assertThat(program.deployment().controller().lines(" ERROR ")).isEmpty();
        }
    }

    @Test
    void relayAndControllerAnswerThoseWithATokenAsTheirFilesSay() {
        try (FuzzedProgram program = FuzzedProgram.openForUsers(engine, folder.resolve("users"))) {
            String token = program.token();
            attack(RELAY, program.relay(), List.of("--header", "Authorization: Bearer " + token));
            attack(
                    CONTROLLER,
                    program.controller(),
                    List.of("--header", "Authorization: Bearer " + FuzzedProgram.CONTROLLER_TOKEN));
            attack(
                    RELAY,
                    program.relay(),
                    List.of(
                            "--include-path-regex",
                            "^/api/(tokens|record|controllers)",
                            "--exclude-path-regex",
                            ENDS_SESSIONS,
                            "--exclude-checks",
                            "ignored_auth",
                            "--header",
                            "Origin: " + program.relay(),
                            "--header",
                            "Cookie: " + program.session()));
            assertThat(program.deployment().relay().lines(" ERROR ")).isEmpty();
            assertThat(program.deployment().controller().lines(" ERROR ")).isEmpty();
        }
    }

    private static void attack(String file, String url, List<String> options) {
        List<String> all = new ArrayList<>(options);
        String report = fuzzer.attack(file, url, SEED, TIME, all);
        assertThat(report).as("requests were made").containsPattern("[1-9]\\d* generated");
        System.out.println(report);
    }
}
