package io.dockrelay.relay.bridge;

import java.util.regex.Pattern;

/** The paths of the bridge: those of a SockJS service of which only the WebSocket exists. Immutable. */
public final class BridgePaths {

    private static final String BASE = "/eventbus";

    private final Pattern plain;
    private final Pattern framed;
    private final String info;

    /** @param pathPrefix of every path, which a proxy may remove; empty for none */
    public BridgePaths(String pathPrefix) {
        String base = "(" + Pattern.quote(pathPrefix) + ")?" + BASE;
        plain = Pattern.compile(base + "/websocket");
        framed = Pattern.compile(base + "/[^/.]{1,64}/[^/.]{1,64}/websocket");
        info = base + "/info";
    }

    /** Whether a handshake at this path opens a bridge. */
    public boolean isSocket(String path) {
        return plain.matcher(path).matches() || isFramed(path);
    }

    /** Whether it is one of a SockJS client, whose messages have a frame of their own. */
    boolean isFramed(String path) {
        return framed.matcher(path).matches();
    }

    /** A regular expression for the paths of all sockets. */
    String sockets() {
        return plain.pattern() + "|" + framed.pattern();
    }

    /** A regular expression for the path at which a SockJS client asks what there is. */
    String info() {
        return info;
    }
}
