package io.dockrelay.docker.stream;

import java.util.concurrent.TimeUnit;

import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;

/**
 * Turns reading from one socket off and on. Vert.x's own pause continues to read into a queue until the queue is full,
 * so the kernel would have nothing to collect. When Vert.x has turned reading off itself, as back-pressure, this class
 * does not apply it on. Owned by a {@link BodyStream}; any thread. Needs no close: it ends with the socket.
 */
final class ReadSwitch {

    private final NetSocket socket;

    /** Whether the socket should be read. */
    private boolean wanted = true;

    /** True while this class has turned reading off. */
    private boolean turnedOff;

    ReadSwitch(NetSocket socket) {
        this.socket = socket;
    }

    /** Takes effect at once on the socket's event loop, and asynchronously from other threads. */
    synchronized void want(boolean on) {
        if (wanted == on) {
            return;
        }
        wanted = on;
        EventLoop loop = channel().eventLoop();
        if (loop.inEventLoop()) {
            apply();
        } else {
            loop.execute(this::apply);
        }
    }

    /**
     * Runs a step after a delay, on the socket's event loop. Not a Vert.x timer: it would end with the verticle that
     * opened the stream, and reading would stay off.
     */
    void later(long millis, Runnable step) {
        ScheduledFuture<?> unused = channel().eventLoop().schedule(step, millis, TimeUnit.MILLISECONDS);
    }

    private synchronized void apply() {
        ChannelConfig config = channel().config();
        if (wanted && turnedOff) {
            turnedOff = false;
            config.setAutoRead(true);
        } else if (!wanted && config.isAutoRead()) {
            turnedOff = true;
            config.setAutoRead(false);
        }
    }

    private Channel channel() {
        return ((NetSocketInternal) socket).channelHandlerContext().channel();
    }
}
