package io.dockrelay.controller.logs.download;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClientOptions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.dockrelay.controller.testing.ControllerOnRealEngine;
import io.dockrelay.controller.testing.Http;
import io.dockrelay.controller.testing.Settings;
import io.dockrelay.docker.DockerEngine;
import io.dockrelay.docker.DockerHosts;
import io.dockrelay.docker.HttpDockerEngine;
import io.dockrelay.docker.testing.OnRealEngine;
import io.dockrelay.docker.testing.TestEngine;
import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.logs.CloseDownload;
import io.dockrelay.protocol.logs.DownloadFormat;
import io.dockrelay.protocol.logs.DownloadPart;
import io.dockrelay.protocol.logs.OpenDownload;
import io.dockrelay.protocol.logs.PullDownload;

import static io.dockrelay.controller.testing.Waiting.await;
import static io.dockrelay.controller.testing.Waiting.failure;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

/** Downloads of whole logs of real containers. */
@OnRealEngine
class DownloadOnRealEngineTest extends ControllerOnRealEngine {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CONTROLLER = Settings.CONTROLLER;

    DownloadOnRealEngineTest(TestEngine real) {
        super(real);
    }

    private List<String> text(String path) {
        Http.Answer answer = http.get(path);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.text()).endsWith("\n");
        return answer.text().lines().toList();
    }

    @Test
    void logIsDownloadedAsText() {
        write("web", "seq 1 20000");

        List<String> lines = text("/container/web/logs/download");

        assertThat(lines).hasSize(20_001);
        assertThat(lines.getLast()).isEqualTo("# complete: 20000 lines");
        assertThat(lines.subList(0, 20_000).stream().map(line -> line.substring(31)))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 20_000)
                        .mapToObj(Integer::toString)
                        .toList());
        Http.Answer head = http.send("HEAD", "/container/web/logs/download");
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.text()).isEmpty();
        assertThat(head.headers().get("Content-Disposition"))
                .matches("attachment; filename=\"web_\\d{8}T\\d{6}Z\\.log\"");
        assertThat(head.headers().get("Content-Type")).isEqualTo("text/plain; charset=utf-8");
        assertThat(head.headers().get("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void jsonLinesHoldTheSameLog() throws Exception {
        write("web", "echo 'say \"hi\"'; echo oops >&2; printf 'no end'; head -c 40000 /dev/zero | tr '\\0' x");

        List<String> text = text("/container/web/logs/download");
        List<JsonNode> lines = new ArrayList<>();
        for (String line : text("/container/web/logs/download?format=jsonl")) {
            lines.add(JSON.readTree(line));
        }

        assertThat(lines.getLast().toString()).isEqualTo("{\"complete\":true,\"lines\":" + (lines.size() - 1) + "}");
        assertThat(lines.stream()
                        .limit(lines.size() - 1)
                        .map(line -> line.get("timestamp").asText() + " "
                                + line.get("text").asText()))
                .containsExactlyElementsOf(text.subList(0, text.size() - 1));
        assertThat(lines.stream().filter(line -> line.path("text").asText().equals("oops")))
                .allSatisfy(line -> assertThat(line.get("stream").asText()).isEqualTo("stderr"));
        assertThat(text).anySatisfy(line -> assertThat(line).hasSizeGreaterThan(40_000));
    }

    @Test
    void bothEndsAreExclusive() {
        write("web", "for i in 1 2 3 4 5; do echo $i; sleep 0.02; done");
        List<String> all = text("/container/web/logs/download");
        String second = all.get(1).substring(0, 30);
        String fifth = all.get(4).substring(0, 30);

        assertThat(text("/container/web/logs/download?since=" + second + "&until=" + fifth))
                .containsExactly(all.get(2), all.get(3), "# complete: 2 lines");
        assertThat(text("/container/web/logs/download?since=2100-01-01T00:00:00Z"))
                .containsExactly("# complete: 0 lines");
        assertThat(text("/container/web/logs/download?until=2001-01-01T00:00:00Z"))
                .containsExactly("# complete: 0 lines");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /container/nobody/logs/download, 404",
        "HEAD, /container/nobody/logs/download, 404",
        "GET, /container/web/logs/download?format=csv, 400",
        "GET, /container/web/logs/download?since=yesterday, 400",
        "HEAD, /container/web/logs/download?until=tomorrow, 400",
        "POST, /container/web/logs/download, 405",
        "GET, /container/mute/logs/download, 501",
        "HEAD, /container/mute/logs/download, 501"
    })
    void failureIsReportedBeforeTheFirstByte(String method, String path, int status) {
        write("web", "echo hello");
        write("mute", "echo hello", "--log-driver", "none");

        Http.Answer answer = http.send(method, path);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.headers().get("Content-Disposition")).isNull();
    }

    @Test
    void lineOfThreeMegabytesIsWholeInBothFormats() throws Exception {
        write("web", "echo before; head -c 3000000 /dev/zero | tr '\\0' x; echo; echo oops >&2; echo after");

        List<String> text = text("/container/web/logs/download");
        JsonNode line =
                JSON.readTree(text("/container/web/logs/download?format=jsonl").get(1));

        assertThat(text.stream().map(each -> each.length() - 31)).contains(3_000_000);
        assertThat(text.getLast()).isEqualTo("# complete: 4 lines");
        assertThat(line.get("text").asText()).hasSize(3_000_000);
    }

    @Test
    void bytesThatAreNotUtf8AreThoseOfTheEngine() throws Exception {
        write("web", "printf 'a\\377\\376\\200b\\n'; printf '\\303'; sleep 0.1; printf '\\n'", "--log-driver", "local");
        var request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + controller.apiPort() + "/container/web/logs/download"))
                .build();

        byte[] file = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofByteArray())
                .body();

        assertThat(new String(file, ISO_8859_1).lines().map(line -> line.substring(Math.min(31, line.length()))))
                .startsWith("a\u00ff\u00fe\u0080b", "\u00c3");
    }

    /** As after a power cut. The engine ends a read of the whole log there; from 23.0 on it also loses lines before it. */
    @Test
    void downloadThatTheEngineEndsAtDamageIsNotComplete() throws IOException {
        write("web", "seq 1 500");
        Path file = logFile("web");
        String log = Files.readString(file, ISO_8859_1);
        int damage = log.indexOf("{\"log\":\"499\\n");
        Files.writeString(file, log.substring(0, damage) + "\0".repeat(100_000) + log.substring(damage), ISO_8859_1);

        await(bus.ask(
                Addresses.openDownload(CONTROLLER), new OpenDownload("d", "web", null, null, DownloadFormat.TEXT)));
        DownloadPart part = await(bus.ask(Addresses.pullDownload(CONTROLLER), new PullDownload("d", true)));

        assertThat(new String(part.bytes(), ISO_8859_1))
                .contains("Z 1\n", "Z 498\n")
                .doesNotContain("Z 500\n", "complete");
        assertThat(part.ended()).isTrue();
        assertThat(part.failure()).containsAnyOf("may be damaged", "Error grabbing logs");
    }

    @Test
    void downloadThatBreaksOffIsAnErrorForTheClient() {
        write("web", "seq 1 1000000");
        var client = vertx.createNetClient(new NetClientOptions().setReceiveBufferSize(64 * 1024));
        var socket = await(client.connect(controller.apiPort(), "127.0.0.1"));
        Buffer received = Buffer.buffer();
        Promise<Void> closed = Promise.promise();
        socket.endHandler(closed::complete);
        socket.handler(bytes -> {
            socket.pause();
            received.appendBuffer(bytes);
        });
        await(socket.write("GET /container/web/logs/download HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        Awaitility.await().until(() -> received.length() > 0);

        real.kill();
        try {
            socket.handler(received::appendBuffer);
            socket.resume();
            await(closed.future());
            assertThat(received.toString()).contains("# incomplete after ").doesNotEndWith("\r\n0\r\n\r\n");
        } finally {
            real.start();
        }
    }

    @Test
    void partsAreBoundedAndCompleteTheLog() {
        write("web", "seq 1 300000");
        await(bus.ask(
                Addresses.openDownload(CONTROLLER), new OpenDownload("d", "web", null, null, DownloadFormat.TEXT)));
        DownloadPart first = await(bus.ask(Addresses.pullDownload(CONTROLLER), new PullDownload("d", true)));

        assertThat(first.bytes().length).isLessThan(1_000_000);
        assertThat(first.ended()).isFalse();

        Buffer file = Buffer.buffer(first.bytes());
        DownloadPart part = first;
        while (!part.ended()) {
            part = await(bus.ask(Addresses.pullDownload(CONTROLLER), new PullDownload("d", true)));
            file.appendBytes(part.bytes());
        }
        List<String> lines = file.toString().lines().toList();
        assertThat(lines).hasSize(300_001);
        assertThat(lines.getLast()).isEqualTo("# complete: 300000 lines");
        assertThat(part.failure()).isNull();
        assertThat(failure(bus.ask(Addresses.pullDownload(CONTROLLER), new PullDownload("d", true))))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void lossOfTheEngineIsReportedInTheLastPart() {
        write("web", "seq 1 300000");
        await(bus.ask(
                Addresses.openDownload(CONTROLLER), new OpenDownload("d", "web", null, null, DownloadFormat.TEXT)));
        await(bus.ask(Addresses.pullDownload(CONTROLLER), new PullDownload("d", true)));

        real.kill();
        try {
            List<DownloadPart> parts = new CopyOnWriteArrayList<>();
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
                parts.add(await(bus.ask(Addresses.pullDownload(CONTROLLER), new PullDownload("d", true))));
                return parts.getLast().ended();
            });
            assertThat(parts.getLast().failure()).isNotBlank();
        } finally {
            real.start();
        }
    }

    @Test
    void downloadThatIsNotPulledEnds() {
        write("web", "seq 1 300000");
        DockerEngine engine = new HttpDockerEngine(vertx, DockerHosts.discover(Map.of("DOCKER_HOST", real.host())));
        listContainersOf("edge-2");
        var downloads = new DownloadVerticle(engine, "edge-2", Duration.ofMillis(300));
        await(vertx.deployVerticle(downloads));

        await(bus.ask(
                Addresses.openDownload("edge-2"),
                new OpenDownload("forgotten", "web", null, null, DownloadFormat.TEXT)));
        await(bus.ask(
                Addresses.openDownload("edge-2"), new OpenDownload("closed", "web", null, null, DownloadFormat.TEXT)));
        assertThat(downloads.openDownloads()).isPositive();
        await(bus.ask(Addresses.closeDownload("edge-2"), new CloseDownload("closed")));

        Awaitility.await().until(() -> downloads.openDownloads() == 0);
        assertThat(failure(bus.ask(Addresses.pullDownload("edge-2"), new PullDownload("forgotten", true))))
                .hasMessageContaining("no such download");
    }
}
