package io.dockrelay.relay.uplink;

import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;
import java.util.Set;
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

    private static final String UNKNOWN_ISSUER = "its certificate is of an issuer that this relay does not know; set"
            + " controllerCa (RELAY_CONTROLLER_CA) to a file with the issuer's certificate";

    /** The HTTP status of a controller that does not accept what this relay presents. */
    static final int UNAUTHORIZED = 401;

    /** The HTTP statuses of a program that is not there, or not ready. */
    private static final Set<Integer> NOT_THERE = Set.of(502, 503, 504);

    private ConnectionFailures() {}

    /** Whether the next attempts fail in the same way until a setting or a file has changed. */
    static boolean isOfSettings(Throwable failure) {
        return failure instanceof SSLException
                || (failure instanceof UpgradeRejectedException refused && refused.getStatus() == UNAUTHORIZED);
    }

    /**
     * Whether the controller, or another program in its place, has answered: it is there, and no connection is possible. A
     * proxy's answer that the program behind it is not there is none.
     */
    static boolean isAnswer(Throwable failure) {
        return switch (failure) {
            case UpgradeRejectedException refused -> !NOT_THERE.contains(refused.getStatus());
            case SSLException tls -> !isClosed(tls);
            default -> false;
        };
    }

    static String why(Throwable failure) {
        return switch (failure) {
            case UpgradeRejectedException refused -> refused(refused);
            case SSLException tls -> tls(tls);
            case UnknownHostException unknown -> "its host name is unknown";
            case ConnectTimeoutException late -> "it cannot be connected to in time";
            case TimeoutException late -> "it does not answer in time";
            case ClosedChannelException closed -> "the connection was closed";
            case Throwable closed when isClosed(closed) -> "the connection was closed";
            default ->
                failure.getMessage() == null
                        ? "the connection failed"
                        : SYSTEM_CALL.matcher(failure.getMessage()).replaceFirst("");
        };
    }

    /** Whether the other end closed the connection without an answer. */
    static boolean isClosed(Throwable failure) {
        return failure instanceof HttpClosedException
                || String.valueOf(failure.getMessage()).startsWith("Connection closed");
    }

    private static String refused(UpgradeRejectedException refused) {
        int status = refused.getStatus();
        Optional<String> sentence = ErrorAnswers.sentence(refused.getBody());
        if (status == UNAUTHORIZED) {
            return "it does not accept this relay: "
                    + sentence.orElse("HTTP 401; set controllerToken (CONTROLLER_TOKEN) to its token");
        }
        String reason = sentence.map(text -> " and \"" + text + "\"").orElse("");
        return hasNoWebSocket(status)
                ? "it answers to HTTP (with " + status + reason + ") and has no WebSocket; " + SET_WEB_SOCKET_PORT
                : "it refused the handshake with HTTP " + status + reason;
    }

    /** A page, a redirection, or nothing: as a server answers that knows no WebSockets at this path. */
    private static boolean hasNoWebSocket(int status) {
        return status < 400 || status == 404 || status == 405;
    }

    private static String tls(SSLException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String why = cause(cause);
            if (why != null) {
                return why;
            }
        }
        return "no TLS connection is possible; check its certificate";
    }

    /** Null for a cause that says nothing, and is only around another one. */
    private static String cause(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        return switch (cause) {
            case NotSslRecordException plain ->
                "it does not speak TLS; write ws:// in place of wss://, or http:// in place of https://";
            case CertificateExpiredException late -> "its certificate has expired; put a new one there";
            case CertificateNotYetValidException early ->
                "its certificate is not valid yet; check the clocks of both machines";
            case CertPathBuilderException unknown -> UNKNOWN_ISSUER;
            case CertPathValidatorException unknown when unknown.getCause() == null -> UNKNOWN_ISSUER;
            case CertificateException names
            when message.contains("No name matching") || message.contains("No subject") ->
                "its certificate is of another host name; use the name that is in it, or make one with this name";
            case SSLException alert
            when message.contains("fatal alert") && message.contains("certificate") ->
                "it does not accept this relay's certificate; set controllerCert (RELAY_CONTROLLER_CERT) to one of its"
                        + " tlsClientCa (CONTROLLER_TLS_CLIENT_CA)";
            default -> null;
        };
    }
}
