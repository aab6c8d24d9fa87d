package io.dockrelay.docker;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.exception.DockerException;
import io.vertx.core.VertxException;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClosedException;

import io.dockrelay.docker.DockerEngineException.Kind;
import io.dockrelay.docker.stream.MalformedResponseException;
import io.dockrelay.docker.stream.StreamErrors;

/**
 * Makes a {@link DockerEngineException} of each failure, with the engine's own reason if there is one. For any thread.
 *
 * @param endpoint for the message when there is no response
 * @param json reads {@code {"message": …}}
 */
record EngineErrors(String endpoint, ObjectMapper json) implements StreamErrors {

    private static final String CLOSED = "the connection was closed before the end of the answer";
    private static final String MAY_NOT_OPEN = "this user may not open it; add the user to the group of the socket";

    /** A longer answer is no sentence. */
    private static final int LONGEST_REASON = 300;

    private static final Pattern TITLE = Pattern.compile("<title>([^<]*)</title>", Pattern.CASE_INSENSITIVE);

    /** Netty names the call of the native transport: "finishConnect(..) failed with error(-111): Connection refused". */
    private static final Pattern SYSTEM_CALL =
            Pattern.compile("^(syscall:)?\\w+\\(\\.\\.\\) failed( with error\\(-?\\d+\\))?: ");

    private static final Pattern STATUS = Pattern.compile("^Status [0-9]+: ");

    /** The engine answered with a status that means failure. */
    @Override
    public DockerEngineException refused(int status, String body) {
        return new DockerEngineException(kind(status, body), status, reason(status, body), null);
    }

    /** Any exception between the request and the end of the response. */
    @Override
    public DockerEngineException of(Throwable thrown) {
        return switch (thrown) {
            case DockerEngineException known -> known;
            case MalformedResponseException malformed -> unreadable(malformed);
            case DockerException answer ->
                answer.getHttpStatus() == 0
                        ? unreachable(answer)
                        : new DockerEngineException(
                                kind(answer.getHttpStatus(), answer.getMessage()),
                                answer.getHttpStatus(),
                                reason(answer.getHttpStatus(), answer.getMessage()),
                                answer);
            case DockerClientException misuse ->
                new DockerEngineException(Kind.BAD_REQUEST, 0, misuse.getMessage(), misuse);
            case ConnectionPoolTooBusyException busy ->
                new DockerEngineException(
                        Kind.BUSY,
                        0,
                        "All connections to " + endpoint + " are in use, and the queue is full; retry later",
                        busy);
            case TimeoutException late -> timeout("No answer in time");
            default -> unnamed(thrown);
        };
    }

    /** The connection could not be made, or broke. */
    DockerEngineException unreachable(Throwable cause) {
        return new DockerEngineException(
                Kind.UNREACHABLE, 0, "No Docker engine answers at " + endpoint + ": " + why(cause), cause);
    }

    private static String sentence(Throwable cause) {
        if (cause.getMessage() == null && cause.getCause() != null) {
            return sentence(cause.getCause());
        }
        String message = cause.getMessage() == null
                ? "the connection failed"
                : SYSTEM_CALL.matcher(cause.getMessage()).replaceFirst("");
        return switch (cause) {
            // Netty's native transport reports a missing socket only by the exception's type.
            case FileNotFoundException missing -> "there is no such socket";
            case ClosedChannelException closed -> CLOSED;
            case HttpClosedException closed -> CLOSED;
            default -> message.contains("Permission denied") ? message + "; " + MAY_NOT_OPEN : message;
        };
    }

    /** The same for a socket that refuses: Docker makes a folder of a socket's path that it is told to mount too early. */
    private String why(Throwable cause) {
        boolean folder = endpoint.startsWith(Endpoint.SOCKET_SCHEME)
                && Files.isDirectory(Path.of(endpoint.substring(Endpoint.SOCKET_SCHEME.length())));
        return folder ? "it is a folder, not a socket" : sentence(cause);
    }

    DockerEngineException timeout(String what) {
        return new DockerEngineException(Kind.TIMEOUT, 0, what + " (Docker engine at " + endpoint + ")", null);
    }

    /** The engine's response could not be read. */
    DockerEngineException unreadable(Throwable cause) {
        return new DockerEngineException(
                Kind.SERVER_ERROR,
                0,
                "The answer of the Docker engine at " + endpoint + " could not be read: " + problem(cause),
                cause);
    }

    /** Without the classes that Jackson adds. */
    private static String problem(Throwable cause) {
        return cause instanceof JacksonException json ? json.getOriginalMessage() : cause.getMessage();
    }

    private DockerEngineException unnamed(Throwable thrown) {
        // docker-java and Jackson wrap exceptions from reading a response, Netty those from connecting.
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof DockerEngineException known) {
                return known;
            }
        }
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof JacksonException) {
                return unreadable(cause);
            }
            if (isConnection(cause)) {
                return unreachable(cause);
            }
        }
        return new DockerEngineException(
                Kind.SERVER_ERROR, 0, "The command failed by an error of this program: " + sentence(thrown), thrown);
    }

    private static boolean isConnection(Throwable cause) {
        return cause instanceof IOException
                || cause instanceof ClosedChannelException
                || cause instanceof VertxException;
    }

    private static Kind kind(int status, String body) {
        return switch (status) {
            case 404 -> Kind.NOT_FOUND;
            case 409 -> Kind.CONFLICT;
            case 501 -> Kind.NOT_IMPLEMENTED;
            case 400 -> isVersionRefusal(body) ? Kind.API_TOO_OLD : Kind.BAD_REQUEST;
            default -> status >= 400 && status < 500 ? Kind.BAD_REQUEST : Kind.SERVER_ERROR;
        };
    }

    /** The engine's text since 1.12: "client version 1.44 is too new. Maximum supported API version is 1.41". */
    private static boolean isVersionRefusal(String body) {
        return body != null && body.contains("client version") && body.contains("supported API version");
    }

    private String reason(int status, String body) {
        // docker-java's exceptions have the message "Status 404: {…}".
        String text = body == null ? "" : STATUS.matcher(body).replaceFirst("").strip();
        try {
            JsonNode message = json.readTree(text).path("message");
            if (message.isTextual() && !message.textValue().isBlank()) {
                return message.textValue().strip();
            }
        } catch (IOException notJson) {
            // Proxies and very old engines send plain text, which is the reason then.
        }
        if (text.isEmpty()) {
            return "Status " + status + " from " + endpoint;
        }
        return text.startsWith("<") ? page(status, text) : text.substring(0, Math.min(text.length(), LONGEST_REASON));
    }

    /** A proxy in front of the engine answers with a page. */
    private String page(int status, String html) {
        Matcher title = TITLE.matcher(html);
        String name = title.find() ? " (\"" + title.group(1).strip() + "\")" : "";
        return "Status " + status + " with a page" + name + " instead of an answer from " + endpoint
                + ": a proxy in front of the engine refuses the request";
    }
}
