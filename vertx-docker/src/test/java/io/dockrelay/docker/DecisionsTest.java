package io.dockrelay.docker;

import java.io.FileNotFoundException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.dockrelay.docker.DockerEngineException.Kind;
import io.dockrelay.docker.stream.MalformedResponseException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Decisions that need no engine: endpoints, versions, requests, connection pools, JSON boundaries, failure kinds. */
class DecisionsTest {

    private static final ApiVersion OLD = new ApiVersion(1, 41);
    private static final ApiVersion NEW = new ApiVersion(1, 44);

    @ParameterizedTest
    @CsvSource({
        "unix:///run/x.sock, false, /run/x.sock, localhost, false",
        "tcp://10.0.0.1, false, , 10.0.0.1:2375, false",
        "tcp://box:99, true, , box:99, true",
        "tcp://box, true, , box:2376, true",
        "http://box:1, true, , box:1, false",
        "https://[::1]:5, false, , ::1:5, true",
    })
    void dockerHostIsParsed(String host, boolean certificates, String path, String address, boolean tls) {
        Endpoint endpoint = Endpoint.of(URI.create(host), certificates);

        assertThat(endpoint.socket()).isEqualTo(path);
        assertThat(endpoint.tls()).isEqualTo(tls);
        assertThat(address).startsWith(endpoint.host());
        assertThat(endpoint.isSocket() || address.endsWith(":" + endpoint.port()))
                .isTrue();
        assertThat(endpoint.text()).isEqualTo(host);
    }

