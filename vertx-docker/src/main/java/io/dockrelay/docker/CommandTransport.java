package io.dockrelay.docker;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;

import com.github.dockerjava.transport.DockerHttpClient;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;

import io.dockrelay.docker.DockerEngineException.Kind;

/** docker-java's transport for one {@link CommandCall}. Blocks docker-java, which runs on the call's thread, and needs no
 * thread of its own for the connection. Ends with the call, and closes everything that is still open then.
 */
final class CommandTransport implements DockerHttpClient {

    private static final Pattern VERSIONED = Pattern.compile("/v[0-9]+\\.[0-9]+/.*");
    private static final int PIECE = 64 * 1024;

    private final Connections connections;
    private final ApiVersion api;
    private final EngineErrors failures;
    /** Requests without a response yet. */
    private final Set<HttpClientRequest> waiting = ConcurrentHashMap.newKeySet();
    /** Responses; closing one twice is harmless. */
    private final Set<CommandAnswer> answers = ConcurrentHashMap.newKeySet();
    /** True once the call has ended: no request may start any more. */
    private volatile boolean ended;

    CommandTransport(Connections connections, ApiVersion api, EngineErrors failures) {
        this.connections = connections;
        this.api = api;
        this.failures = failures;
    }

    /** Sends a request and waits for the head of its response.
     *
     * @throws IllegalStateException on an event loop, which it would block, and after the end of the call
     */
    @Override
    public Response execute(Request request) {
        if (Context.isOnEventLoopThread()) {
            throw new IllegalStateException("A Docker command would block this event loop; use DockerEngine.call");
        }
        if (ended) {
            throw new IllegalStateException("This DockerClient belongs to a DockerEngine.call that is over");
        }
        if (request.hijackedInput() != null) {
            throw new DockerEngineException(
                    Kind.NOT_IMPLEMENTED, "Input to a container (exec or attach with stdin) is not supported");
        }
        String uri = uri(request);
        boolean takesLong = LongCommands.contains(uri);
        HttpClientRequest http = await(begin(HttpMethod.valueOf(request.method()), uri, takesLong));
        request.headers().forEach(http::putHeader);
        Future<CommandAnswer> answer = http.response().map(response -> answered(http, response, takesLong));
        send(request, http);
        return await(answer);
    }

    /** Cancels the open requests and responses, at the end of the call or at its deadline. */
    @Override
    public void close() {
        ended = true;
        waiting.forEach(http -> http.reset().onFailure(alreadyOver -> waiting.remove(http)));
        answers.forEach(CommandAnswer::close);
    }

    private String uri(Request request) {
        return VERSIONED.matcher(request.path()).matches() ? request.path() : "/v" + api + request.path();
    }

    private Future<HttpClientRequest> begin(HttpMethod method, String uri, boolean takesLong) {
        Future<HttpClientRequest> connecting =
                takesLong ? connections.longCommand(method, uri) : connections.command(method, uri);
        return connecting.onSuccess(this::began);
    }

    /** On the event loop, even after the call has been cancelled: the connection must not leak. */
    private void began(HttpClientRequest http) {
        // Without a handler Vert.x logs the failure, which the failed response reports anyway.
        http.exceptionHandler(broken -> waiting.remove(http));
        waiting.add(http);
        if (ended) {
            close();
        }
    }

    private CommandAnswer answered(HttpClientRequest http, HttpClientResponse response, boolean takesLong) {
        CommandAnswer answer = new CommandAnswer(response, failures, takesLong);
        answers.add(answer);
        waiting.remove(http);
        if (ended) {
            close();
        }
        return answer;
    }

    private void send(Request request, HttpClientRequest http) {
        try (InputStream body = request.body()) {
            if (request.bodyBytes() != null) {
                await(http.end(Buffer.buffer(request.bodyBytes())));
            } else if (body == null) {
                await(http.end());
            } else {
                copy(body, http);
            }
        } catch (IOException e) {
            throw new DockerEngineException(
                    Kind.BAD_REQUEST, 0, "The body of the request cannot be read: " + e.getMessage(), e);
        }
    }

    private void copy(InputStream body, HttpClientRequest http) throws IOException {
        http.setChunked(true);
        for (byte[] piece = body.readNBytes(PIECE); piece.length > 0; piece = body.readNBytes(PIECE)) {
            await(http.write(Buffer.buffer(piece)));
        }
        await(http.end());
    }

    private <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get();
        } catch (ExecutionException e) {
            throw failures.of(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DockerEngineException(Kind.TIMEOUT, 0, "The command was cancelled", e);
        }
    }
}
