package io.dockrelay.relay.uplink;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.UpgradeRejectedException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** What a person reads about a controller that cannot be reached. */
class ConnectionFailuresTest {

    static Stream<Arguments> failures() {
        return Stream.of(
                arguments(new ClosedChannelException(), "the connection was closed"),
                arguments(new HttpClosedException("Connection was closed"), "the connection was closed"),
                arguments(new UnknownHostException("Failed to resolve 'x' [A(1)]"), "its host name is unknown"),
                arguments(new ConnectTimeoutException("connection timed out: x"), "it cannot be connected to in time"),
                arguments(new TimeoutException("Timeout 15000 (ms) fired"), "it does not answer in time"),
                arguments(new IOException(), "the connection failed"),
                arguments(refused(502, "<html>Bad Gateway</html>"), "it refused the handshake with HTTP 502"),
                arguments(
                        refused(403, "{\"error\":\"Host x is not a name of this program.\"}"),
                        "it refused the handshake with HTTP 403 and \"Host x is not a name of this program.\""),
                arguments(
                        refused(200, "{\"error\":null}"),
                        "it answers to HTTP (with 200) and has no WebSocket; "
                                + ConnectionFailures.SET_WEB_SOCKET_PORT),
                arguments(
                        refused(404, "{\"error\":\"no\\u001b[31m\\n\\u202e such page\"}"),
                        "it answers to HTTP (with 404 and \"no?[31m?? such page\") and has no WebSocket; "
                                + ConnectionFailures.SET_WEB_SOCKET_PORT),
                arguments(
                        new SSLException("handshake_failure"), "no TLS connection is possible; check its certificate"),
                arguments(
                        new IOException("recvAddress(..) failed with error(-104): Connection reset by peer"),
                        "Connection reset by peer"),
                arguments(
                        new ConnectException("Connection refused: localhost/127.0.0.1:8089"),
                        "Connection refused: localhost/127.0.0.1:8089"));
    }

    static Stream<Arguments> answers() {
        return Stream.of(
                arguments(refused(401, ""), true),
                arguments(refused(404, ""), true),
                arguments(new SSLException("handshake_failure"), true),
                arguments(refused(502, ""), false),
                arguments(refused(503, ""), false),
                arguments(new SSLException("Connection closed while SSL/TLS handshake was in progress"), false),
                arguments(new HttpClosedException("Connection was closed"), false),
                arguments(new UnknownHostException("x"), false),
                arguments(new TimeoutException("x"), false),
                arguments(new ConnectException("Connection refused"), false));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void answerIsDistinguishedFromSilence(Throwable failure, boolean answer) {
        assertThat(ConnectionFailures.isAnswer(failure)).isEqualTo(answer);
    }

    private static UpgradeRejectedException refused(int status, String body) {
        return new UpgradeRejectedException(
                "WebSocket upgrade failure", status, MultiMap.caseInsensitiveMultiMap(), Buffer.buffer(body));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void failureIsSaidWithoutInternalNames(Throwable failure, String sentence) {
        assertThat(ConnectionFailures.why(failure)).isEqualTo(sentence);
    }
}
