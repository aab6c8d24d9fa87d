package io.dockrelay.controller.logs.search;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.net.NetSocket;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.dockrelay.controller.testing.ControllerOnRealEngine;
import io.dockrelay.controller.testing.Http;
import io.dockrelay.controller.testing.MeteredEngine;
import io.dockrelay.controller.testing.Settings;
import io.dockrelay.docker.DockerHosts;
import io.dockrelay.docker.HttpDockerEngine;
import io.dockrelay.docker.testing.OnRealEngine;
import io.dockrelay.docker.testing.TestEngine;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.bus.search.BusSearch;
import io.dockrelay.protocol.search.SearchBounds;
import io.dockrelay.protocol.search.SearchFilter;
import io.dockrelay.protocol.search.SearchPart;
import io.dockrelay.protocol.search.SearchQuery;
import io.dockrelay.protocol.search.SearchScope;
import io.dockrelay.protocol.search.SearchTerm;

import static io.dockrelay.controller.testing.Waiting.await;
import static io.dockrelay.controller.testing.Waiting.failure;
import static org.assertj.core.api.Assertions.assertThat;

/** Searches in the stored logs of real containers, over the controller's REST interface. */
@OnRealEngine
class SearchOnRealEngineTest extends ControllerOnRealEngine {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What a search has sent. */
    private record Answer(List<JsonNode> hits, JsonNode end) {

        List<String> texts() {
            return hits.stream().map(hit -> hit.get("text").asText()).toList();
        }

        long found() {
            return end.get("hits").asLong();
        }
    }

    SearchOnRealEngineTest(TestEngine real) {
        super(real);
    }

    private Answer search(String path) {
        Http.Answer answer = http.get(path);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        List<JsonNode> hits = new ArrayList<>();
        JsonNode end = null;
        for (String line : answer.text().lines().toList()) {
            JsonNode item = read(line);
            switch (item.get("type").asText()) {
                case "hit" -> hits.add(item);
                case "end" -> end = item;
                default -> assertThat(item.get("type").asText()).isEqualTo("progress");
            }
        }
        return new Answer(hits, end);
    }

