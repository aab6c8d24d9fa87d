package io.dockrelay.controller.access;

import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.dockrelay.docker.testing.EngineProxy;

import static io.dockrelay.controller.testing.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The rules of {@code deploy/engine-proxy} in a real HAProxy, in front of an engine that accepts everything: what arrives
 * there was let through.
 */
@Tag("engine")
@Timeout(60)
class EngineProxyTest {

    private static final String ID = "0123456789abcdef".repeat(4);
    private static final String HOST = "Host: engine\r\nConnection: close\r\n";
    private static final String LIST = "/v1.41/containers/json?all=1";
    private static final String START = "POST /v1.41/containers/" + ID + "/start HTTP/1.1\r\n";

    private static final List<String> ACTIONS = List.of("start", "stop", "restart", "kill");

    @TempDir
    private Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final List<String> arrived = new CopyOnWriteArrayList<>();
    private final AtomicInteger streams = new AtomicInteger();

    @BeforeEach
    void listen() {
        await(vertx.createHttpServer()
                .requestHandler(this::answer)
                .listen(SocketAddress.domainSocketAddress(engine().toString())));
    }

    @AfterEach
    void close() {
        await(vertx.close());
    }

    private Path engine() {
        return folder.resolve("engine.sock");
    }

    private void answer(HttpServerRequest request) {
        arrived.add(request.method() + " " + request.uri());
        if (request.uri().contains("follow=1")) {
            streams.incrementAndGet();
            request.connection().closeHandler(closed -> streams.decrementAndGet());
            request.response().setChunked(true).write("line");
        } else {
            request.response().end("{}");
        }
    }

    /** By another way than the rules: the requests of each profile, for the versions of the API that the program uses. */
    private static boolean allowed(EngineProfile profile, String method, String target) {
        Set<String> bare = new LinkedHashSet<>(List.of("GET /info", "GET /containers/" + ID + "/json"));
        if (profile == EngineProfile.CONTROL) {
            ACTIONS.forEach(action -> bare.add("POST /containers/" + ID + "/" + action));
        }
        return (method + " " + target).equals("GET /version")
                || IntStream.rangeClosed(24, 44)
                        .mapToObj(minor -> "/v1." + minor)
                        .anyMatch(version -> target.startsWith(version + "/")
                                && bare.contains(method + " " + target.substring(version.length())));
    }

