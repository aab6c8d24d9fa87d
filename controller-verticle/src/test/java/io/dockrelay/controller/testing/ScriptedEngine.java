package io.dockrelay.controller.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import com.github.dockerjava.core.DefaultDockerClientConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

import io.dockrelay.docker.DockerEngine;
import io.dockrelay.docker.HttpDockerEngine;

/**
 * An engine with one container, {@code web}. It performs each action, and sends the event, before it answers the request,
 * unless the container resists; and it records the requests. Runs on an event loop of its own; ends with {@link #close()}.
 */
public final class ScriptedEngine implements AutoCloseable {

    /** The status of a container that cannot be inspected any more. */
    public static final String GONE = "gone";

    private static final String SHORT_ID = "0123456789ab";
    private static final String ID = SHORT_ID + SHORT_ID + SHORT_ID + SHORT_ID + SHORT_ID + "0123";
    private static final String INSPECTION_BY_ID = "/containers/" + ID + "/json";
    private static final String INSPECTION_BY_SHORT_ID = "/containers/" + SHORT_ID + "/json";

    /** Each POST: the path without the API version, and the query. */
    public final List<String> actions = new CopyOnWriteArrayList<>();

    /** As the engine names it. */
    public volatile String status = "running";

    /** The status after a stop or a kill; {@link #GONE} when that removes the container. */
    public volatile String afterEnd = "exited";

    /** The status after a start or a restart. */
    public volatile String afterStart = "running";

    /** Whether the container has ended, and is gone, when an action arrives. */
    public volatile boolean endsFirst;

    /** As JSON. */
    public volatile String stopTimeout = "null";

    /** As JSON, in an inspection. */
    public volatile String labels = "{}";

    /** Delays the answers to actions until it is complete, except to a kill; complete by default. */
    public volatile Future<Void> answersWait = Future.succeededFuture();

    /** Delays the answer to a kill in the same way. */
    public volatile Future<Void> answersKill = Future.succeededFuture();

    /** Whether the container ends and starts only when the engine answers, except by a kill. */
    public volatile boolean resists;

    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;
    private final List<HttpServerResponse> listeners = new CopyOnWriteArrayList<>();

    /** When the container last started or stopped: seconds of a minute. */
    private final AtomicInteger changedAt = new AtomicInteger(1);

    public ScriptedEngine() {
        server = Waiting.await(
                vertx.createHttpServer().requestHandler(this::requested).listen(0, "127.0.0.1"));
    }

    /** Its address, as a value of DOCKER_HOST. */
    public String host() {
        return "tcp://127.0.0.1:" + server.actualPort();
    }

    /** A client of this engine, which ends with the given Vert.x. */
    public DockerEngine client(Vertx of) {
        var config = new DefaultDockerClientConfig.Builder()
                .withDockerHost(host())
                .withDockerConfig("/nowhere")
                .build();
        return new HttpDockerEngine(of, config);
    }

    public boolean hasListener() {
        return !listeners.isEmpty();
    }

    @Override
    public void close() {
        Waiting.await(vertx.close());
    }

    private void requested(HttpServerRequest request) {
        String uri = request.uri().replaceFirst("^/v[0-9.]+/", "/");
        HttpServerResponse response = request.response().putHeader("content-type", "application/json");
        if (uri.matches("/containers/[0-9]{64}/.*")) {
            notFound(response).onFailure(this::gone); // A probe of what the engine allows.
        } else if (uri.startsWith("/events")) {
            listeners.add(response.setChunked(true));
            response.writeHead().onFailure(this::gone);
        } else if (request.method().name().equals("POST")) {
            status = endsFirst ? GONE : status;
            act(uri).compose(done -> endsFirst
                            ? notFound(response)
                            : response.setStatusCode(204).end())
                    .onFailure(this::gone);
        } else if (status.equals(GONE) && uri.startsWith("/containers/") && !uri.startsWith("/containers/json")) {
            notFound(response).onFailure(this::gone);
        } else {
            response.end(body(request.path().replaceFirst("^/v[0-9.]+/", "/"))).onFailure(this::gone);
        }
    }

    private static Future<Void> notFound(HttpServerResponse response) {
        return response.setStatusCode(404).end("{\"message\":\"No such container: web\"}");
    }

    private Future<Void> act(String uri) {
        actions.add(uri);
        if (endsFirst) {
            return Future.succeededFuture();
        }
        if (uri.contains("/kill")) {
            perform(uri);
            return answersKill;
        }
        if (resists) {
            return answersWait.onSuccess(now -> perform(uri));
        }
        perform(uri);
        return answersWait;
    }

    private void perform(String uri) {
        int second = changedAt.incrementAndGet();
        boolean stopped = uri.contains("/stop") || uri.contains("/kill");
        status = stopped ? afterEnd : afterStart;
        String event = """
            {"Type":"container","Action":"%s","Actor":{"ID":"%s","Attributes":{"name":"web"}},"time":%d}
            """.formatted(stopped ? "die" : "start", ID, second);
        listeners.forEach(listener -> listener.write(event).onFailure(this::gone));
    }

    private String body(String path) {
        return switch (path) {
            case "/version" -> """
                {"Version":"scripted","ApiVersion":"1.41","MinAPIVersion":"1.12"}\
                """;
            case "/containers/json" ->
                "[" + """
                    {"Id":"%s","Names":["/web"],"Image":"busybox","Created":1,"Labels":{},"State":"%s","Status":"%s"}
                    """.formatted(ID, status, status.equals("running") ? "Up 1 second" : "Exited (0) 1 second ago")
                        + "]";
            case INSPECTION_BY_ID, INSPECTION_BY_SHORT_ID, "/containers/web/json" ->
                """
                {"Id":"%s","Name":"/web","Created":"2025-11-25T22:52:32Z","RestartCount":0,
                 "State":{"Status":"%s","ExitCode":0,"StartedAt":"2025-11-25T22:53:%02dZ"},
                 "Config":{"Image":"busybox","Labels":%s,"StopTimeout":%s}}
                """.formatted(ID, status, changedAt.get(), labels, stopTimeout);
            default -> "{}";
        };
    }

    private void gone(Throwable left) {
        listeners.removeIf(HttpServerResponse::closed);
    }
}
