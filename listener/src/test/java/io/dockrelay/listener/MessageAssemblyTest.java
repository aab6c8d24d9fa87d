package io.dockrelay.listener;

import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.http.WebSocketFrameType;
import io.vertx.core.http.impl.ws.WebSocketFrameImpl;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MessageAssemblyTest {

    private final MessageAssembly messages = new MessageAssembly();

    @Test
    void fragmentsAreJoinedIntoOneMessage() {
        assertThat(messages.take(WebSocketFrame.textFrame("", false)).text()).isEmpty();
        assertThat(messages.take(WebSocketFrame.continuationFrame(Buffer.buffer("{\"a\""), false))
                        .text())
                .isEmpty();
        assertThat(messages.take(WebSocketFrame.pingFrame(Buffer.buffer("x"))).text())
                .isEmpty();
        assertThat(messages.take(WebSocketFrame.continuationFrame(Buffer.buffer(":1}"), true))
                        .text())
                .contains("{\"a\":1}");
        assertThat(messages.take(WebSocketFrame.textFrame("next", true)).text()).contains("next");
    }

    @Test
    void sumOfFragmentsOverTheLimitIsTooBig() {
        String half = "x".repeat(MessageAssembly.LARGEST / 2);
        assertThat(messages.take(WebSocketFrame.textFrame(half, false)).violation())
                .isNull();
        assertThat(messages.take(WebSocketFrame.continuationFrame(Buffer.buffer(half), false))
                        .violation())
                .isNull();
        assertThat(messages.take(WebSocketFrame.continuationFrame(Buffer.buffer("x"), true))
                        .violation())
                .isEqualTo(CloseCode.TOO_BIG);
    }

    @Test
    void characterMayBeSplitAcrossFragmentsButMustBeComplete() {
        assertThat(messages.take(text(false, 0xC3)).text()).isEmpty();
        assertThat(messages.take(WebSocketFrame.continuationFrame(Buffer.buffer(new byte[] {(byte) 0xA9}), true))
                        .text())
                .contains("é");
        assertThat(messages.take(text(true, 0xC3)).violation()).isEqualTo(CloseCode.NOT_UTF8);
        assertThat(messages.take(text(true, 0xED, 0xA0, 0x80)).violation()).isEqualTo(CloseCode.NOT_UTF8);
    }

    @Test
    void binaryFrameIsUnsupported() {
        assertThat(messages.take(WebSocketFrame.binaryFrame(Buffer.buffer("{}"), true))
                        .violation())
                .isEqualTo(CloseCode.UNSUPPORTED);
    }

    private static WebSocketFrame text(boolean last, int... bytes) {
        byte[] content = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            content[i] = (byte) bytes[i];
        }
        return new WebSocketFrameImpl(WebSocketFrameType.TEXT, Unpooled.wrappedBuffer(content), last);
    }
}
