package io.dockrelay.docker;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

import com.github.dockerjava.transport.DockerHttpClient;

/**
 * docker-java's transport for one {@link CommandCall}, or for one {@link VertxDockerHttpClient}. Blocks the thread that
 * calls it, and needs no thread of its own for a connection. Knows what is open, and closes it at its own end; the
 * connections' pool belongs to its owner. For any thread that is no event loop.
 */
final class CommandTransport implements DockerHttpClient {

    private final Connections connections;
    private final UnaryOperator<String> paths;
    private final Patience patience;

    /** Commands whose response has not ended; each removes itself. */
    private final Set<RunningCommand> open = ConcurrentHashMap.newKeySet();

    /** True once the owner has ended: no request may start any more. */
    private volatile boolean ended;

    /** @param paths makes the path and query on the wire from docker-java's */
    CommandTransport(Connections connections, UnaryOperator<String> paths, Patience patience) {
        this.connections = connections;
        this.paths = paths;
        this.patience = patience;
    }

    /**
     * Sends a request and waits for the head of its response.
     *
     * @throws IllegalStateException on an event loop, which it would block, and after the end of the transport
     */
    @Override
    public Response execute(Request request) {
        Patience.requireOwnThread();
        requireOpen();
        String uri = paths.apply(request.path());
        RunningCommand command = request.hijackedInput() != null || LongCommands.contains(uri)
                ? new StreamedCommand(connections, patience, open)
                : new PooledCommand(connections, patience, open);
        open.add(command);
        try {
            // Again, for a close in between.
            requireOpen();
            return command.run(request, uri);
        } catch (RuntimeException | Error e) {
            open.remove(command);
            command.cancel();
            throw e;
        }
    }

    /** Cancels the open requests and responses. Idempotent. */
    @Override
    public void close() {
        ended = true;
        open.forEach(RunningCommand::cancel);
    }

    private void requireOpen() {
        if (ended) {
            throw new IllegalStateException("This Docker client is closed, or its DockerEngine.call is over");
        }
    }
}
