package io.dockrelay.relay.uplink;

import java.net.URI;
import java.util.regex.Pattern;

import io.dockrelay.protocol.wire.LinkKind;

/**
 * The controller that an {@link Uplink} connects to.
 *
 * @param ws the controller's WebSocket; the path is {@code /} when there is none
 * @param api the root of the same controller's REST interface
 */
public record UplinkTarget(URI ws, URI api) {

    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d+){3}|\\[::1]");

    public UplinkTarget {
        ws = ws.getPath() == null || ws.getPath().isEmpty() ? ws.resolve("/") : ws;
    }

    /**
     * Used as the controller's id until it gives its own; a version 1 controller gives none. It always has a port, so it is
     * no id that another controller may have.
     */
    public String placeholder() {
        return ws.getHost() + ":" + port();
    }

    /** How the controller is reached. */
    LinkKind kind() {
        return LinkKind.UPLINK;
    }

    /** Whether what it sends travels to another machine without TLS. A name may be of any machine. */
    boolean isPlain() {
        boolean plain = ws.getScheme().equalsIgnoreCase("ws") || api.getScheme().equalsIgnoreCase("http");
        return plain && !LOOPBACK.matcher(ws.getHost()).matches();
    }

    private int port() {
        int standard = ws.getScheme().equalsIgnoreCase("wss") ? 443 : 80;
        return ws.getPort() < 0 ? standard : ws.getPort();
    }
}