    private static JsonNode read(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(line, e);
        }
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(Integer::toString).toList();
    }

    /** A log that the engine did not write: a line every second, {@code line N} with a word for every thousandth. */
    private void writeLong(String name, int lines) throws IOException {
        write(name, "true");
        Path file = logFile(name);
        Instant begin = Instant.parse("2026-01-01T00:00:00Z");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int line = 1; line <= lines; line++) {
                String word = line % 1_000 == 0 ? " needle" : "";
                out.write("{\"log\":\"line " + line + word
                        + " and some words of a log\\n\",\"stream\":\"stdout\",\"time\":\"" + begin.plusSeconds(line)
                        + "\"}\n");
            }
        }
    }

    @Test
    void newestHitsComeFirstAndAllAreCounted() {
        write("web", "seq 1 20000");

        Answer answer = search("/container/web/logs/search?text=99&limit=5");

        assertThat(answer.texts()).containsExactly("19999", "19998", "19997", "19996", "19995");
        assertThat(answer.found())
                .isEqualTo(numbers(1, 20_000).stream()
                        .filter(it -> it.contains("99"))
                        .count());
        assertThat(answer.end().get("complete").asBoolean()).isTrue();
        assertThat(answer.end().get("lines").asInt()).isEqualTo(20_000);
        assertThat(answer.hits().getFirst().get("container").asText()).isEqualTo("web");
        assertThat(answer.hits().getFirst().get("stream").asText()).isEqualTo("stdout");
        assertThat(answer.hits().getFirst().has("level")).isFalse();
        String timestamp = answer.hits().getFirst().get("timestamp").asText();
        assertThat(http.get("/container/web/logs?around=" + timestamp + "&limit=2")
                        .text())
                .contains(timestamp + " 19999");
    }

    @Test
    void cursorOfAHitIsThatOfItsLine() {
        write("web", "seq 1 5000");
        String cursor = search("/container/web/logs/search?regex=^1234$")
                .hits()
                .getFirst()
                .get("cursor")
                .asText();

        assertThat(http.get("/container/web/logs?after=" + cursor + "&limit=1").text())
                .contains("Z 1235\"");
        assertThat(search("/container/web/logs/search?before=" + cursor + "&limit=2")
                        .texts())
                .containsExactly("1233", "1232");
        assertThat(search("/container/web/logs/search?after=" + cursor + "&order=oldest&limit=2&text=0")
                        .texts())
                .containsExactly("1240", "1250");
        assertThat(search("/container/web/logs/search?after=" + cursor + "&limit=0")
                        .found())
                .isEqualTo(5000 - 1234);
    }

    @Test
    void searchesOneAfterTheOtherFindEachHitOnce() {
        write("web", "for i in $(seq 1 700); do echo out $i; echo err $i >&2; done");
        for (String order : List.of("newest", "oldest")) {
            List<String> all = new ArrayList<>();
            String position = "";
            do {
                Answer answer = search("/container/web/logs/search?text=7&limit=20&order=" + order + position);
                all.addAll(answer.texts());
                String next = answer.end().get("next").asText();
                position = answer.end().get("next").isNull()
                        ? null
                        : (order.equals("newest") ? "&before=" : "&after=") + next;
            } while (position != null);

            List<String> expected = Stream.of(
                            http.get("/container/web/logs?tail=5000").json().get("logs"))
                    .flatMap(logs -> {
                        List<String> lines = new ArrayList<>();
                        logs.forEach(line -> lines.add(line.asText().substring(31)));
                        return lines.stream();
                    })
                    .filter(line -> line.contains("7"))
                    .toList();
            assertThat(all).isEqualTo(order.equals("newest") ? expected.reversed() : expected);
        }
    }

    @Test
    void filtersAreCombined() {
        write(
                "web",
                "echo 'ERROR: connection reset'; echo '\tat c.e.App'; echo 'INFO: last error: none';"
                        + " echo 'error: CONNECTION refused' >&2; echo 'plain'; printf '\\033[31mERR\\033[0m red\\n'");

        assertThat(search("/container/web/logs/search?text=connection").texts())
                .containsExactly("ERROR: connection reset");
        assertThat(search("/container/web/logs/search?text=connection&ignore_case=true")
                        .found())
                .isEqualTo(2);
        assertThat(search("/container/web/logs/search?levels=error&stream=stdout&order=oldest")
                        .texts())
                .containsExactly("ERROR: connection reset", "\tat c.e.App", "\u001b[31mERR\u001b[0m red");
        assertThat(search("/container/web/logs/search?levels=error&traces=false")
                        .found())
                .isEqualTo(3);
        assertThat(search("/container/web/logs/search?levels=info,other&order=oldest")
                        .texts())
                .containsExactly("INFO: last error: none", "plain");
        assertThat(search("/container/web/logs/search?stream=stderr").texts())
                .containsExactly("error: CONNECTION refused");
        assertThat(search("/container/web/logs/search?regex=re(set|fused)&not_text=CONN")
                        .texts())
                .containsExactly("ERROR: connection reset");
        assertThat(search("/container/web/logs/search?levels=error&limit=1")
                        .hits()
                        .getFirst()
                        .get("level")
                        .asText())
                .isEqualTo("error");
    }

    @Test
    void timesBoundASearch() throws IOException {
        writeLong("web", 3_000);
        String since = "2026-01-01T00:10:00Z";
        String until = "2026-01-01T00:10:05Z";

        Answer newest = search("/container/web/logs/search?since=" + since + "&until=" + until);
        Answer oldest = search("/container/web/logs/search?order=oldest&since=" + since + "&until=" + until);

        assertThat(newest.texts()).hasSize(4).first().asString().startsWith("line 604 ");
        assertThat(oldest.texts()).isEqualTo(newest.texts().reversed());
        assertThat(newest.end().get("lines").asInt()).isEqualTo(4);
        assertThat(search("/container/web/logs/search?before=" + until + "&limit=1&text=needle&count=false")
                        .found())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "/container/web/logs/search?regex=(, 400",
        "/container/web/logs/search?regex=a%7B100000%7D, 400",
        "/container/web/logs/search?levels=loud, 400",
        "/container/web/logs/search?before=AAAA, 400",
        "/container/web/logs/search?since=yesterday, 400",
        "/container/nobody/logs/search, 404",
        "/container/mute/logs/search, 501",
        "/containers/logs/search?container=nobody, 404",
        "/containers/logs/search?project=nothing, 404"
    })
    void failureBeforeTheFirstHitIsAStatusWithASentence(String path, int status) {
        write("web", "echo hello");
        write("mute", "echo hello", "--log-driver", "none");

        Http.Answer answer = http.get(path);

        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.json().get("error").asText()).isNotBlank();
    }

    @Test
    void longestTermsAreSearchedAndLongerOnesAreRefused() {
        write("web", "echo hello");
        String most = ("not_text=" + "%E8%AA%9E".repeat(341) + "&").repeat(4);

        assertThat(search("/container/web/logs/search?" + most + "text=h").texts())
                .containsExactly("hello");
        Http.Answer refused = http.get("/container/web/logs/search?" + most + "text=hello");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().get("error").asText()).contains("4096 bytes");
    }

    @Test
    void hitsOfSeveralLogsAreMergedByTime() {
        real.run("one", Map.of("com.docker.compose.project", "shop"), "for i in $(seq 1 300); do echo one $i; done");
        real.run(
                "two", Map.of("com.docker.compose.project", "shop"), "for i in $(seq 1 300); do echo two $i >&2; done");
        write("other", "echo other 1");
        write("mute", "echo mute", "--log-driver", "none");
        real.awaitExit("one");
        real.awaitExit("two");

        Answer both = search("/containers/logs/search?container=one&container=two&limit=1000");
        Answer project = search("/containers/logs/search?project=shop&text=1&limit=3");
        Answer all = search("/containers/logs/search?text=1&limit=0");

        List<String> times =
                both.hits().stream().map(hit -> hit.get("timestamp").asText()).toList();
        List<String> sorted = new ArrayList<>(times);
        sorted.sort(Collections.reverseOrder());
        assertThat(times).hasSize(600).isEqualTo(sorted);
        assertThat(both.end().get("complete").asBoolean()).isTrue();
        assertThat(project.hits()).hasSize(3);
        assertThat(project.found() + 1).isEqualTo(all.found());
        assertThat(all.end().get("complete").asBoolean()).isFalse();
        assertThat(all.end().get("failed")).hasSize(1);
        assertThat(all.end().get("failed").get(0).get("container").asText()).isEqualTo("mute");
        assertThat(all.end().get("failed").get(0).get("status").asInt()).isEqualTo(501);

        List<String> paged = new ArrayList<>();
        String position = "";
        while (position != null) {
            Answer page = search("/containers/logs/search?project=shop&limit=47" + position);
            page.hits().forEach(hit -> paged.add(hit.get("cursor").asText()));
            JsonNode next = page.end().get("next");
            position = next.isNull() ? null : "&before=" + next.asText();
        }
        assertThat(paged)
                .isEqualTo(both.hits().stream()
                        .map(hit -> hit.get("cursor").asText())
                        .toList());
    }

    @Test
    void searchEndsAtTheLimitOnRequest() throws IOException {
        writeLong("web", 100_000);

        Answer nearest = search("/container/web/logs/search?text=needle&limit=1&count=false");
        Answer first = search("/container/web/logs/search?text=needle&limit=1&count=false&order=oldest");

        assertThat(nearest.texts()).singleElement().asString().startsWith("line 100000 ");
        assertThat(nearest.end().get("complete").asBoolean()).isFalse();
        assertThat(nearest.end().get("lines").asInt()).isLessThan(10_000);
        assertThat(nearest.end().get("next").isNull()).isFalse();
        assertThat(first.texts()).singleElement().asString().startsWith("line 1000 ");
    }

    @Test
    void rotatedLogIsSearchedAcrossItsFiles() {
        write(
                "web",
                "i=0; while [ $i -lt 30000 ]; do echo \"number $i of the log\"; i=$((i+1)); done",
                "--log-opt",
                "max-size=300k",
                "--log-opt",
                "max-file=5");
        int stored =
                http.get("/container/web/logs/download").text().lines().toList().size() - 1;

        Answer all = search("/container/web/logs/search?text=number&limit=2");

        assertThat(all.texts()).containsExactly("number 29999 of the log", "number 29998 of the log");
        assertThat(all.found()).isEqualTo(stored);
        assertThat(stored).isBetween(3_000, 29_000);
    }

    @Test
    void containerThatIsRemovedMeanwhileIsNamed() throws Exception {
        writeLong("web", 400_000);
        write("stays", "echo stays");
        BusSearch search = await(BusSearch.open(
                bus, Settings.CONTROLLER, new SearchScope(List.of("web", "stays"), null), all("and some words")));
        real.docker("rm", "web");

        List<SearchPart> parts = new CopyOnWriteArrayList<>();
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
            parts.add(await(search.pull()));
            return parts.getLast().end() != null;
        });

        // The engine may have had the file open to its end.
        var end = parts.getLast().end();
        if (!end.complete()) {
            assertThat(end.failed()).singleElement().satisfies(failure -> {
                assertThat(failure.container()).isEqualTo("web");
                assertThat(failure.error()).isNotBlank();
            });
        }
    }

    /** As after a power cut. The engine ends a read there; from 23.0 on it reports that, and loses lines before it. */
    @Test
    void logThatTheEngineEndsAtDamageIsNotComplete() throws IOException {
        writeLong("web", 20_000);
        Path file = logFile("web");
        String log = Files.readString(file);
        int damage = log.indexOf("{\"log\":\"line 19999 ");
        Files.writeString(file, log.substring(0, damage) + "\0".repeat(100_000) + log.substring(damage));

        Answer answer = search("/container/web/logs/search?text=line&limit=1");

        assertThat(answer.texts()).singleElement().asString().startsWith("line 19998 ");
        assertThat(answer.end().get("complete").asBoolean())
                .as(answer.end().toString())
                .isFalse();
        assertThat(answer.end().get("failed").get(0).get("error").asText())
                .containsAnyOf("may be damaged", "Error grabbing logs");
    }

    @Test
    void terminalsLogIsSearched() {
        write("web", "seq 1 3000", "--tty");

        Answer answer = search("/container/web/logs/search?regex=^2..0$&limit=1");

        assertThat(answer.texts()).containsExactly("2990");
        assertThat(answer.found()).isEqualTo(100);
    }

    private static SearchQuery all(String text) {
        var filter = new SearchFilter(List.of(new SearchTerm(text, false, false)), false, List.of(), true, null);
        return new SearchQuery(filter, new SearchBounds(null, null, null, null), false, 100, true);
    }

    @Test
    void clientThatDisconnectsEndsTheEnginesStream() throws IOException {
        writeLong("web", 600_000);
        var metered = new MeteredEngine(
                new HttpDockerEngine(vertx, DockerHosts.discover(Map.of("DOCKER_HOST", real.host()))));
        listContainersOf("edge-2");
        var searches = new SearchVerticle(metered, "edge-2", Duration.ofSeconds(2));
        await(vertx.deployVerticle(searches));
        SearchScope web = SearchScope.one("web");

        BusSearch closed = await(BusSearch.open(bus, "edge-2", web, all("nothing like it")));
        BusSearch forgotten = await(BusSearch.open(bus, "edge-2", web, all("nothing like it")));
        assertThat(await(closed.pull()).end()).isNull();
        assertThat(metered.openLogs).isNotEmpty();
        closed.close();
        Awaitility.await().until(() -> searches.openSearches() == 0);

        assertThat(metered.openLogs).isEmpty();
        assertThat(failure(forgotten.pull())).hasMessageContaining("no such search");
    }

    @Test
    void numberOfSearchesIsBoundedAndADisconnectMakesRoom() throws IOException {
        writeLong("web", 400_000);
        List<NetSocket> clients = new ArrayList<>();
        for (int client = 0; client < SearchVerticle.MAX_SEARCHES; client++) {
            NetSocket socket = await(vertx.createNetClient().connect(controller.apiPort(), "127.0.0.1"));
            List<String> received = new CopyOnWriteArrayList<>();
            socket.handler(bytes -> received.add(bytes.toString()));
            await(socket.write(
                    "GET /container/web/logs/search?regex=%5Ba-z%5D%2Bx%24 HTTP/1.1\r\nHost: localhost\r\n\r\n"));
            Awaitility.await().until(() -> !received.isEmpty());
            clients.add(socket);
        }

        Http.Answer refused = http.get("/container/web/logs/search");
        clients.forEach(client -> await(client.close()));

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.json().get("error").asText()).contains("4 searches");
        Awaitility.await()
                .until(() -> http.get("/container/web/logs/search?limit=1&count=false")
                                .status()
                        == 200);
    }

    @Test
    void engineThatIsLostEndsASearchWithTheReason() throws IOException {
        writeLong("web", 400_000);
        BusSearch search =
                await(BusSearch.open(bus, Settings.CONTROLLER, SearchScope.one("web"), all("nothing like it")));
        await(search.pull());
        real.kill();

        List<SearchPart> parts = new CopyOnWriteArrayList<>();
        Awaitility.await().atMost(Duration.ofSeconds(40)).until(() -> {
            parts.add(await(search.pull()));
            return parts.getLast().end() != null;
        });

        assertThat(parts.getLast().end().complete()).isFalse();
        assertThat(parts.getLast().end().failed().getFirst().error()).isNotBlank();
        Throwable refusal = failure(BusSearch.open(bus, Settings.CONTROLLER, SearchScope.one("web"), all("x")));
        assertThat(((Refusal) refusal).kind()).isIn(RefusalKind.ENGINE_UNAVAILABLE, RefusalKind.TIMED_OUT);
    }
}
