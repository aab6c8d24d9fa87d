package io.dockrelay.docker;

import java.net.URI;
import java.util.concurrent.CompletableFuture;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import io.dockrelay.docker.testing.TestEngine;

import static io.dockrelay.docker.EngineCalls.await;

/** Base of tests that use docker-java's own client over {@link VertxDockerHttpClient}, with a real engine. */
abstract class OnVertxDockerHttpClient {

    final TestEngine real;
    final Vertx vertx = EngineCalls.nativeVertx();
    VertxDockerHttpClient http;
    DockerClient docker;

    OnVertxDockerHttpClient(TestEngine real) {
        this.real = real;
    }

    @BeforeEach
    void create() {
        http = client(real.host()).build();
        docker = docker(http);
    }

    @AfterEach
    void close() {
        real.thaw();
        http.close();
        await(vertx.close());
        real.removeContainers();
    }

    VertxDockerHttpClient.Builder client(String host) {
        return new VertxDockerHttpClient.Builder().vertx(vertx).dockerHost(URI.create(host));
    }

    DockerClient docker(VertxDockerHttpClient transport) {
        return DockerClientImpl.getInstance(EngineCalls.at(real.host()), transport);
    }

    Response get(String path) {
        return http.execute(request("GET", path));
    }

    static Request request(String method, String path) {
        return Request.builder().method(method).path(path).build();
    }

    /** What a step throws on another thread; null when it throws nothing. */
    static CompletableFuture<Throwable> failureOf(Runnable step) {
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                step.run();
                failure.complete(null);
            } catch (RuntimeException e) {
                failure.complete(e);
            }
        });
        return failure;
    }
}
