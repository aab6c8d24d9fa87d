package io.dockrelay.relay.uplink;

import java.net.URI;

/**
 * Whom an {@link Uplink} dials.
 *
 * @param ws the controller's WebSocket; the path is {@code /} when there is none
 * @param api the root of the same controller's REST interface
 */
public record UplinkTarget(URI ws, URI api) {

    public UplinkTarget {
        ws = ws.getPath() == null || ws.getPath().isEmpty() ? ws.resolve("/") : ws;
    }

    /** What stands for the controller's id until, or unless, it says its own. */
    String placeholder() {
        return ws.getPort() < 0 ? ws.getHost() : ws.getHost() + ":" + ws.getPort();
    }
}
