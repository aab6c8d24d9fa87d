package io.dockrelay.relay.uplink;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;

/** Passes bytes between an uplink and its controller. While it is frozen, the controller's bytes are dropped. */
final class FreezingProxy {

    private final NetServer server;
    private final NetClient client;
    private final int controllerPort;
    private volatile boolean frozen;

    FreezingProxy(Vertx vertx, int controllerPort) throws Exception {
        this.controllerPort = controllerPort;
        client = vertx.createNetClient();
        server = FakeController.get(
                vertx.createNetServer().connectHandler(this::connected).listen(0, "localhost"));
    }

    int port() {
        return server.actualPort();
    }

    void freeze(boolean on) {
        frozen = on;
    }

    private void connected(NetSocket front) {
        front.pause();
        client.connect(controllerPort, "localhost").onComplete(back -> joined(front, back), failure -> closed(front));
    }

    private void joined(NetSocket front, NetSocket back) {
        front.handler(bytes -> pass(back.write(bytes)));
        back.handler(bytes -> {
            if (!frozen) {
                pass(front.write(bytes));
            }
        });
        front.closeHandler(end -> closed(back));
        back.closeHandler(end -> closed(front));
        front.resume();
    }

    private static void closed(NetSocket socket) {
        pass(socket.close());
    }

    private static void pass(Future<Void> done) {
        done.onFailure(failure -> {}); // The other end was closed first.
    }
}
