package io.dockrelay.relay.uplink;

import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.ssl.NotSslRecordException;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.UpgradeRejectedException;

/** Says for people why a controller cannot be reached, without names of classes and system calls. Pure. */
final class ConnectionFailures {

    private static final Pattern SYSTEM_CALL =
            Pattern.compile("^(syscall:)?\\w+\\(\\.\\.\\) failed( with error\\(-?\\d+\\))?: ");

    /** The next step where another program, or another port of a controller, answers. */
    static final String SET_WEB_SOCKET_PORT =
            "set controllerWs (CONTROLLER_WS) to the controller's WebSocket port, which is 8090 by default";

    private ConnectionFailures() {}

    static String why(Throwable failure) {
        return switch (failure) {
            case UpgradeRejectedException refused -> refused(refused);
            case SSLException tls -> tls(tls);
            case UnknownHostException unknown -> "its host name is unknown";
            case ConnectTimeoutException late -> "it cannot be connected to in time";
            case TimeoutException late -> "it does not answer in time";
            case ClosedChannelException closed -> "the connection was closed";
            case HttpClosedException closed -> "the connection was closed";
            default ->
                failure.getMessage() == null
                        ? "the connection failed"
                        : SYSTEM_CALL.matcher(failure.getMessage()).replaceFirst("");
        };
    }

    private static String refused(UpgradeRejectedException refused) {
        int status = refused.getStatus();
        String reason = ErrorAnswers.sentence(refused.getBody())
                .map(sentence -> " and \"" + sentence + "\"")
                .orElse("");
        return hasNoWebSocket(status)
                ? "it answers to HTTP (with " + status + reason + ") and has no WebSocket; " + SET_WEB_SOCKET_PORT
                : "it refused the handshake with HTTP " + status + reason;
    }

    /** A page, a redirection, or nothing: as a server answers that knows no WebSockets at this path. */
    private static boolean hasNoWebSocket(int status) {
        return status < 400 || status == 404 || status == 405;
    }

    private static String tls(SSLException failure) {
        Throwable cause = failure;
        while (cause != null && !(cause instanceof NotSslRecordException)) {
            cause = cause.getCause();
        }
        return cause == null
                ? "no TLS connection is possible; check its certificate"
                : "it does not speak TLS; write ws:// in place of wss://, or http:// in place of https://";
    }
}
