package io.dockrelay.relay;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

/** The relay as it is deployed, on a port of its own, without a controller. */
public final class RunningRelay implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    public final Vertx vertx = Vertx.vertx();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<Page> opened = new ArrayList<>();
    private final String deployment;
    private final int port;

    /** An answer, with the parts that tests check. */
    public record Answer(int status, String body, HttpResponse<String> response) {

        public JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
                throw new AssertionError("not JSON: " + body, e);
            }
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse(null);
        }
    }

    public RunningRelay() {
        this(new JsonObject());
    }

    public RunningRelay(JsonObject settings) {
        var verticle = new RelayVerticle();
        JsonObject config = new JsonObject()
                .put("port", 0)
                .put("localController", false)
                .put("environment", new JsonObject())
                .mergeIn(settings);
        deployment = Soon.get(vertx.deployVerticle(verticle, new DeploymentOptions().setConfig(config)));
        port = verticle.port();
    }

    public int port() {
        return port;
    }

    public Page page() {
        return page("/ws");
    }

    /** A page that sends these headers with its handshake. */
    public Page page(String path, String... headers) {
        Page page = new Page(vertx, port, path, headers);
        opened.add(page);
        return page;
    }

    public Answer get(String path, String... headers) throws Exception {
        return send("GET", path, headers);
    }

    public Answer post(String path, String... headers) throws Exception {
        return send("POST", path, headers);
    }

    public Answer send(String method, String path, String... headers) throws Exception {
        return send(method, path, HttpRequest.BodyPublishers.noBody(), headers);
    }

    /** Posts JSON, as the page does. */
    public Answer postJson(String path, String json, String... headers) throws Exception {
        List<String> all = new ArrayList<>(List.of(headers));
        all.addAll(List.of("Content-Type", "application/json"));
        return send("POST", path, HttpRequest.BodyPublishers.ofString(json), all.toArray(String[]::new));
    }

    private Answer send(String method, String path, HttpRequest.BodyPublisher body, String... headers)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, body);
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Answer(response.statusCode(), response.body(), response);
    }

    public void undeploy() {
        Soon.done(vertx.undeploy(deployment));
    }

    @Override
    public void close() {
        opened.forEach(Page::close);
        http.close();
        Soon.done(vertx.close());
    }
}
