package io.dockrelay.e2e.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** A plain HTTP client of one server: the JDK's own, so that it shares no code with the program under test. */
public final class Rest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private final String base;

    /** @param base such as {@code http://127.0.0.1:8089} */
    public Rest(String base) {
        this.base = base;
    }

    public Answer get(String path, String... headers) {
        return send("GET", path, headers);
    }

    public Answer post(String path, String... headers) {
        return send("POST", path, headers);
    }

    /** A POST with a body of JSON. */
    public Answer postJson(String path, String body) {
        return send("POST", HttpRequest.BodyPublishers.ofString(body), path, "Content-Type", "application/json");
    }

    /** Any method; headers as name, value, name, value. */
    public Answer send(String method, String path, String... headers) {
        return send(method, HttpRequest.BodyPublishers.noBody(), path, headers);
    }

    private Answer send(String method, HttpRequest.BodyPublisher body, String path, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(60))
                .method(method, body);
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return new Answer(CLIENT.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + base + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Whether the server answers this path with 200. */
    public boolean answers(String path) {
        try {
            return get(path).status() == 200;
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    /** A response. */
    public record Answer(HttpResponse<String> response) {

        public int status() {
            return response.statusCode();
        }

        public String text() {
            return response.body();
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse(null);
        }

        public JsonNode json() {
            try {
                return JSON.readTree(response.body());
            } catch (IOException e) {
                throw new UncheckedIOException("Not JSON: " + response.body(), e);
            }
        }
    }
}
