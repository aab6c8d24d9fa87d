package io.dockrelay.relay.uplink;

import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.UpgradeRejectedException;

/** Says for people why a controller cannot be reached, without names of classes and system calls. Pure. */
final class ConnectionFailures {

    private static final Pattern SYSTEM_CALL =
            Pattern.compile("^(syscall:)?\\w+\\(\\.\\.\\) failed( with error\\(-?\\d+\\))?: ");

    private ConnectionFailures() {}

    static String why(Throwable failure) {
        return switch (failure) {
            case UpgradeRejectedException refused -> "it refused the handshake with HTTP " + refused.getStatus();
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
}
