package io.dockrelay.docker;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;

import io.dockrelay.docker.DockerEngineException.Kind;
import io.dockrelay.docker.stream.Exchange;
import io.dockrelay.docker.stream.ReceivedResponse;
import io.dockrelay.docker.stream.RequestHead;

/**
 * A command that lasts as long as a container, an upload or a download, on a connection of its own. With input ("hijacked"
 * in docker-java's words) the connection becomes a stream in both directions: a thread copies the input, and the response
 * is the output. Runs on the calling thread; the connection's callbacks run on an event loop of their own.
 */
final class StreamedCommand implements RunningCommand, CommandBody.Owner {

    private static final int SWITCHED = 101;
    private static final int OK = 200;
    private static final int FIRST_REFUSAL = 300;
    private static final Buffer LINE_END = Buffer.buffer("\r\n");
    private static final Buffer LAST_CHUNK = Buffer.buffer("0\r\n\r\n");

    private final Connections connections;
    private final Patience patience;
    private final Set<RunningCommand> open;

    // Guarded by this.

    /** Null until there is a connection. */
    private Exchange exchange;

    /** Null until the head of the response has arrived. */
    private CommandAnswer answer;

    /** Null without input. */
    private Thread input;

    private boolean cancelled;

    /** @param open where the command removes itself at its end */
    StreamedCommand(Connections connections, Patience patience, Set<RunningCommand> open) {
        this.connections = connections;
        this.patience = patience;
        this.open = open;
    }

    @Override
    public CommandAnswer run(Request request, String uri) {
        RequestHead head = head(request, uri);
        RequestLoop loop = connections.loop();
        Exchange connected =
                patience.await(loop.run(() -> connections.stream().compose(socket -> begin(loop, socket, head))));
        send(request, connected);
        ReceivedResponse received = patience.await(connected.response());
        return request.hijackedInput() == null ? answered(received, received.status()) : switched(request, received);
    }

    @Override
    public void cancel() {
        Exchange connected;
        CommandAnswer arrived;
        synchronized (this) {
            cancelled = true;
            connected = exchange;
            arrived = answer;
        }
        if (arrived != null) {
            arrived.close();
        } else if (connected != null) {
            connected.close();
        }
    }

    @Override
    public synchronized void ended() {
        open.remove(this);
        if (input != null) {
            input.interrupt();
        }
    }

    @Override
    public synchronized void abandoned() {
        exchange.close();
    }

    private RequestHead head(Request request, String uri) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put("Host", connections.endpoint().hostHeader());
        headers.putAll(request.headers());
        if (request.bodyBytes() != null) {
            headers.put("Content-Length", Integer.toString(request.bodyBytes().length));
        } else if (request.body() != null) {
            headers.put("Transfer-Encoding", "chunked");
        } else if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            headers.put("Content-Length", "0");
        }
        if (request.hijackedInput() != null) {
            headers.put("Connection", "Upgrade");
            headers.put("Upgrade", "tcp");
        }
        return new RequestHead(request.method(), connections.endpoint().uri(uri), headers);
    }

    /** On the event loop, even after the command has been cancelled: the connection must not leak. */
    private Future<Exchange> begin(RequestLoop loop, NetSocket socket, RequestHead head) {
        Exchange connected = new Exchange(loop.context(), socket, patience.failures());
        boolean late;
        synchronized (this) {
            exchange = connected;
            late = cancelled;
        }
        if (late) {
            connected.close();
        }
        return connected.send(head).map(connected);
    }

    /** An engine that refuses may close its end before it has read everything; its response is worth more then. */
    private void send(Request request, Exchange connected) {
        if (request.bodyBytes() != null) {
            wrote(connected, Buffer.buffer(request.bodyBytes()));
        } else if (request.body() != null) {
            RequestBody.copy(request, piece -> wrote(connected, chunk(piece)));
            wrote(connected, LAST_CHUNK);
        }
    }

    /** False when the engine takes no more. */
    @CanIgnoreReturnValue
    private boolean wrote(Exchange connected, Buffer bytes) {
        Future<ReceivedResponse> response = connected.response();
        boolean refused = response.succeeded() && response.result().status() >= FIRST_REFUSAL;
        if (refused || response.failed()) {
            return false;
        }
        return patience.await(connected.write(bytes).map(true).otherwise(false));
    }

    private static Buffer chunk(Buffer piece) {
        return Buffer.buffer(Integer.toHexString(piece.length()))
                .appendBuffer(LINE_END)
                .appendBuffer(piece)
                .appendBuffer(LINE_END);
    }

    private CommandAnswer switched(Request request, ReceivedResponse received) {
        if (received.status() >= FIRST_REFUSAL) {
            return answered(received, received.status());
        }
        if (received.status() != SWITCHED) {
            throw new DockerEngineException(
                    Kind.NOT_IMPLEMENTED,
                    received.status(),
                    "Status " + received.status() + " instead of 101 from "
                            + connections.endpoint().text()
                            + ": the engine, or a proxy in front of it, does not take input; let the proxy pass Upgrade",
                    null);
        }
        // docker-java knows 2xx as success.
        CommandAnswer output = answered(received, OK);
        startInput(new HijackedInput(request.hijackedInput(), exchange, patience.endless()));
        return output;
    }

    private CommandAnswer answered(ReceivedResponse received, int status) {
        CommandBody body = new CommandBody(received.body(), patience.endless(), this);
        CommandAnswer arrived = new CommandAnswer(status, received.headers(), body);
        boolean late;
        synchronized (this) {
            answer = arrived;
            late = cancelled;
        }
        if (late) {
            arrived.close();
        }
        return arrived;
    }

    private synchronized void startInput(HijackedInput copy) {
        input = Thread.ofVirtual().name("docker-input").unstarted(copy);
        if (open.contains(this)) {
            input.start();
        }
    }
}