    private static List<String[]> endpoints() throws IOException {
        return Files.readAllLines(Path.of("src/test/resources/engine-api.tsv")).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.replace("{id}", ID).split("\t"))
                .toList();
    }

    /** Other ways to write a path, which an engine may understand as the same. */
    private static Set<String> spellings(String path) {
        Set<String> all = new LinkedHashSet<>();
        for (int minor : new int[] {0, 12, 18, 23, 24, 41, 44, 45, 50, 99}) {
            all.add("/v1." + minor + path);
        }
        for (String version : new String[] {"", "/V1.41", "/v1.041", "/v01.41", "/v1.41.0", "/v2.41", "/v1.4", "/v1"}) {
            all.add(version + path);
        }
        String usual = "/v1.41" + path;
        int last = usual.lastIndexOf('/');
        String end = usual.substring(last + 1);
        all.addAll(List.of(
                "/v1.41/v1.41" + path,
                "/" + usual,
                "/v1.41/" + path,
                usual.substring(0, last) + "//" + end,
                usual.substring(0, last) + "%2F" + end,
                usual.substring(0, last) + "%2f" + end,
                usual.substring(0, last) + "\\" + end,
                usual.replace("/v1", "/%761"),
                usual.replace("1.41", "1%2E41"),
                usual + "/",
                usual + "/.",
                usual + "/..",
                "/." + usual,
                "/v1.41/." + path,
                "/v1.41/.." + usual,
                "/v1.41/%2e%2e" + usual,
                "/version/.." + usual,
                "/version%2f.." + usual,
                "/v1.41/containers/" + ID + "/json/../../.." + path,
                "/v1.41/containers/json/../.." + path,
                usual.toUpperCase(java.util.Locale.ROOT),
                "/v1.41" + path.toUpperCase(java.util.Locale.ROOT),
                usual + "?",
                usual + "?x=1",
                usual + "?stdout=1&stderr=1&timestamps=1&follow=0&tail=1&details=1",
                usual + "?all=1&size=1",
                usual + "?signal=HUP",
                usual + "?t=1&signal=HUP",
                usual + "#json",
                usual + ";json",
                usual + "%00",
                usual + "%0a",
                usual + "%3Fall=1",
                "http://engine" + usual,
                "http://engine/version" + usual,
                "*"));
        if (!end.isEmpty()) {
            all.add(usual.substring(0, last + 1) + "%" + Integer.toHexString(end.charAt(0)) + end.substring(1));
        }
        return all;
    }

    @ParameterizedTest
    @EnumSource
    void everyOtherEndpointAndSpellingIsRefused(EngineProfile profile) throws IOException {
        List<String> wrong = new ArrayList<>();
        int passed = 0;
        int refused = 0;
        try (EngineProxy proxy = EngineProxy.start(engine(), profile.wireName())) {
            for (String[] endpoint : endpoints()) {
                Set<String> targets = spellings(endpoint[1]);
                for (String target : targets) {
                    boolean allowed = allowed(profile, endpoint[0], target);
                    int before = arrived.size();
                    int status = status(proxy, endpoint[0] + " " + target + " HTTP/1.1\r\n" + HOST + "\r\n");
                    boolean passes = arrived.size() > before;
                    if (passes != allowed
                            || (status == 200) != allowed
                            || (!allowed && status != 403 && status != 400)) {
                        wrong.add(endpoint[0] + " " + target + " -> " + status);
                    }
                    passed += passes ? 1 : 0;
                    refused += passes ? 0 : 1;
                }
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(passed).isGreaterThan(2);
        assertThat(refused).isGreaterThan(4_000);
    }

    @ParameterizedTest
    @EnumSource
    void methodsOfAllowedPathsAreFixed(EngineProfile profile) throws IOException {
        List<String> paths = List.of(
                "/version",
                "/v1.41/info",
                LIST,
                "/v1.41/containers/" + ID + "/json",
                "/v1.41/containers/" + ID + "/kill");
        List<String> methods = List.of(
                "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "get", "Get", "post", "POSTS", "XGET",
                "SEARCH");
        try (EngineProxy proxy = EngineProxy.start(engine(), profile.wireName())) {
            for (String path : paths) {
                for (String method : methods) {
                    assertThat(status(proxy, method + " " + path + " HTTP/1.1\r\n" + HOST + "\r\n"))
                            .as(method + " " + path)
                            .isIn(400, 403);
                }
            }
            assertThat(status(proxy, "POST " + LIST + " HTTP/1.1\r\n" + HOST + "\r\n"))
                    .isEqualTo(403);
            assertThat(status(proxy, "GET /v1.41/containers/" + ID + "/kill HTTP/1.1\r\n" + HOST + "\r\n"))
                    .isEqualTo(403);
        }
        assertThat(arrived).isEmpty();
    }

    /** An engine with an API before 1.24 replaces the container's settings by those in the body of a start. */
    @Test
    void bodiesUpgradesAndOtherFormsOfRequestsAreRefused() throws IOException {
        String settings = "{\"Privileged\":true,\"Binds\":[\"/:/host\"]}";
        String length = "Content-Length: " + settings.length() + "\r\n";
        String chunks = Integer.toHexString(settings.length()) + "\r\n" + settings + "\r\n0\r\n\r\n";
        List<String> requests = new ArrayList<>(List.of(
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "GET " + LIST + "\r\n",
                "GET " + LIST + " HTTP/1.1\r\n" + HOST + "Upgrade: h2c\r\n\r\n",
                "GET " + LIST + " HTTP/1.1\r\nHost: engine\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\n"
                        + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n",
                START + "Host: engine\r\nConnection: Upgrade, close\r\nUpgrade: tcp\r\n\r\n",
                "GET " + LIST + "&filters=" + "a".repeat(5_000) + " HTTP/1.1\r\n" + HOST + "\r\n",
                "GET " + LIST + "&filters=" + "a".repeat(15_100) + "&size=1 HTTP/1.1\r\n" + HOST + "\r\n",
                START + HOST + "Content-Length: 0\r\nContent-Length: 2\r\n\r\n{}",
                START + HOST + "Content-Length: 0, 2\r\n\r\n{}",
                START + HOST + "Content-Length: +0\r\n\r\n",
                START + HOST + "Content-Length: 00\r\n\r\n",
                START + HOST + "Transfer-Encoding : chunked\r\n\r\n" + chunks,
                START + HOST + "Content-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks,
                START + HOST + "Transfer-Encoding: identity\r\n" + length + "\r\n" + settings,
                START + HOST + "Transfer-Encoding: gzip, chunked\r\n\r\n" + chunks,
                START + "Host: engine\nConnection: close\nTransfer-Encoding:\n chunked\n\n" + chunks,
                "GET " + LIST + " HTTP/1.1\r\n" + HOST + length + "\r\n" + settings));
        for (String version : List.of("", "/v1.12", "/v1.18", "/v1.23", "/v1.24", "/v1.41", "/v1.44")) {
            for (String action : ACTIONS) {
                String line = "POST " + version + "/containers/" + ID + "/" + action + " HTTP/1.1\r\n" + HOST;
                requests.add(line + length + "\r\n" + settings);
                requests.add(line + "Transfer-Encoding: chunked\r\n\r\n" + chunks);
                requests.add(line + "Expect: 100-continue\r\n" + length + "\r\n" + settings);
            }
        }
        try (EngineProxy proxy = EngineProxy.start(engine(), "control")) {
            for (String request : requests) {
                assertThat(status(proxy, request)).as(request).isIn(400, 403, 422);
            }
            assertThat(arrived).isEmpty();
            assertThat(status(proxy, START + HOST + "Content-Length: 0\r\n\r\n"))
                    .isEqualTo(200);
            assertThat(status(proxy, START + HOST + "\r\n")).isEqualTo(200);
        }
    }

    /** What follows an allowed request on the same connection is a request of its own. */
    @Test
    void requestBehindAnAllowedOneIsCheckedToo() throws IOException {
        String allowed = START + "Host: engine\r\nContent-Length: 0\r\n\r\n";
        String other = "POST /v1.41/containers/create HTTP/1.1\r\n" + HOST + "\r\n";
        try (EngineProxy proxy = EngineProxy.start(engine(), "control")) {
            String answers = exchange(proxy, allowed + other);

            assertThat(answers).contains("HTTP/1.1 200", "HTTP/1.1 403");
            assertThat(arrived).containsExactly("POST /v1.41/containers/" + ID + "/start");
        }
    }

    @Test
    void onlyIdsNameContainers() throws IOException {
        try (EngineProxy proxy = EngineProxy.start(engine(), "control")) {
            for (String name :
                    List.of("web", "0123456789a", ID + "0", ID.toUpperCase(java.util.Locale.ROOT), "json", ".", "..")) {
                assertThat(status(proxy, "POST /v1.41/containers/" + name + "/start HTTP/1.1\r\n" + HOST + "\r\n"))
                        .as(name)
                        .isEqualTo(403);
            }
            assertThat(arrived).isEmpty();
            assertThat(status(proxy, "POST /v1.41/containers/0123456789ab/start HTTP/1.1\r\n" + HOST + "\r\n"))
                    .isEqualTo(200);
        }
    }

    @Test
    void refusalIsASentenceAndIsLogged() throws IOException {
        try (EngineProxy proxy = EngineProxy.start(engine(), "logs")) {
            assertThat(exchange(proxy, START + HOST + "\r\n"))
                    .contains("application/json")
                    .endsWith("{\"message\":\"The engine's proxy refuses this: it is not in its profile logs"
                            + " (ENGINE_PROFILE)\"}");
            assertThat(status(proxy, "GET /version HTTP/1.1\r\n" + HOST + "\r\n"))
                    .isEqualTo(200);
            await().until(() -> proxy.refusals().size() == 1);
            assertThat(proxy.refusals().getFirst()).contains("/containers/" + ID + "/start");
        }
    }

    @Test
    void clientThatGoesAwayEndsItsStreamAtTheEngine() throws IOException {
        String follow = "GET /v1.41/containers/" + ID
                + "/logs?stdout=1&stderr=1&timestamps=1&follow=1&tail=5 HTTP/1.1\r\n" + "Host: engine\r\n\r\n";
        try (EngineProxy proxy = EngineProxy.start(engine(), "logs")) {
            try (SocketChannel channel = connect(proxy)) {
                write(channel, follow);
                assertThat(channel.read(ByteBuffer.allocate(1024))).isPositive();
                await().until(() -> streams.get() == 1);
            }
            await().until(() -> streams.get() == 0);
        }
    }

    @Test
    void withoutAProfileItDoesNotStart() {
        assertThat(List.of("", "all", "../engine-proxy/watch.lst"))
                .allSatisfy(profile -> org.assertj.core.api.Assertions.assertThatThrownBy(
                                () -> EngineProxy.start(engine(), profile))
                        .hasMessageContaining("failed to open pattern file"));
    }

    private static int status(EngineProxy proxy, String request) throws IOException {
        String answer = exchange(proxy, request);
        return answer.startsWith("HTTP/1.") ? Integer.parseInt(answer.substring(9, 12)) : 400;
    }

    /** Everything until the proxy closes the connection. */
    private static String exchange(EngineProxy proxy, String request) throws IOException {
        try (SocketChannel channel = connect(proxy);
                InputStream answer = Channels.newInputStream(channel)) {
            write(channel, request);
            var all = new java.io.ByteArrayOutputStream();
            try {
                answer.transferTo(all);
            } catch (IOException reset) {
                // The proxy does not read what follows a refused request.
            }
            return all.toString(StandardCharsets.ISO_8859_1);
        }
    }

    private static SocketChannel connect(EngineProxy proxy) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        assertThat(channel.connect(UnixDomainSocketAddress.of(proxy.socket()))).isTrue();
        return channel;
    }

    private static void write(SocketChannel channel, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
        while (bytes.hasRemaining()) {
            int written = channel.write(bytes);
            assertThat(written).isPositive();
        }
    }
}
