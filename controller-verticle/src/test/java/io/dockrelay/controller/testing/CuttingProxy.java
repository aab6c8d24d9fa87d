package io.dockrelay.controller.testing;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;

/** A TCP proxy in front of an engine's socket that can cut, hold or silence the open connections. */
public final class CuttingProxy implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx();
    private final NetClient client = vertx.createNetClient();
    private final SocketAddress engine;
    private final NetServer server;
    private final List<Pair> open = new CopyOnWriteArrayList<>();

    public CuttingProxy(Path socket) {
        engine = SocketAddress.domainSocketAddress(socket.toString());
        server = Waiting.await(
                vertx.createNetServer().connectHandler(this::connected).listen(0, "127.0.0.1"));
    }

    /** Its address, as a value of DOCKER_HOST. */
    public String host() {
        return "tcp://127.0.0.1:" + server.actualPort();
    }

    /** Closes all open connections, and returns their number; new connections are accepted. */
    public int cut() {
        List<Pair> cut = List.copyOf(open);
        cut.forEach(Pair::close);
        return cut.size();
    }

    /** Open connections stay open, but forward nothing more; neither end gets an error. */
    public void silence() {
        open.forEach(pair -> pair.silent = true);
    }

    /** Reads nothing more from the engine on open connections; the engine notices when its buffer is full. */
    public void hold() {
        open.forEach(pair -> {
            pair.held = true;
            pair.far.pause();
        });
    }

    /** Ends {@link #hold}. */
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
        private volatile boolean held;

        Pair(NetSocket near, NetSocket far) {
            this.near = near;
            this.far = far;
            pass(near, far);
            pass(far, near);
            near.closeHandler(closed -> close());
            far.closeHandler(closed -> close());
            near.resume();
        }

        private void pass(NetSocket from, NetSocket to) {
            from.handler(bytes -> {
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
            });
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
