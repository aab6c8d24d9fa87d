package io.dockrelay.controller.testing;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;

/** A way over TCP to an engine's socket, as proxies of it are: it cuts what is open, holds it, or lets nothing through any more. */
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

    /** As DOCKER_HOST takes it. */
    public String host() {
        return "tcp://127.0.0.1:" + server.actualPort();
    }

    /** Closes everything that is open; new connections are welcome. Returns how many there were. */
    public int cut() {
        List<Pair> cut = List.copyOf(open);
        cut.forEach(Pair::close);
        return cut.size();
    }

    /** What is open now stays so, and nothing comes through any more: neither end is told. */
    public void silence() {
        open.forEach(pair -> pair.silent = true);
    }

    /** Takes nothing more from the engine on what is open now, which the engine notices when its buffer is full. */
    public void hold() {
        open.forEach(pair -> {
            pair.held = true;
            pair.far.pause();
        });
    }

    /** Goes on behind {@link #hold}. */
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
