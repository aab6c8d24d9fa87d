package io.dockrelay.e2e;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.dockrelay.docker.testing.OnRealEngine;
import io.dockrelay.docker.testing.TestEngine;
import io.dockrelay.e2e.harness.Await;
import io.dockrelay.e2e.harness.DialOut;
import io.dockrelay.e2e.harness.Program;
import io.dockrelay.e2e.harness.WireClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A controller that dials its relay: the real programs, a real engine, and a proxy that cuts links between them. */
@OnRealEngine
class DialOutTest {

    private static final Duration SOON = Duration.ofSeconds(40);
    private static final String COUNT = "i=0; while :; do i=$((i+1)); echo $i; sleep 0.02; done";

    @TempDir
    private Path folder;

    @AfterEach
    void removeContainers(TestEngine engine) {
        engine.removeContainers();
    }

    @Test
    void enrolledControllerIsLikeAnyOther(TestEngine engine) throws Exception {
        engine.run("web", "i=0; while :; do echo line $i; i=$((i+1)); sleep 0.1; done");
        engine.run("big", "seq 1 300000 | sed 's/$/ of a log that is long enough to fill every buffer on the way/'");
        try (DialOut dial = DialOut.open(
                engine,
                folder,
                Map.of("RELAY_RECORD_FOLDER", folder.resolve("record").toString()))) {
            JsonNode made = dial.enrolment("cellar");
            String token = made.path("token").asText();
            assertThat(made.at("/lines/run").asText()).contains("--enrol " + token, "ws://127.0.0.1:" + dial.port());
            assertThat(made.at("/lines/docker").asText()).contains("ENROL_TOKEN=" + token);
            assertThat(made.at("/lines/compose").asText()).contains("ENROL_TOKEN: \"" + token);
            assertThat(dial.listed(made.path("id").asText()).has("controller")).isFalse();

            dial.startController("edge-1", token, "edge");

            try (WireClient browser = dial.browser("web")) {
                browser.subscribe("web", 5);
                Await.until("live lines", SOON, () -> browser.texts("web").size() > 20);
                assertThat(dial.rest().get("/api/container/web/logs").status()).isEqualTo(200);
                assertThat(dial.rest().get("/api/container/web/details").status())
                        .isEqualTo(200);
                assertThat(dial.rest()
                                .get("/api/container/web/logs/search?q=line")
                                .status())
                        .isEqualTo(200);

                slowDownloadDelaysNoLine(dial, browser);

                assertThat(dial.rest().post("/api/container/web/stop").status()).isEqualTo(202);
                browser.await(
                        "it is stopped", SOON, message -> message.toString().contains("exited"));
            }
            JsonNode listed = dial.listed(made.path("id").asText());
            assertThat(listed.path("controller").asText()).isEqualTo("edge-1");
            assertThat(listed.path("connected").asBoolean()).isTrue();
            assertThat(listed.path("keyCreated").asText()).isNotEmpty();
            assertThat(listed.path("lastContact").asText()).isNotEmpty();
            secretsStayWhereTheyAre(dial, token);
        }
    }

