package io.dockrelay.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Sends one HTTP request to a running Dockrelay, for health checks, over a plain socket. */
final class HealthProbe {

    private static final int PATIENCE_MILLIS = 3000;
    private static final int LONGEST_HEAD = 256;

    private HealthProbe() {}

    /** The status of the answer; fails with an {@link IOException} if there is none. */
    static int ask(URI url) throws IOException {
        int port = url.getPort() < 0 ? 80 : url.getPort();
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(url.getHost().replaceAll("[\\[\\]]", ""), port), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return status(socket.getInputStream());
        }
    }

    /** The URL of the dashboard's health at the port that the environment sets. */
    static String defaultUrl(Map<String, String> environment) {
        String port = Optional.ofNullable(environment.get("PORT"))
                .filter(text -> !text.isBlank())
                .orElse("3000");
        return "http://127.0.0.1:" + port.strip() + "/api/health";
    }

    private static int status(InputStream answer) throws IOException {
        String head = new String(answer.readNBytes(LONGEST_HEAD), StandardCharsets.US_ASCII);
        if (!head.matches("(?s)HTTP/1\\.[01] \\d{3} .*")) {
            throw new IOException("this is not an HTTP server");
        }
        return Integer.parseInt(head.substring(9, 12));
    }
}
