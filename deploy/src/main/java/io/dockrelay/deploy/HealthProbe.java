package io.dockrelay.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Sends one HTTP request to a running Dockrelay, for health checks, without an HTTP client. */
final class HealthProbe {

    private static final int PATIENCE_MILLIS = 3000;
    private static final int LONGEST_HEAD = 256;

    private HealthProbe() {}

    /** The status of the answer; fails with an {@link IOException} if there is none. */
    static int ask(URI url) throws IOException {
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        try (Socket socket = ProbeSocket.connect(url, PATIENCE_MILLIS)) {
            String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return status(socket.getInputStream());
        }
    }

    /** The URL of the dashboard's health at the port that the environment sets. */
    static String defaultUrl(Map<String, String> environment) {
        String port = variable(environment, "PORT").orElse("3000");
        String scheme = variable(environment, "RELAY_TLS_CERT").isPresent() ? "https" : "http";
        return scheme + "://127.0.0.1:" + port + "/api/health";
    }

    private static Optional<String> variable(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }

    private static int status(InputStream answer) throws IOException {
        String head = new String(answer.readNBytes(LONGEST_HEAD), StandardCharsets.US_ASCII);
        if (!head.matches("(?s)HTTP/1\\.[01] \\d{3} .*")) {
            throw new IOException("this is not an HTTP server");
        }
        return Integer.parseInt(head.substring(9, 12));
    }
}
