package io.dockrelay.listener;

import java.util.function.Consumer;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.http.WebSocketInternal;

/**
 * Answers an invalid frame (too large, not masked, unknown) with a close code. Vert.x alone would cut the connection
 * without a reason as soon as its decoder has read the frame's head. With this guard the connection stays open, and the
 * decoder drops further bytes until the close handshake or its timeout. Part of the socket's pipeline, on its event
 * loop; only this file uses the pipeline.
 */
final class FrameGuard extends ChannelInboundHandlerAdapter {

    private static final int TOO_LARGE = 1009;

    private final Consumer<CloseCode> onViolation;

    private FrameGuard(Consumer<CloseCode> onViolation) {
        this.onViolation = onViolation;
    }

    static void guard(ServerWebSocket socket, Consumer<CloseCode> onViolation) {
        ChannelHandlerContext vertxHandler = ((WebSocketInternal) socket).channelHandlerContext();
        vertxHandler.pipeline().addBefore(vertxHandler.name(), "frame-guard", new FrameGuard(onViolation));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof CorruptedWebSocketFrameException violation) {
            boolean tooLarge = violation.closeStatus().code() == TOO_LARGE;
            onViolation.accept(tooLarge ? CloseCode.TOO_BIG : CloseCode.PROTOCOL_ERROR);
        } else {
            context.fireExceptionCaught(cause);
        }
    }
}
