package io.dockrelay.docker;

import java.util.concurrent.TimeUnit;

import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;

/**
 * Turns the reading of one socket off and on. Vert.x's own pause reads on into a queue until that is full: the kernel
 * would have nothing to gather. What Vert.x has turned off itself, to hold the engine back, is not turned on here. Owned
 * by a {@link BodyStream}; any thread. Ends with the socket, of which it holds nothing.
 */
final class ReadSwitch {

    private final NetSocket socket;

    /** Whether the socket is to be read. */
    private boolean wanted = true;

    /** True while it is not read because it is not wanted. */
    private boolean turnedOff;

    ReadSwitch(NetSocket socket) {
        this.socket = socket;
    }

    /** At once on the socket's event loop, else as soon as that comes to it. */
    synchronized void want(boolean on) {
        if (wanted == on) {
            return;
        }
        wanted = on;
        EventLoop loop = channel().eventLoop();
        if (loop.inEventLoop()) {
            turn();
        } else {
            loop.execute(this::turn);
        }
    }

    /**
     * In so many milliseconds, on the socket's event loop. A timer of Vert.x's would end with the verticle that opened the
     * stream, and leave it turned off for good.
     */
    void later(long millis, Runnable step) {
        ScheduledFuture<?> unused = channel().eventLoop().schedule(step, millis, TimeUnit.MILLISECONDS);
    }

    private synchronized void turn() {
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
