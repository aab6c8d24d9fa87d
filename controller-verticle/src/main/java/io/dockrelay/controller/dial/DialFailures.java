package io.dockrelay.controller.dial;

import java.io.UncheckedIOException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.UpgradeRejectedException;

import io.dockrelay.protocol.wire.ErrorBody;
import io.dockrelay.protocol.wire.WireJson;
import io.dockrelay.settings.SettingsException;

/** Says for people why the relay cannot be reached. Pure. */
final class DialFailures {

    private DialFailures() {}

    /** The relay, or a program in its place, has refused something. */
    static final class RefusedByRelay extends RuntimeException {

        private final int status;

        RefusedByRelay(int status, Buffer body) {
            super(sentence(status, body), null, false, false);
            this.status = status;
        }

        /** Whether the same request has the same answer later. */
        boolean isFinal() {
            return status >= 400 && status < 500 && status != 408 && status != 429;
        }
    }

    static String why(Throwable failure) {
        return switch (failure) {
            case RefusedByRelay refused -> refused.getMessage();
            case UpgradeRejectedException refused -> sentence(refused.getStatus(), refused.getBody());
            case SettingsException forTheOperator -> forTheOperator.getMessage();
            case SSLException tls ->
                "no TLS connection is possible: check the relay's certificate, and set relayCa (CONTROLLER_RELAY_CA) to its"
                        + " issuer if Java does not know it";
            case UnknownHostException unknown -> "its host name is unknown";
            case ConnectTimeoutException late -> "it cannot be connected to in time";
            case TimeoutException late -> "it does not answer in time";
            case HttpClosedException closed -> "the connection was closed";
            default -> failure.getMessage() == null ? "the connection failed" : failure.getMessage();
        };
    }

    private static String sentence(int status, Buffer body) {
        return error(body)
                .map(text -> "it answers: " + text)
                .orElse("it answers with HTTP " + status + "; check relayUrl (RELAY_URL), and its path");
    }

    private static Optional<String> error(Buffer body) {
        try {
            return body == null || body.length() == 0
                    ? Optional.empty()
                    : Optional.ofNullable(
                            WireJson.read(body.getBytes(), ErrorBody.class).error());
        } catch (UncheckedIOException otherProgram) {
            return Optional.empty();
        }
    }
}
