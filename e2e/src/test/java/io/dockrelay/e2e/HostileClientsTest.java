package io.dockrelay.e2e;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.dockrelay.docker.testing.OnRealEngine;
import io.dockrelay.docker.testing.TestEngine;
import io.dockrelay.e2e.harness.AttackedProgram;
import io.dockrelay.e2e.harness.Frames;
import io.dockrelay.e2e.harness.RawSocket;
import io.dockrelay.e2e.harness.Rest;
import io.dockrelay.e2e.harness.WireClient;

import static org.assertj.core.api.Assertions.assertThat;

/** Single requests and frames that attack the program; {@link HostileClientsFloodTest} has many clients. */
@OnRealEngine
class HostileClientsTest {

    private static AttackedProgram program;

    @BeforeAll
    static void open(TestEngine engine) {
        program = new AttackedProgram(engine);
    }

    @AfterAll
    static void close() {
        program.close();
    }

    @AfterEach
    void goodClientIsServedAndMemoryIsBounded(TestInfo test) {
        program.check(test.getDisplayName());
    }

    @ParameterizedTest
    @CsvFileSource(resources = "/origins.csv", numLinesToSkip = 1, delimiter = '|', quoteCharacter = '`')
    void pageOfAnotherSiteGetsNothing(String origin, boolean allowed) {
        String header = origin.replace("PORT", "" + program.deployment().port());
        String[] page = {"Host: localhost:" + program.deployment().port(), header};
        int expected = allowed ? 200 : 403;
        assertThat(status("GET /api/container/web/logs?tail=1 HTTP/1.1", page)).isIn(expected, allowed ? 200 : 400);
        assertThat(status(
                        "GET /ws HTTP/1.1",
                        page[0],
                        page[1],
                        "Upgrade: websocket",
                        "Connection: Upgrade",
                        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
                        "Sec-WebSocket-Version: 13"))
                .isIn(allowed ? 101 : 403, allowed ? 101 : 400);
        for (String type :
                List.of("application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=b")) {
            // An unknown container: an allowed form restarts nothing.
            assertThat(status(
                            "POST /api/container/none/restart HTTP/1.1",
                            page[0],
                            page[1],
                            "Content-Type: " + type,
                            "Content-Length: 0"))
                    .isIn(allowed ? 404 : 403, allowed ? 404 : 400);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/container/..%2f..%2fetc%2fpasswd/logs",
                "/api/container/%2e%2e/%2e%2e/logs",
                "/api/container/web%00/logs",
                "/api/container/web%0d%0aX-A:%20b/logs",
                "/api/container/%3Cscript%3Ealert(1)%3C%2fscript%3E/logs",
                "/api/container/%e2%80%ae/logs",
                "/api/container/%1b%5b2J/logs",
                "/api/container/%ff%fe/logs",
                "/api/container/web%252f..%252fquiet/logs",
                "/api/container/edge-1%2fweb%2f..%2fquiet/logs",
                "/api/container//logs",
                "/assets/..%2f..%2f..%2fetc%2fpasswd",
                "/assets/%2e%2e/%2e%2e/etc/passwd",
                "/assets/..%5c..%5cetc%5cpasswd",
                "/..;/api/../../etc/passwd"
            })
    void pathThatLeadsElsewhereIsRefused(String path) {
        try (var raw = new RawSocket(program.deployment().port())) {
            raw.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            String answer = raw.readAll();
            assertThat(answer).doesNotContain("root:").doesNotContainIgnoringCase("\nx-a:");
            assertThat(answer.contains("<script>alert") && answer.contains("text/html"))
                    .isFalse();
            assertThat(Integer.parseInt(answer.substring(9, 12))).isIn(200, 400, 404);
            // The page itself is the answer to a path that is a route inside of it.
            assertThat(answer.startsWith("HTTP/1.1 200") && !answer.contains("text/html"))
                    .isFalse();
        }
    }