    @ParameterizedTest
    @CsvSource({
        "tcp://box:99, /info",
        "tcp://box:99/, /info",
        "tcp://box:99/some/path, /some/path/info",
        "https://box/%20some//path//, /%20some//path/info",
        "unix:///run/x.sock, /info",
    })
    void pathOfDockerHostPrecedesEachRequest(String host, String uri) {
        assertThat(Endpoint.of(URI.create(host), false).uri("/info")).isEqualTo(uri);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tcp://me:secret@box:1",
                "tcp://me:secret@my_box:1",
                "unix://me:secret@box/x.sock",
                "tcp://box:1/?secret",
                "https://box#secret",
                "unix:///x.sock?secret",
                "unix:///x.sock#secret"
            })
    void partsOfDockerHostThatWouldBeIgnoredAreRefusedWithoutTheirValues(String host) {
        assertThatThrownBy(() -> Endpoint.of(URI.create(host), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a user, a query or a fragment")
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unix://run/x.sock",
                "ssh://me@box",
                "npipe:////./pipe/docker_engine",
                "nonsense",
                "unix:relative",
                "tcp:///x"
            })
    void unsupportedDockerHostIsRefusedWithTheSupportedForms(String host) {
        assertThatThrownBy(() -> Endpoint.of(URI.create(host), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(host)
                .hasMessageContaining("://");
    }

    @Test
    void apiVersionsCompareAsNumbers() {
        assertThat(ApiVersion.parse("1.9")).isLessThan(ApiVersion.parse("1.41"));
        assertThat(ApiVersion.parse("1.41")).hasToString("1.41");
        assertThatThrownBy(() -> ApiVersion.parse("v1")).hasMessageContaining("v1");
    }

    @Test
    void logRequestContainsTheQuery() {
        StreamRequest request = StreamRequest.logs(OLD, "a/b c", new LogQuery(true, null, "1.000000002", null, false));

        assertThat(request.uri())
                .isEqualTo("/v1.41/containers/a%2Fb%20c/logs?stdout=1&stderr=1&timestamps=1&follow=1&tail=all"
                        + "&since=1.000000002");
        assertThat(request.endless()).isTrue();
        assertThat(StreamRequest.logs(OLD, "x", LogQuery.newest(0, false)).uri())
                .contains("follow=0&tail=0");
        assertThatThrownBy(() -> StreamRequest.logs(OLD, " ", LogQuery.newest(0, false)))
                .isInstanceOf(DockerEngineException.class);
        assertThatThrownBy(() -> LogQuery.newest(-1, false)).hasMessageContaining("everything");
    }

    @Test
    void eventRequestContainsTheFilters() {
        assertThat(StreamRequest.events(OLD, EventQuery.all(), null).uri()).isEqualTo("/v1.41/events");
        assertThat(StreamRequest.events(OLD, new EventQuery("1", "2", Map.of()), "{}")
                        .uri())
                .isEqualTo("/v1.41/events?since=1&until=2&filters=%7B%7D");
    }

    @Test
    void contentTypeDecidesTheFramingSinceApi142() {
        StreamRequest tty = StreamRequest.logs(NEW, "x", LogQuery.newest(1, true));
        StreamRequest plain = StreamRequest.logs(NEW, "x", LogQuery.newest(1, false));
        StreamRequest plainBefore = StreamRequest.logs(OLD, "x", LogQuery.newest(1, false));
        String raw = "application/vnd.docker.raw-stream";

        assertThat(tty.multiplexed("application/vnd.docker.multiplexed-stream")).isTrue();
        assertThat(plain.multiplexed(raw)).isFalse();
        assertThat(plainBefore.multiplexed(raw)).isTrue();
        assertThat(tty.multiplexed(null)).isFalse();
        assertThat(plain.multiplexed(null)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1.41/containers/x/stop?t=10",
                "/containers/x/restart",
                "/v1.41/events",
                "/v1.41/exec/1/start",
                "/v1.41/images/create?fromImage=x",
                "/v1.41/containers/x/wait",
                "/v1.41/build?t=x",
                "/v1.41/volumes/prune",
                "/v1.41/services/x/logs?follow=1",
                "/tasks/x/logs"
            })
    void longCommandsGetAConnectionOfTheirOwn(String uri) {
        assertThat(LongCommands.contains(uri)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/v1.41/containers/json?all=1", "/containers/stop/json", "/version", "/v1.41/containers/x/start"
            })
    void shortCommandsShareThePool(String uri) {
        assertThat(LongCommands.contains(uri)).isFalse();
    }

    @Test
    void jsonObjectsAreSplitWhereverTheyAreCut() {
        byte[] row = " {\"a\":\"}{\\\"\"}\r\n{\"b\":[{},{}]}{\"c\":1}".getBytes(StandardCharsets.UTF_8);
        for (int cut = 0; cut <= row.length; cut++) {
            List<String> found = new ArrayList<>();
            JsonSplitter splitter = new JsonSplitter(100);
            splitter.feed(
                    java.util.Arrays.copyOfRange(row, 0, cut),
                    object -> found.add(new String(object, StandardCharsets.UTF_8)));
            splitter.feed(
                    java.util.Arrays.copyOfRange(row, cut, row.length),
                    object -> found.add(new String(object, StandardCharsets.UTF_8)));

            assertThat(found).containsExactly("{\"a\":\"}{\\\"\"}", "{\"b\":[{},{}]}", "{\"c\":1}");
        }
    }

    @Test
    void malformedResponseIsAServerErrorThatNamesTheEngine() {
        var errors = new EngineErrors("unix:///x.sock", EngineMapper.mapper());

        DockerEngineException failure = errors.of(new MalformedResponseException("no chunk"));

        assertThat(failure.kind()).isEqualTo(Kind.SERVER_ERROR);
        assertThat(failure).hasMessageContaining("unix:///x.sock").hasMessageContaining("no chunk");
    }

    @Test
    void failuresOfAConnectionAreSentences(@TempDir Path folder) {
        var errors = new EngineErrors("unix:///x.sock", EngineMapper.mapper());

        assertThat(errors.of(new ClosedChannelException()))
                .hasMessage(
                        "No Docker engine answers at unix:///x.sock: the connection was closed before the end of the"
                                + " answer");
        assertThat(errors.of(new FileNotFoundException())).hasMessageEndingWith("there is no such socket");
        assertThat(errors.of(new ConnectException("connect(..) failed: Permission denied: /x.sock")))
                .hasMessageContaining("group of the socket");
        assertThat(new EngineErrors("unix://" + folder, EngineMapper.mapper())
                        .of(new ConnectException("connect(..) failed: Connection refused")))
                .hasMessageEndingWith("it is a folder, not a socket");
    }

    @Test
    void pageOfAProxyIsNotTheReasonButItsTitleIs() {
        var errors = new EngineErrors("tcp://proxy:2375", EngineMapper.mapper());

        DockerEngineException refused = errors.refused(
                403, "<html><head><title>403 Forbidden</title></head><body><h1>403 Forbidden</h1></body></html>");

        assertThat(refused)
                .hasMessageStartingWith("Status 403 with a page (\"403 Forbidden\")")
                .hasMessageContaining("tcp://proxy:2375")
                .hasMessageNotContaining("<");
        assertThat(errors.refused(502, "x".repeat(100_000)).getMessage()).hasSizeLessThan(1_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1]", "x", "{\"a\":\"0123456789\"}"})
    void jsonOtherThanAnObjectOrTooLargeIsRejected(String text) {
        assertThatThrownBy(() -> new JsonSplitter(10).feed(text.getBytes(StandardCharsets.UTF_8), object -> {}))
                .isInstanceOf(DockerEngineException.class);
    }
}
