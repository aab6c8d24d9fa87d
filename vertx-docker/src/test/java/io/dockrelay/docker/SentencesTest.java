package io.dockrelay.docker;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.VertxException;
import io.vertx.core.http.HttpClosedException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** What a person reads for each failure between the request and the end of the answer. */
class SentencesTest {

    private static final String AT = "tcp://engine:2375";

    private final EngineErrors errors = new EngineErrors(AT, new ObjectMapper());

    static Stream<Arguments> failures() {
        String unreachable = "No Docker engine answers at " + AT + ": ";
        String closed = unreachable + "the connection was closed before the end of the answer";
        String refused = unreachable + "Connection refused: /var/run/docker.sock";
        return Stream.of(
                arguments(new ClosedChannelException(), closed),
                arguments(new HttpClosedException("Connection was closed"), closed),
                arguments(VertxException.noStackTrace(new ClosedChannelException()), closed),
                arguments(new RuntimeException(new ClosedChannelException()), closed),
                arguments(new IOException(), unreachable + "the connection failed"),
                arguments(
                        new IOException("recvAddress(..) failed with error(-104): Connection reset by peer"),
                        unreachable + "Connection reset by peer"),
                arguments(
                        new IOException("syscall:read(..) failed: Connection reset by peer"),
                        unreachable + "Connection reset by peer"),
                arguments(
                        new ConnectException(
                                "connect(..) failed with error(-111): Connection refused: /var/run/docker.sock"),
                        refused),
                arguments(new ConnectException("Connection refused: /var/run/docker.sock"), refused),
                arguments(
                        new TimeoutException("Timeout 13000 (ms) fired"),
                        "No answer in time (Docker engine at " + AT + ")"),
                arguments(
                        notJson(),
                        "The answer of the Docker engine at " + AT + " could not be read: "
                                + "Unexpected character ('<' (code 60)): expected a valid value"
                                + " (JSON String, Number, Array, Object or token 'null', 'true' or 'false')"));
    }

    private static JsonProcessingException notJson() {
        try {
            throw new AssertionError(new ObjectMapper().readTree("<html>"));
        } catch (JsonProcessingException expected) {
            return expected;
        }
    }

    @ParameterizedTest
    @MethodSource("failures")
    void failureIsASentenceWithoutInternalNames(Throwable failure, String sentence) {
        assertThat(errors.of(failure)).hasMessage(sentence);
    }
}