    @Test
    void textOfAContainerIsDataOnEveryWayAndNotInOurLogs() {
        try (WireClient client = program.deployment().browser("web")) {
            client.send("{\"type\":\"subscribe_logs\",\"container\":\"evil\",\"lines\":10}");
            JsonNode list = client.awaitType("container_update").path("containers");
            assertThat(list.findValuesAsText("service")).contains(AttackedProgram.HOSTILE);
            client.await("the line", message -> message.path("logs").toString().contains("onerror"));
            assertThat(client.texts("evil")).contains(AttackedProgram.HOSTILE);
        }
        Rest.Answer file = program.deployment().relayApi().get("/api/container/evil/logs/download");
        assertThat(file.text()).contains(AttackedProgram.HOSTILE);
        assertThat(file.header("Content-Type")).startsWith("text/plain");
        assertThat(file.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(file.header("Content-Disposition")).matches("attachment; filename=\"[A-Za-z0-9_.-]+\"");
        Stream.of(program.deployment().relay(), program.deployment().controller())
                .flatMap(program -> program.output().stream())
                .forEach(line -> assertThat(line).doesNotContain("\u001b", "\u202e", "\u2028"));
    }

    @Test
    void framesBeyondTheLimitsCloseTheConnectionWithTheirCodes() {
        byte[] part = new byte[1000];
        byte[] empty = new byte[0];
        byte[] ping = Frames.frame(Frames.FINAL | Frames.PING, empty);
        Map<byte[], List<Integer>> codes = Map.of(
                Frames.head(Frames.FINAL | Frames.TEXT, 70_000),
                List.of(1009),
                Frames.head(Frames.FINAL | Frames.TEXT, Long.MAX_VALUE),
                List.of(1009),
                Frames.head(Frames.FINAL | Frames.TEXT, -1),
                List.of(1002, 1009),
                Frames.many(Frames.frame(Frames.TEXT, part), Frames.frame(Frames.CONTINUATION, part), 100),
                List.of(1009),
                Frames.many(Frames.frame(Frames.TEXT, empty), Frames.frame(Frames.CONTINUATION, empty), 3_000),
                List.of(4006),
                Frames.many(empty, ping, 3_000),
                List.of(4006),
                Frames.frame(Frames.FINAL | Frames.PING, new byte[126]),
                List.of(1002),
                Frames.frame(Frames.CONTINUATION, part),
                List.of(1002),
                new byte[] {(byte) 0x81, 2, '{', '}'},
                List.of(1002));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            codes.entrySet().stream()
                    .map(attack -> CompletableFuture.runAsync(
                            () -> assertThat(program.codeFor(attack.getKey())).isIn(attack.getValue()), threads))
                    .toList()
                    .forEach(CompletableFuture::join);
        }
    }

    @Test
    void compressedDataIsNeverInflated() throws IOException {
        byte[] bomb = new byte[60_000];
        var deflater = new Deflater(9, true);
        deflater.setInput(new byte[50_000_000]);
        int length = deflater.deflate(bomb, 0, bomb.length, Deflater.SYNC_FLUSH);
        deflater.end();
        byte[] small = Arrays.copyOf(bomb, length);
        assertThat(program.codeFor(Frames.frame(Frames.FINAL | Frames.COMPRESSED | Frames.TEXT, small)))
                .isEqualTo(1002);

        var zipped = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(zipped)) {
            gzip.write(new byte[200_000_000]);
        }
        try (var raw = new RawSocket(program.deployment().port())) {
            raw.send("POST /api/container/none/restart HTTP/1.1\r\nHost: localhost\r\nContent-Encoding: gzip\r\n"
                    + "Content-Length: " + zipped.size() + "\r\n\r\n");
            raw.send(zipped.toByteArray());
            assertThat(raw.readHead()).startsWith("HTTP/1.1 404");
        }
    }

    private static int status(String requestLine, String... headers) {
        return RawSocket.status(program.deployment().port(), requestLine, headers);
    }
}
