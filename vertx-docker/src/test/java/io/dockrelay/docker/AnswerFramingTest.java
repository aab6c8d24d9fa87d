package io.dockrelay.docker;

import java.io.IOException;
import java.io.PipedInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.dockrelay.docker.EngineCalls.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Forms of a response that engines and the proxies in front of them send, byte by byte, for a short command on a pooled
 * connection and for a long one on its own. The server closes the connection after its response.
 */
class AnswerFramingTest {

    private static final String SHORT = "/containers/json";
    private static final String LONG = "/containers/x/logs";
    /** More than a socket's buffers hold, so that the end of the connection arrives before the body has been read. */
    private static final String BODY = "0123456789abcdef".repeat(40_000);

    private static final String CHUNK = Integer.toHexString(BODY.length()) + "\r\n" + BODY + "\r\n";

    private final Vertx vertx = EngineCalls.nativeVertx();
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    /** What the server sends before it closes the connection. */
    private volatile String answer;

    private VertxDockerHttpClient http;

    @BeforeEach
    void listen() {
        NetServer server =
                await(vertx.createNetServer().connectHandler(this::connected).listen(0, "127.0.0.1"));
        http = new VertxDockerHttpClient.Builder()
                .vertx(vertx)
                .dockerHost(URI.create("tcp://127.0.0.1:" + server.actualPort() + "/%20some/path/"))
                .responseTimeout(Duration.ofSeconds(5))
                .build();
    }

    @AfterEach
    void close() {
        http.close();
        await(vertx.close());
    }

    /** docker-java's own contract test of the host's path. */
    @ParameterizedTest
    @ValueSource(strings = {"/_ping", SHORT, LONG})
    void pathOfTheHostPrecedesTheRequests(String path) throws Exception {
        answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

        assertThat(read(path)).isEmpty();

        assertThat(received.poll(5, TimeUnit.SECONDS)).startsWith("GET /%20some/path" + path + " HTTP/1.1\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {SHORT, LONG})
    void chunkedAnswer(String path) throws IOException {
        answer = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + CHUNK + CHUNK + "0\r\n\r\n";

        assertThat(read(path)).hasSize(2 * BODY.length());
    }

    @ParameterizedTest
    @ValueSource(strings = {SHORT, LONG})
    void answerThatEndsWithTheConnection(String path) throws IOException {
        answer = "HTTP/1.0 200 OK\r\n\r\n" + BODY;

        assertThat(read(path)).hasSize(BODY.length());
    }

    @ParameterizedTest
    @ValueSource(strings = {SHORT, LONG})
    void answerAfterWhichTheConnectionIsClosed(String path) throws IOException {
        answer = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " + BODY.length() + "\r\n\r\n" + BODY;

        assertThat(read(path)).hasSize(BODY.length());
    }

    @ParameterizedTest
    @ValueSource(strings = {SHORT, LONG})
    void interimAnswersAreSkipped(String path) throws IOException {
        answer = "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

        assertThat(read(path)).isEqualTo("ok");
    }

    @ParameterizedTest
    @ValueSource(strings = {SHORT, LONG})
    void refusalOfAProxyKeepsItsStatusAndPage(String path) throws IOException {
        answer = "HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n<html>no</html>";

        try (Response response = http.execute(get(path))) {
            assertThat(response.getStatusCode()).isEqualTo(403);
            assertThat(response.getBody()).asString(StandardCharsets.UTF_8).isEqualTo("<html>no</html>");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {SHORT, LONG})
    void connectionThatBreaksInTheMiddleIsNotAnEnd(String path) {
        answer = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + CHUNK;
        assertThatThrownBy(() -> read(path))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("closed before the end")
                .hasCauseInstanceOf(DockerEngineException.class);

        answer = "HTTP/1.1 200 OK\r\nContent-Length: " + (BODY.length() + 1) + "\r\n\r\n" + BODY;
        assertThatThrownBy(() -> read(path))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("closed before the end");
    }

    @ParameterizedTest
    @ValueSource(strings = {SHORT, LONG})
    void noAnswerIsAFailureWithASentence(String path) {
        answer = "";
        assertThatThrownBy(() -> read(path))
                .isInstanceOf(DockerEngineException.class)
                .hasMessageContaining("No Docker engine answers at tcp://127.0.0.1");

        answer = "SSH-2.0-OpenSSH_9.2\r\n\r\n";
        assertThatThrownBy(() -> read(path)).isInstanceOf(DockerEngineException.class);
    }

    @Test
    void requestThatWouldBecomeTwoIsRefused() {
        assertThatThrownBy(() -> read(LONG + "?x HTTP/1.1\r\nHost: y\r\n\r\nGET /"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("printable ASCII");
        assertThat(received).isEmpty();
    }

    /** A proxy that does not pass Upgrade: the input would be lost without a word. */
    @Test
    void inputThatIsNotTakenIsRefused() throws IOException {
        answer = "HTTP/1.1 200 OK\r\nContent-Type: application/vnd.docker.raw-stream\r\n\r\noutput";
        try (PipedInputStream input = new PipedInputStream()) {
            Request attach = Request.builder()
                    .method("POST")
                    .path("/containers/x/attach?stdin=1&stream=1")
                    .hijackedInput(input)
                    .build();

            assertThatThrownBy(() -> http.execute(attach))
                    .isInstanceOf(DockerEngineException.class)
                    .hasMessageContaining("Status 200 instead of 101")
                    .hasMessageContaining("Upgrade");
        }
    }

    private String read(String path) throws IOException {
        try (Response response = http.execute(get(path))) {
            return new String(response.getBody().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Request get(String path) {
        return Request.builder().method(Request.Method.GET).path(path).build();
    }

    private void connected(NetSocket socket) {
        Buffer request = Buffer.buffer();
        socket.handler(piece -> {
            request.appendBuffer(piece);
            if (request.toString().endsWith("\r\n\r\n")) {
                received.add(request.toString());
                socket.end(Buffer.buffer(answer)).onFailure(gone -> received.add(gone.toString()));
            }
        });
    }
}
