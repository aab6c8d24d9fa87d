package io.dockrelay.e2e;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.docker.testing.OnRealEngine;
import io.dockrelay.docker.testing.TestEngine;
import io.dockrelay.e2e.harness.Await;
import io.dockrelay.e2e.harness.Checkout;
import io.dockrelay.e2e.harness.Crowd;
import io.dockrelay.e2e.harness.Frames;
import io.dockrelay.e2e.harness.GoodClient;
import io.dockrelay.e2e.harness.JsonFuzzer;
import io.dockrelay.e2e.harness.RawSocket;
import io.dockrelay.e2e.harness.Rest;
import io.dockrelay.e2e.harness.SplitDeployment;
import io.dockrelay.e2e.harness.WireClient;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients that attack the program, as it is distributed and with its own flags for the JVM. All the time a good client is
 * connected and gets its answers in time, and the relay's memory stays within a bound. Each bound holds while the machine's two
 * cores have four times the work that they can do.
 */
@OnRealEngine
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HostileClientsTest {

    /** A page asks every 10 s, and after 25 s without an answer takes its connection for lost. */
    private static final Duration LONGEST = Duration.ofSeconds(15);

    /** For 19 of 20 answers. The others fall into the seconds of the largest attacks. */
    private static final Duration MOST = Duration.ofSeconds(2);

    /** For half of the answers: not to be felt. */
    private static final Duration HALF = Duration.ofMillis(250);

    /** With a heap of 384 MiB: that, the JVM's own code and tables, and buffers outside of the heap. */
    private static final long MOST_MEMORY = 640L * 1024 * 1024;

    /** For what happens in the end; much longer than a machine under load needs. */
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    /** The time that a client has for the head of a request. */
    private static final Duration HEAD_TIME = Duration.ofSeconds(10);

    /** Markup, ANSI, a change of the text direction, a null in a URL, and a path. */
    private static final String HOSTILE =
            "<img src=x onerror=alert(1)>\u001b[2J\u202e%00../../etc/passwd\"'`;$(id)\u2028";

    private static final Logger log = LoggerFactory.getLogger(HostileClientsTest.class);

    private static SplitDeployment deployment;
    private static GoodClient good;
    private static Duration longest = Duration.ZERO;
    private static Crowd slow;
    private static CompletableFuture<Duration> slowIsCut;

    @BeforeAll
    static void open(TestEngine engine) {
        var containers = CompletableFuture.runAsync(() -> runContainers(engine));
        Map<String, String> flags = new HashMap<>();
        flags.put("JDK_JAVA_OPTIONS", "@" + Checkout.root().resolve("deploy/java.options"));
        deployment = SplitDeployment.open(engine, flags);
        containers.join();
        deployment.browser("quiet").close();
        good = new GoodClient(deployment, "web");
        slow = new Crowd(deployment.port());
        slow.open(9, 10, 100);
        slowIsCut = slow.drip(PATIENCE);
    }

    private static void runContainers(TestEngine engine) {
        engine.run("web", "i=0; while :; do i=$((i+1)); echo line $i; sleep 0.2; done");
        engine.run("quiet", "echo once; exec sleep 100000");
        engine.run(
                "evil",
                Map.of("com.docker.compose.project", HOSTILE, "com.docker.compose.service", HOSTILE),
                "echo \"$TEXT\"; exec sleep 100000",
                "--env",
                "TEXT=" + HOSTILE);
    }

    @AfterAll
    static void close() {
        log.info(
                "waits of the good client: median {}, 95 % within {}, longest {}; the relay's peak memory: {} MiB",
                good.within(0.5), good.within(0.95), good.check(), peakMemory() >> 20);
        slow.close();
        good.close();
        deployment.close();
    }

    @AfterEach
    void goodClientIsServedAndMemoryIsBounded(TestInfo test) {
        if (good.check().compareTo(longest) > 0) {
            longest = good.check();
            log.info("after {} the longest wait is {}", test.getDisplayName(), longest);
        }
        assertThat(good.check()).isLessThan(LONGEST);
        assertThat(peakMemory()).isLessThan(MOST_MEMORY);
        assertThat(deployment.relay().lines(" ERROR |OutOfMemory")).isEmpty();
        assertThat(deployment.controller().lines(" ERROR |OutOfMemory")).isEmpty();
    }

    @ParameterizedTest
    @Order(2)
    @CsvFileSource(resources = "/origins.csv", numLinesToSkip = 1, delimiter = '|', quoteCharacter = '`')
    void pageOfAnotherSiteGetsNothing(String origin, boolean allowed) {
        String header = origin.replace("PORT", "" + deployment.port());
        String[] page = {"Host: localhost:" + deployment.port(), header};
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
    @Order(3)
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
        try (var raw = new RawSocket(deployment.port())) {
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
    @Order(3)
    void textOfAContainerIsDataOnEveryWayAndNotInOurLogs() {
        try (WireClient client = deployment.browser("web")) {
            client.send("{\"type\":\"subscribe_logs\",\"container\":\"evil\",\"lines\":10}");
            JsonNode list = client.awaitType("container_update").path("containers");
            assertThat(list.findValuesAsText("service")).contains(HOSTILE);
            client.await("the line", message -> message.path("logs").toString().contains("onerror"));
            assertThat(client.texts("evil")).contains(HOSTILE);
        }
        Rest.Answer file = deployment.relayApi().get("/api/container/evil/logs/download");
        assertThat(file.text()).contains(HOSTILE);
        assertThat(file.header("Content-Type")).startsWith("text/plain");
        assertThat(file.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(file.header("Content-Disposition")).matches("attachment; filename=\"[A-Za-z0-9_.-]+\"");
        Stream.of(deployment.relay(), deployment.controller())
                .flatMap(program -> program.output().stream())
                .forEach(line -> assertThat(line).doesNotContain("\u001b", "\u202e", "\u2028"));
    }

    /** The crowd of slow clients has been sending since the first test. */
    @Test
    @Order(4)
    void handshakeThatArrivesByteByByteIsCut() {
        assertThat(slow.size()).isEqualTo(1_000);
        assertThat(slowIsCut.join()).isBetween(HEAD_TIME.minusSeconds(1), PATIENCE);
    }

    @Test
    @Order(4)
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
                many(Frames.frame(Frames.TEXT, part), Frames.frame(Frames.CONTINUATION, part), 100),
                List.of(1009),
                many(Frames.frame(Frames.TEXT, empty), Frames.frame(Frames.CONTINUATION, empty), 3_000),
                List.of(4006),
                many(empty, ping, 3_000),
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
                            () -> assertThat(codeFor(attack.getKey())).isIn(attack.getValue()), threads))
                    .toList()
                    .forEach(CompletableFuture::join);
        }
    }

    @Test
    @Order(5)
    void compressedDataIsNeverInflated() throws IOException {
        byte[] bomb = new byte[60_000];
        var deflater = new Deflater(9, true);
        deflater.setInput(new byte[50_000_000]);
        int length = deflater.deflate(bomb, 0, bomb.length, Deflater.SYNC_FLUSH);
        deflater.end();
        byte[] small = Arrays.copyOf(bomb, length);
        assertThat(codeFor(Frames.frame(Frames.FINAL | Frames.COMPRESSED | Frames.TEXT, small)))
                .isEqualTo(1002);

        var zipped = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(zipped)) {
            gzip.write(new byte[200_000_000]);
        }
        try (var raw = new RawSocket(deployment.port())) {
            raw.send("POST /api/container/none/restart HTTP/1.1\r\nHost: localhost\r\nContent-Encoding: gzip\r\n"
                    + "Content-Length: " + zipped.size() + "\r\n\r\n");
            raw.send(zipped.toByteArray());
            assertThat(raw.readHead()).startsWith("HTTP/1.1 404");
        }
    }

    @Test
    @Order(6)
    void tenThousandConnectionsLeaveRoomForRequestsAndTheirAddressesForOthers() {
        try (Crowd one = new Crowd(deployment.port());
                Crowd many = new Crowd(deployment.port())) {
            one.open(10, 1, 2_500);
            one.upgrade();
            Await.until(
                    "one address has its most", PATIENCE, () -> one.readAndCountOpen() <= 2_064 && browsers() >= 1_990);
            try (WireClient other = deployment.browser("web")) {
                assertThat(other.isClosed()).isFalse();
            }
            many.open(20, 250, 30);
            many.upgrade();
            Await.until("all have their most", PATIENCE, () -> browsers() >= 3_900);
            assertThat(one.size() + many.size()).isEqualTo(10_000);
            assertThat(browsers()).isLessThanOrEqualTo(4_000);
            assertThat(deployment.relayApi().get("/api/health").status()).isEqualTo(200);
            try (WireClient further = WireClient.connect(deployment.relayUrl())) {
                assertThat(further.awaitClose()).isEqualTo(1013);
            }
        }
        Await.until("the relay has forgotten them", PATIENCE, () -> browsers() <= 2);
        deployment.browser("web").close();
    }

    @Test
    @Order(7)
    void hundredThousandSubscriptionsAreLimitedPerAddressAndInAll() {
        try (Crowd crowd = new Crowd(deployment.port())) {
            crowd.open(30, 20, 20);
            crowd.upgrade();
            Await.until("all are connected", PATIENCE, () -> browsers() >= 400);
            for (int i = 0; i < 250; i++) {
                crowd.send(Frames.frame(
                        Frames.FINAL | Frames.TEXT,
                        ("{\"type\":\"subscribe_logs\",\"container\":\"quiet\",\"lines\":1,\"sub\":\"" + i + "\"}")
                                .getBytes(UTF_8)));
                if (i % 25 == 0) {
                    assertThat(crowd.readAndCountOpen()).isEqualTo(400);
                }
            }
            Await.until("the most are followed", PATIENCE, () -> {
                assertThat(crowd.readAndCountOpen()).isEqualTo(400);
                return subscriptions() >= 9_900;
            });
            assertThat(subscriptions()).isLessThanOrEqualTo(10_001);
            // The good client's own subscription goes on.
            int seen = good.socket().mark();
            good.socket().awaitAfter(seen, "a line", LONGEST, WireClient.ofType("new_logs"));
        }
        Await.until("the relay has forgotten them", PATIENCE, () -> subscriptions() <= 1);
    }

    /** With {@code -Dfuzz.minutes=10} it takes ten minutes; with {@code -Dfuzz.seed=…} it repeats a run. */
    @Test
    @Order(8)
    void malformedJsonGetsAnErrorOrACloseCode() {
        long seed = Long.getLong("fuzz.seed", new Random().nextLong());
        Duration time =
                Duration.ofSeconds(Math.round(60 * Double.parseDouble(System.getProperty("fuzz.minutes", "0.5"))));
        log.info("fuzzing for {} with -Dfuzz.seed={}", time, seed);
        var fuzzer = new JsonFuzzer(seed);
        // Not the good client's address, whose rate is its own.
        List<HttpClient> attackers = IntStream.rangeClosed(1, 8)
                .mapToObj(HostileClientsTest::attacker)
                .toList();
        long end = System.nanoTime() + time.toNanos();
        int sent = 0;
        while (System.nanoTime() < end) {
            for (String url : List.of(deployment.relayUrl(), deployment.controllerUrl())) {
                try (WireClient client = WireClient.connect(attackers.get(sent % attackers.size()), url)) {
                    for (int i = 0; i < 201 && !client.isClosed(); i++) {
                        client.send(fuzzer.next());
                        sent++;
                    }
                    client.send("{\"type\":\"ping\",\"id\":\"end\"}");
                    Await.until(
                            "an answer after malformed messages, seed " + seed,
                            PATIENCE,
                            () -> client.isClosed() || !client.messages("pong").isEmpty());
                }
            }
            assertThat(good.check()).as("seed %d", seed).isLessThan(LONGEST);
        }
        log.info("{} malformed messages sent", sent);
        assertThat(sent).isGreaterThan(1_000);
        assertThat(good.within(0.5)).isLessThan(HALF);
        assertThat(good.within(0.95)).isLessThan(MOST);
    }

    private static HttpClient attacker(int number) {
        try {
            return HttpClient.newBuilder()
                    .localAddress(InetAddress.getByName("127.40.0." + number))
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] many(byte[] first, byte[] then, int times) {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(first);
        for (int i = 0; i < times; i++) {
            bytes.writeBytes(then);
        }
        return bytes.toByteArray();
    }

    private static int codeFor(byte[] frames) {
        try (var raw = new RawSocket(deployment.port())) {
            raw.upgrade();
            raw.send(frames);
            return Frames.closeCode(raw.readBytes(received -> Frames.closeCode(received) != 0));
        }
    }

    private static int status(String requestLine, String... headers) {
        return RawSocket.status(deployment.port(), requestLine, headers);
    }

    private static int browsers() {
        return deployment.relayApi().get("/api/health").json().path("browsers").asInt();
    }

    private static int subscriptions() {
        return deployment
                .relayApi()
                .get("/api/health")
                .json()
                .path("subscriptions")
                .asInt();
    }

    /** The largest resident memory of the relay so far, in bytes. */
    private static long peakMemory() {
        try {
            return Files.readAllLines(Path.of("/proc/" + deployment.relay().pid() + "/status")).stream()
                            .filter(line -> line.startsWith("VmHWM:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .findFirst()
                            .orElseThrow()
                    * 1024;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
