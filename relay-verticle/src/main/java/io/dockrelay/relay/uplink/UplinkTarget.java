package io.dockrelay.relay.uplink;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

import io.dockrelay.protocol.wire.LinkKind;
import io.dockrelay.settings.UplinkSettings;

/**
 * The controller that an {@link Uplink} connects to.
 *
 * @param name of this target among those of one relay
 * @param ws the controller's WebSocket; the path is {@code /} when there is none
 * @param api the root of the same controller's REST interface
 * @param access what is presented there; empty: what the relay presents to every controller
 * @param proxy through which it is reached; empty for none
 */
public record UplinkTarget(String name, URI ws, URI api, Optional<UplinkSettings> access, Optional<UplinkProxy> proxy) {

    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d+){3}|\\[::1]");

    public UplinkTarget {
        ws = ws.getPath() == null || ws.getPath().isEmpty() ? ws.resolve("/") : ws;
    }

    /** A target without a proxy. */
    public UplinkTarget(String name, URI ws, URI api, Optional<UplinkSettings> access) {
        this(name, ws, api, access, Optional.empty());
    }

    /** A target that is named by its host and port. */
    public UplinkTarget(URI ws, URI api) {
        this(hostAndPort(ws), ws, api, Optional.empty());
    }

    /**
     * Used as the controller's id until it gives its own; a version 1 controller gives none. It always has a port, so it is
     * no id that another controller may have.
     */
    public String placeholder() {
        return hostAndPort(ws);
    }

    /** How the controller is reached. */
    LinkKind kind() {
        return proxy.isPresent() ? LinkKind.DIALLED : LinkKind.UPLINK;
    }

    /** Whether what it sends travels to another machine without TLS. A name may be of any machine. */
    boolean isPlain() {
        boolean plain = ws.getScheme().equalsIgnoreCase("ws") || api.getScheme().equalsIgnoreCase("http");
        return plain && !isLoopback();
    }

    /** Whether its host is this machine's loopback. A name may be of any machine. */
    boolean isLoopback() {
        return LOOPBACK.matcher(ws.getHost()).matches();
    }

    private static String hostAndPort(URI ws) {
        int standard = ws.getScheme().equalsIgnoreCase("wss") ? 443 : 80;
        return ws.getHost() + ":" + (ws.getPort() < 0 ? standard : ws.getPort());
    }
}
