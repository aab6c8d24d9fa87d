package io.dockrelay.docker;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import static io.dockrelay.docker.CommandQuestions.await;

/** An engine that says what the test wants, and who asks it. */
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
                .requestHandler(this::heard)
                .listen(0, "127.0.0.1"));
        engine = DockerEngine.create(vertx, CommandQuestions.at("tcp://127.0.0.1:" + server.actualPort()));
    }

    @AfterEach
    void close() {
        await(engine.close());
        await(vertx.close());
    }

    /** Writes down what is asked, and has it answered. */
    final void heard(HttpServerRequest request) {
        asked.add(request.uri());
        answer(request);
    }

    abstract void answer(HttpServerRequest request);
}
