package io.dockrelay.listener;

import io.vertx.core.http.HttpServerOptions;

import io.dockrelay.settings.ListenAddress;

/** The options of every HTTP server: small inputs, no compression, HTTP/1.1 only. */
final class ListenerOptions {

    /** Has room for the longest search: 4 KiB of terms and a hundred containers, with each byte written as three. */
    static final int LONGEST_LINE = 32 * 1024;

    private static final int LONGEST_HEADERS = 16 * 1024;

    /** Closes connections without any traffic; on a WebSocket the pings are traffic. */
    private static final int IDLE_SECONDS = 120;

    /** How long the peer may take to answer a close frame. */
    private static final int CLOSING_SECONDS = 2;

    private ListenerOptions() {}

    static HttpServerOptions of(ListenAddress address) {
        return new HttpServerOptions()
                .setHost(address.host())
                .setPort(address.port())
                .setCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setHttp2ClearTextEnabled(false)
                .setMaxInitialLineLength(LONGEST_LINE)
                .setMaxHeaderSize(LONGEST_HEADERS)
                .setMaxWebSocketFrameSize(MessageAssembly.LARGEST)
                .setMaxWebSocketMessageSize(MessageAssembly.LARGEST)
                .setWebSocketClosingTimeout(CLOSING_SECONDS)
                .setIdleTimeout(IDLE_SECONDS)
                .setTcpNoDelay(true);
    }
}
