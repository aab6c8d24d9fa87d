package io.dockrelay.controller.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;

/** Asks one REST interface. */
public final class Http {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Vertx vertx;
    private final HttpClient client;
    private final int port;

    public Http(Vertx vertx, int port) {
        this.vertx = vertx;
        this.client = vertx.createHttpClient();
        this.port = port;
    }

    /** An answer with its body. */
    public record Answer(int status, Map<String, String> headers, String text) {

        public JsonNode json() {
            try {
                return MAPPER.readTree(text);
            } catch (IOException e) {
                throw new UncheckedIOException(text, e);
            }
        }
    }

    public Answer get(String path) {
        return send("GET", path);
    }

    public Answer post(String path) {
        return send("POST", path);
    }

    public Answer send(String method, String path) {
        return Waiting.await(begin(method, path, Map.of()));
    }

    public Answer send(String method, String path, Map<String, String> headers) {
        return Waiting.await(begin(method, path, headers));
    }

    public Future<Answer> begin(String method, String path, Map<String, String> headers) {
        var options = new RequestOptions()
                .setMethod(HttpMethod.valueOf(method))
                .setHost("127.0.0.1")
                .setPort(port)
                .setURI(path);
        headers.forEach(options::putHeader);
        return Waiting.onContext(
                vertx,
                () -> client.request(options).compose(request -> request.send()).compose(Http::answer));
    }

    private static Future<Answer> answer(HttpClientResponse response) {
        Map<String, String> headers = new java.util.TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        response.headers().forEach(header -> headers.put(header.getKey(), header.getValue()));
        return response.body().map(body -> new Answer(response.statusCode(), headers, body.toString()));
    }
}
