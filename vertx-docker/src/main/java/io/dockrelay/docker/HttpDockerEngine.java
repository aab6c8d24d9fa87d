package io.dockrelay.docker;

import java.time.Duration;
import java.util.function.Function;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.Statistics;
import com.github.dockerjava.core.DockerClientConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

final class HttpDockerEngine implements DockerEngine {

    private final DockerClientConfig config;
    private final DockerEngineOptions options;

    HttpDockerEngine(Vertx vertx, DockerClientConfig config, DockerEngineOptions options) {
        this.config = config;
        this.options = options;
    }

    @Override
    public <T> Future<T> call(Function<DockerClient, T> command) {
        return call(options.deadline(), command);
    }

    @Override
    public <T> Future<T> call(Duration deadline, Function<DockerClient, T> command) {
        return notYet();
    }

    @Override
    public Future<LogStream> logs(String containerId, LogQuery query) {
        return notYet();
    }

    @Override
    public Future<JsonStream<Event>> events(EventQuery query) {
        return notYet();
    }

    @Override
    public Future<JsonStream<Statistics>> stats(String containerId) {
        return notYet();
    }

    @Override
    public EngineVersion version() {
        return null;
    }

    @Override
    public String endpoint() {
        return config.getDockerHost().toString();
    }

    @Override
    public Future<Void> close() {
        return Future.succeededFuture();
    }

    private static <T> Future<T> notYet() {
        return Future.failedFuture(new UnsupportedOperationException("not written yet"));
    }
}
