package io.dockrelay.docker;

import java.net.URI;

/**
 * The address of an engine, parsed from a DOCKER_HOST. Pure.
 *
 * @param text as it was configured, for messages
 * @param socket path of the domain socket, or null for TCP
 * @param host the host name, which the server's certificate must contain
 * @param port the port; unused on a domain socket
 * @param tls whether TCP is encrypted
 * @param basePath what a proxy in front of the engine puts before each path: {@code /engines/a}, escaped as in the URI;
 *     empty when there is none, and on a domain socket
 */
record Endpoint(String text, String socket, String host, int port, boolean tls, String basePath) {

    /** Start of a DOCKER_HOST that is a domain socket. */
    static final String SOCKET_SCHEME = "unix://";

    private static final int PLAIN_PORT = 2375;
    private static final int TLS_PORT = 2376;

    /**
     * @param uri DOCKER_HOST
     * @param certificates whether the config has certificates; {@code tcp://} then means TLS
     * @throws IllegalArgumentException for a scheme that is not supported, and for parts that would be ignored; the
     *     message says what is supported
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
        return socket != null;
    }

    /** The request's URI for a path, and a query, of the engine's API. */
    String uri(String pathAndQuery) {
        return basePath + pathAndQuery;
    }

    /** The value of HTTP's Host header. */
    String hostHeader() {
        String name = host.contains(":") ? "[" + host + "]" : host;
        return isSocket() ? name : name + ":" + port;
    }

    private static Endpoint socket(URI uri) {
        refuseMore(uri, "a socket's address ends with its path");
        String path = uri.getPath();
        if (path == null || path.isEmpty() || uri.getRawAuthority() != null) {
            throw new IllegalArgumentException(
                    "DOCKER_HOST is \"" + uri + "\"; write a socket as unix:///absolute/path");
        }
        return new Endpoint(SOCKET_SCHEME + path, path, "localhost", PLAIN_PORT, false, "");
    }

    private static Endpoint network(URI uri, boolean tls) {
        refuseMore(uri, "write tcp://host:port or tcp://host:port/path");
        if (uri.getHost() == null) {
            throw new IllegalArgumentException(
                    "DOCKER_HOST is \"" + uri + "\", which names no host; write tcp://host:port");
        }
        int port = uri.getPort() > 0 ? uri.getPort() : tls ? TLS_PORT : PLAIN_PORT;
        String host = uri.getHost().replaceAll("^\\[|]$", "");
        String basePath = uri.getRawPath().replaceFirst("/+$", "");
        return new Endpoint(uri.toString(), null, host, port, tls, basePath);
    }

    /** A part that is ignored without a word would send the requests to another place than the one that was meant. */
    private static void refuseMore(URI uri, String expected) {
        // A name that is no host, such as one with an underscore, has no user info either.
        boolean hasUser = uri.getRawAuthority() != null && uri.getRawAuthority().contains("@");
        if (hasUser || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            // Not the whole text: it may contain a password.
            throw new IllegalArgumentException("DOCKER_HOST is " + uri.getScheme() + "://… with a user, a query or a"
                    + " fragment, which an engine's address cannot have; " + expected);
        }
    }
}
