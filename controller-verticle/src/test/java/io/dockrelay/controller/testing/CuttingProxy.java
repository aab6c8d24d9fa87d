package io.dockrelay.controller.testing;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;

/**
 * A proxy between TCP and an engine's socket. It cuts, holds or silences the open connections, and puts the faults of a
 * rotating log into reads of the newest entries.
 */
public final class CuttingProxy implements AutoCloseable {

    private static final String PAGE =
            "<!DOCTYPE html><html><head><title>403 Forbidden</title></head><body>nginx</body></html>";
    private static final String FORBIDDEN =
            "HTTP/1.1 403 Forbidden\r\nContent-Type: text/html\r\nContent-Length: " + PAGE.length() + "\r\n\r\n" + PAGE;

    private final Vertx vertx = Vertx.vertx();
    private final NetClient client = vertx.createNetClient();
    private final SocketAddress engine;
    private final NetServer server;
    private final List<Pair> open = new CopyOnWriteArrayList<>();

    /** Of the first lines of requests; null for none. */
    private volatile Pattern refused;

    private final List<String> refusals = new CopyOnWriteArrayList<>();

    /** Of all requests: the first line, the header and what came with it. */
    private final List<String> requests = new CopyOnWriteArrayList<>();

    /** For the next reads of the newest entries, one each. */
    private final Queue<TailReadFault> faults = new ConcurrentLinkedQueue<>();

    public CuttingProxy(Path socket) {
        engine = SocketAddress.domainSocketAddress(socket.toString());
        server = Waiting.await(
                vertx.createNetServer().connectHandler(this::connected).listen(0, "127.0.0.1"));
    }

    /** As DOCKER_HOST takes it. */
    public String host() {
        return "tcp://127.0.0.1:" + server.actualPort();
    }

    /** Each of the next reads of the newest entries gets one of these faults, in order. */
    public void failNextTailReads(TailReadFault... next) {
        faults.addAll(List.of(next));
    }

    /** How many faults no read has met yet. */
    public int faultsLeft() {
        return faults.size();
    }

    /** Answers requests whose first line matches with a page and 403, as a proxy does that allows a part of the API only. */
    public void refuse(String pattern) {
        refused = Pattern.compile(pattern);
    }

    /** Passes all requests on again. */
    public void refuseNothing() {
        refused = null;
    }

    /** The first lines of the requests that were refused. */
    public List<String> refusals() {
        return refusals;
    }

    /** All requests so far, as they were sent. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** How many connections are open. */
    public int openConnections() {
        return open.size();
    }

    /** Closes all open connections, and accepts new ones. Returns how many were open. */
    public int cut() {
        List<Pair> cut = List.copyOf(open);
        cut.forEach(Pair::close);
        return cut.size();
    }

    /** The open connections stay open, but pass nothing on any more; neither end is informed. */
    public void silence() {
        open.forEach(pair -> pair.silent = true);
    }

    /** The same for the connections whose latest request matches. */
    public void silence(String pattern) {
        Pattern silenced = Pattern.compile(pattern);
        open.stream().filter(pair -> silenced.matcher(pair.latest).find()).forEach(pair -> pair.silent = true);
    }

    /** Reads nothing more from the engine on the open connections, which the engine notices when its buffer is full. */
    public void hold() {
        open.forEach(pair -> {
            pair.held = true;
            pair.far.pause();
        });
    }

    /** Continues after {@link #hold}. */
    public void release() {
        open.forEach(pair -> {
            pair.held = false;
            pair.far.resume();
            pair.near.resume();
        });
    }

    @Override
    public void close() {
        Waiting.await(vertx.close());
    }

    private void connected(NetSocket near) {
        near.pause();
        client.connect(engine).onSuccess(far -> open.add(new Pair(near, far))).onFailure(failure -> near.close());
    }

    /** The two ends of one connection. */
    private final class Pair {

        private final NetSocket near;
        private final NetSocket far;
        private volatile boolean silent;

        /** First line of the latest request. */
        private volatile String latest = "";

        private volatile boolean held;

        Pair(NetSocket near, NetSocket far) {
            this.near = near;
            this.far = far;
            near.handler(this::request);
            far.handler(bytes -> pass(far, near, bytes));
            near.closeHandler(closed -> close());
            far.closeHandler(closed -> close());
            near.resume();
        }

        private void request(Buffer bytes) {
            String text = bytes.toString(StandardCharsets.ISO_8859_1);
            requests.add(text);
            String line = text.lines().findFirst().orElse("");
            latest = line;
            Pattern pattern = refused;
            if (pattern != null && pattern.matcher(line).find()) {
                refusals.add(line);
                pass(far, near, Buffer.buffer(FORBIDDEN));
                return;
            }
            TailReadFault fault = TailReadFault.isTailRead(bytes) ? faults.poll() : null;
            switch (fault) {
                case null -> pass(near, far, bytes);
                case EMPTY, SHORT -> pass(near, far, fault.shortened(bytes));
                case FAILED, SILENT -> pass(far, near, fault.answer());
            }
        }

        private void pass(NetSocket from, NetSocket to, Buffer bytes) {
            if (silent) {
                return;
            }
            to.write(bytes).onFailure(failure -> close());
            if (to.writeQueueFull()) {
                from.pause();
                to.drainHandler(drained -> {
                    if (!held) {
                        from.resume();
                    }
                });
            }
        }

        private void close() {
            if (!silent) {
                open.remove(this);
                near.close().onFailure(gone -> {});
                far.close().onFailure(gone -> {});
            }
        }
    }
}
