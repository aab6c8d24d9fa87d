package io.dockrelay.docker;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import static io.dockrelay.docker.EngineCalls.await;

/** Base of tests against a scripted engine; records the requests. */
abstract class OnScriptedEngine {

    final Vertx vertx = Vertx.vertx();
    final List<String> asked = new CopyOnWriteArrayList<>();
    final AtomicInteger connections = new AtomicInteger();
    HttpServer server;
    DockerEngine engine;

    @BeforeEach
    void listen() {
        server = await(vertx.createHttpServer()
                .connectionHandler(connection -> connections.incrementAndGet())
                .requestHandler(this::received)
                .listen(0, "127.0.0.1"));
        engine = new HttpDockerEngine(vertx, EngineCalls.at("tcp://127.0.0.1:" + server.actualPort()));
    }

    @AfterEach
    void close() {
        await(engine.close());
        await(vertx.close());
    }

    /** Records a request and lets the test answer it. */
    final void received(HttpServerRequest request) {
        asked.add(request.uri());
        answer(request);
    }

    abstract void answer(HttpServerRequest request);
}
