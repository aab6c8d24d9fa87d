package io.dockrelay.docker;

import java.net.URI;

/**
 * The address of an engine, parsed from a DOCKER_HOST. Pure.
 *
 * @param text as it was configured, for messages
 * @param path the domain socket, or null for TCP
 * @param host the host name, which the server's certificate must contain
 * @param port the port; unused on a domain socket
 * @param tls whether TCP is encrypted
 */
record Endpoint(String text, String path, String host, int port, boolean tls) {

    /** Start of a DOCKER_HOST that is a domain socket. */
    static final String SOCKET_SCHEME = "unix://";

    private static final int PLAIN_PORT = 2375;
    private static final int TLS_PORT = 2376;

    /**
     * @param uri DOCKER_HOST
     * @param certificates whether the config has certificates; {@code tcp://} then means TLS
     * @throws IllegalArgumentException for a scheme that is not supported; the message names the supported ones
     */
    static Endpoint of(URI uri, boolean certificates) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme();
        return switch (scheme) {
            case "unix" -> socket(uri);
            case "tcp" -> network(uri, certificates);
            case "http" -> network(uri, false);
            case "https" -> network(uri, true);
            default ->
                throw new IllegalArgumentException("DOCKER_HOST is \"" + uri
                        + "\"; use unix:///path, tcp://host:port, http:// or https:// (for ssh, forward the socket:"
                        + " ssh -L /tmp/docker.sock:/var/run/docker.sock host)");
        };
    }

    boolean isSocket() {
        return path != null;
    }

    /** The value of HTTP's Host header. */
    String hostHeader() {
        String name = host.contains(":") ? "[" + host + "]" : host;
        return isSocket() ? name : name + ":" + port;
    }

    private static Endpoint socket(URI uri) {
        String path = uri.getPath();
        if (path == null || path.isEmpty()) {
            throw new IllegalArgumentException(
                    "DOCKER_HOST is \"" + uri + "\"; write a socket as unix:///absolute/path");
        }
        return new Endpoint(SOCKET_SCHEME + path, path, "localhost", PLAIN_PORT, false);
    }

    private static Endpoint network(URI uri, boolean tls) {
        if (uri.getHost() == null) {
            throw new IllegalArgumentException(
                    "DOCKER_HOST is \"" + uri + "\", which names no host; write tcp://host:port");
        }
        int defaultPort = tls ? TLS_PORT : PLAIN_PORT;
        String host = uri.getHost().replaceAll("^\\[|]$", "");
        return new Endpoint(uri.toString(), null, host, uri.getPort() > 0 ? uri.getPort() : defaultPort, tls);
    }
}