    /** Nothing of it is read, so that it fills every buffer on its way. */
    private static void slowDownloadDelaysNoLine(DialOut dial, WireClient browser) throws Exception {
        HttpResponse<java.io.InputStream> slow = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + dial.port()
                                        + "/api/container/big/logs/download?format=jsonl"))
                                .build(),
                        HttpResponse.BodyHandlers.ofInputStream());
        try (java.io.InputStream unread = slow.body()) {
            int seen = browser.texts("web").size();
            Await.until(
                    "lines beside a download",
                    Duration.ofSeconds(5),
                    () -> browser.texts("web").size() > seen + 20);
            long lines = new String(unread.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .count();
            assertThat(lines).as("the whole log, and its end").isBetween(300_000L, 300_002L);
        }
    }

    private void secretsStayWhereTheyAre(DialOut dial, String token) throws Exception {
        Path kept = folder.resolve("edge/relay-key.json");
        String key = DialOut.json(Files.readString(kept)).path("key").asText();
        assertThat(key).startsWith("dockrelay_");
        for (Path secret : List.of(kept, folder.resolve("relay/enrolments.json"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
                    .isEqualTo("rw-------");
        }
        String everything = dial.rest().get("/api/enrolments").text()
                + Files.readString(folder.resolve("relay/enrolments.json"))
                + String.join("\n", dial.relay().output())
                + String.join("\n", dial.controller().output());
        try (var record = Files.walk(folder.resolve("record"))) {
            for (Path file : record.filter(Files::isRegularFile).toList()) {
                everything += Files.readString(file);
            }
        }
        assertThat(everything).contains("enrolled with its token").doesNotContain(token, key);
    }

    @Test
    void tokenIsUsedOnceAndRevocationHoldsAtOnce(TestEngine engine) {
        engine.run("web", "sleep 1000");
        try (DialOut dial = DialOut.open(engine, folder, Map.of())) {
            JsonNode made = dial.enrolment("cellar");
            String token = made.path("token").asText();
            dial.startController("edge-1", token, "edge");
            dial.awaitListed("web");

            try (Program second = dial.startController("edge-2", token, "other")) {
                second.awaitLine(
                        "WARN.*the enrolment token was used already|WARN.*The enrolment token was used already", SOON);
            }
            assertThat(dial.post("/api/enrolments", "{\"name\":\"cellar\"}").status())
                    .as("the name is taken")
                    .isEqualTo(409);

            assertThat(dial.rest()
                            .send("DELETE", "/api/enrolments/" + made.path("id").asText())
                            .status())
                    .isEqualTo(200);

            Await.until(
                    "it is gone",
                    SOON,
                    () -> !dial.rest().get("/api/data").text().contains("\"name\":\"web\""));
            assertThat(dial.listed(made.path("id").asText()).path("revoked").asText())
                    .isNotEmpty();
        }
    }

    @Test
    void exchangeThatTheControllerDidNotKeepCanBeRepeated(TestEngine engine) {
        try (DialOut dial = DialOut.open(engine, folder, Map.of())) {
            String token = dial.enrolment("cellar").path("token").asText();
            String same =
                    "{\"token\":\"" + token + "\",\"nonce\":\"the-nonce-of-this-host\",\"controller\":\"edge-1\"}";
            String first = dial.post("/api/enrol", same).json().path("key").asText();

            assertThat(dial.post("/api/enrol", same.replace("the-nonce", "another-nonce"))
                            .status())
                    .isEqualTo(403);
            String second = dial.post("/api/enrol", same).json().path("key").asText();

            assertThat(second).isNotEqualTo(first);
            String url = "ws://127.0.0.1:" + dial.port() + "/api/dial";
            assertThatThrownBy(() -> WireClient.connect(url, "Authorization", "Bearer " + first))
                    .as("only the last one holds")
                    .isInstanceOf(CompletionException.class);
            WireClient.connect(url, "Authorization", "Bearer " + second).close();
            Await.until("it is used", SOON, () -> dial.post("/api/enrol", same).status() == 403);
        }
    }

    @Test
    void keyIsReplacedWhileLinesFlow(TestEngine engine) throws Exception {
        engine.run("count", COUNT);
        try (DialOut dial = DialOut.open(engine, folder, Map.of("RELAY_HOST_KEY_AGE", "2s"))) {
            String token = dial.enrolment("cellar").path("token").asText();
            Program controller = dial.startController("edge-1", token, "edge");
            try (WireClient browser = dial.browser("count")) {
                browser.subscribe("count", 5);
                Path kept = folder.resolve("edge/relay-key.json");
                String before = Files.readString(kept);
                controller.awaitLine("the key for .* was replaced", SOON);
                Await.until("another key", SOON, () -> !read(kept).equals(before));
                String old = DialOut.json(before).path("key").asText();
                Await.until("the old one ends", SOON, () -> !holds(dial, old));
                int seen = browser.texts("count").size();
                Await.until("lines after it", SOON, () -> browser.texts("count").size() > seen + 20);
                assertConsecutive(browser);
                assertThat(controller.lines("lost")).isEmpty();
            }
            controller.stop();
            dial.startController("edge-1", token, "edge").awaitLine("\\[dial] connected to", SOON);
        }
    }

    @Test
    void cutLinksAndRestartsLoseNoLine(TestEngine engine) {
        engine.run("count", COUNT);
        try (DialOut dial = DialOut.open(engine, folder, Map.of())) {
            String token = dial.enrolment("cellar").path("token").asText();
            dial.startController("edge-1", token, "edge");
            try (WireClient browser = dial.browser("count")) {
                browser.subscribe("count", 5);
                Await.until("live lines", SOON, () -> browser.texts("count").size() > 20);
                for (int cut = 0; cut < 3; cut++) {
                    dial.proxy().cut();
                    int seen = browser.texts("count").size();
                    Await.until(
                            "lines after a cut",
                            SOON,
                            () -> browser.texts("count").size() > seen + 100);
                }
                dial.controller().kill();
                dial.startController("edge-1", token, "edge");
                int seen = browser.texts("count").size();
                Await.until(
                        "lines after a restart",
                        SOON,
                        () -> browser.texts("count").size() > seen + 100);
                assertConsecutive(browser);
                assertThat(browser.messages("log_gap")).isEmpty();
            }
            dial.relay().kill();
            dial.startRelay();
            try (WireClient browser = dial.browser("count")) {
                browser.subscribe("count", 5);
                Await.until(
                        "lines of the next relay",
                        SOON,
                        () -> browser.texts("count").size() > 20);
            }
        }
    }

    @Test
    void halfOpenLinkIsNoticedWithinThirtySeconds(TestEngine engine) {
        engine.run("web", "sleep 1000");
        try (DialOut dial = DialOut.open(engine, folder, Map.of())) {
            JsonNode made = dial.enrolment("cellar");
            Program controller =
                    dial.startController("edge-1", made.path("token").asText(), "edge");
            dial.awaitListed("web");
            long stalled = System.nanoTime();

            dial.faults().stalled(true);

            dial.relay().awaitLine("host cellar has left", Duration.ofSeconds(31));
            controller.awaitLine("WARN.*\\[dial] lost", Duration.ofSeconds(31));
            assertThat(Duration.ofNanos(System.nanoTime() - stalled)).isLessThan(Duration.ofSeconds(33));
            dial.faults().clear();
            Await.until(
                    "it is back",
                    SOON,
                    () -> dial.listed(made.path("id").asText())
                            .path("connected")
                            .asBoolean());
        }
    }

    @Test
    void copiedKeyIsReported(TestEngine engine) throws Exception {
        engine.run("web", "sleep 1000");
        try (DialOut dial = DialOut.open(engine, folder, Map.of())) {
            JsonNode made = dial.enrolment("cellar");
            String token = made.path("token").asText();
            Program first = dial.startController("edge-1", token, "edge");
            dial.awaitListed("web");
            Path copy = Files.createDirectories(folder.resolve("copy"));
            Files.copy(folder.resolve("edge/relay-key.json"), copy.resolve("relay-key.json"));

            try (Program second = dial.startController("edge-2", token, "copy")) {
                second.awaitLine("WARN.*another controller uses the key", SOON);
                assertThat(dial.listed(made.path("id").asText()).path("problem").asText())
                        .contains("two controllers use the key");
            }
            assertThat(first.lines("WARN.*lost")).as("the first one stays").isEmpty();
            first.close();
        }
    }

    @Test
    void hostileClientsAtTheDoorAreRefused(TestEngine engine) {
        engine.run("web", "sleep 1000");
        try (DialOut dial = DialOut.open(engine, folder, Map.of())) {
            String token = dial.enrolment("cellar").path("token").asText();
            dial.startController("edge-1", token, "edge");
            dial.awaitListed("web");
            String url = "ws://127.0.0.1:" + dial.port() + "/api/dial";
            for (String authorization : List.of("Bearer " + token, "Bearer x", "Basic eDp5", "Bearer ")) {
                assertThatThrownBy(() -> WireClient.connect(url, "Authorization", authorization))
                        .isInstanceOf(CompletionException.class);
            }
            String key = DialOut.json(read(folder.resolve("edge/relay-key.json")))
                    .path("key")
                    .asText();
            try (WireClient stranger = WireClient.connect(url + "?stream=guessed", "Authorization", "Bearer " + key)) {
                assertThat(stranger.awaitClose()).isEqualTo(4404);
            }
            dial.controller().stop();
            try (WireClient talker = WireClient.connect(url, "Authorization", "Bearer " + key)) {
                talker.send("{\"type\":\"open\",\"stream\":\"" + "x".repeat(1000) + "\"}");
                assertThat(talker.awaitClose()).isEqualTo(1002);
            }
            for (String body :
                    List.of("", "{}", "[]", "{\"token\":5}", "{\"token\":\"x\",\"nonce\":\"y\"}", "null", "{")) {
                assertThat(dial.post("/api/enrol", body).status()).as(body).isIn(400, 403);
            }
            assertThat(dial.post("/api/enrol", "x".repeat(100_000)).status()).isEqualTo(413);
            assertThat(dial.post("/api/enrolments", "{\"minutes\":0}").status()).isEqualTo(400);
            assertThat(dial.post("/api/enrolments", "{\"name\":\"a b\"}").status())
                    .isEqualTo(400);
            assertThat(dial.relay().lines("ERROR")).isEmpty();
        }
    }

    private static boolean holds(DialOut dial, String key) {
        try {
            WireClient.connect(
                            "ws://127.0.0.1:" + dial.port() + "/api/dial?stream=none", "Authorization", "Bearer " + key)
                    .close();
            return true;
        } catch (CompletionException refused) {
            return false;
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (java.io.IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }

    private static void assertConsecutive(WireClient browser) {
        List<Integer> numbers =
                browser.texts("count").stream().map(Integer::valueOf).toList();
        assertThat(numbers)
                .isEqualTo(IntStream.rangeClosed(numbers.getFirst(), numbers.getLast())
                        .boxed()
                        .toList());
    }
}
