package io.dockrelay.controller.testing;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.Statistics;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;

import io.dockrelay.docker.DockerEngine;
import io.dockrelay.docker.EngineVersion;
import io.dockrelay.docker.EventQuery;
import io.dockrelay.docker.JsonStream;
import io.dockrelay.docker.LogQuery;
import io.dockrelay.docker.LogStream;

/** A real engine that records the requests for its logs and how much of the answers is read; it may delay them. */
public final class MeteredEngine implements DockerEngine {

    public final List<LogQuery> queries = new CopyOnWriteArrayList<>();
    public final AtomicLong bytes = new AtomicLong();

    /** Logs that were neither cancelled nor ended. */
    public final Set<LogStream> openLogs = ConcurrentHashMap.newKeySet();

    /** What the logs wait for before they are asked for; nothing as a rule. */
    public volatile Future<Void> logsWait = Future.succeededFuture();

    /** What a log that is followed waits for beside that; nothing as a rule. */
    public volatile Future<Void> followsWait = Future.succeededFuture();

    /** The version to report in place of the engine's own; null for its own. */
    public volatile EngineVersion reportedVersion;

    private final DockerEngine engine;

    public MeteredEngine(DockerEngine engine) {
        this.engine = engine;
    }

    public void reset() {
        queries.clear();
        bytes.set(0);
    }

    @Override
    public Future<LogStream> logs(String containerId, LogQuery query) {
        queries.add(query);
        Future<Void> wait = query.follow() ? onThisContext(followsWait) : Future.succeededFuture();
        return logsWait.compose(over -> wait)
                .compose(over -> engine.logs(containerId, query))
                .map(Metered::new);
    }

    /** The same future, completed where the caller runs. */
    private static Future<Void> onThisContext(Future<Void> future) {
        if (future.isComplete()) {
            return future;
        }
        Context caller = Vertx.currentContext();
        Promise<Void> here = Promise.promise();
        future.onComplete(over -> caller.runOnContext(now -> here.handle(over)));
        return here.future();
    }

    @Override
    public <T> Future<T> call(Function<DockerClient, T> command) {
        return engine.call(command);
    }

    @Override
    public <T> Future<T> call(Duration deadline, Function<DockerClient, T> command) {
        return engine.call(deadline, command);
    }

    @Override
    public Future<List<Container>> containers(Map<String, List<String>> filters, Duration deadline) {
        return engine.containers(filters, deadline);
    }

    @Override
    public Future<InspectContainerResponse> inspect(String containerId, Duration deadline) {
        return engine.inspect(containerId, deadline);
    }

    @Override
    public Future<Void> stop(String containerId, Optional<Duration> grace, Duration deadline) {
        return engine.stop(containerId, grace, deadline);
    }

    @Override
    public Future<Void> restart(String containerId, Optional<Duration> grace, Duration deadline) {
        return engine.restart(containerId, grace, deadline);
    }

    @Override
    public Future<JsonStream<Event>> events(EventQuery query) {
        return engine.events(query);
    }

    @Override
    public Future<JsonStream<Statistics>> stats(String containerId) {
        return engine.stats(containerId);
    }

    @Override
    public Future<Statistics> statsNow(String containerId, Duration deadline) {
        return engine.statsNow(containerId, deadline);
    }

    @Override
    public EngineVersion version() {
        return reportedVersion == null ? engine.version() : reportedVersion;
    }

    @Override
    public String endpoint() {
        return engine.endpoint();
    }

    @Override
    public Future<Void> close() {
        return engine.close();
    }

    private final class Metered implements LogStream {

        private final LogStream stream;

        Metered(LogStream stream) {
            this.stream = stream;
            openLogs.add(this);
        }

        @Override
        public boolean multiplexed() {
            return stream.multiplexed();
        }

        @Override
        public void cancel() {
            openLogs.remove(this);
            stream.cancel();
        }

        @Override
        @CanIgnoreReturnValue
        public LogStream exceptionHandler(Handler<Throwable> handler) {
            stream.exceptionHandler(handler);
            return this;
        }

        @Override
        @CanIgnoreReturnValue
        public LogStream handler(Handler<Buffer> handler) {
            stream.handler(buffer -> {
                bytes.addAndGet(buffer.length());
                handler.handle(buffer);
            });
            return this;
        }

        @Override
        @CanIgnoreReturnValue
        public LogStream pause() {
            stream.pause();
            return this;
        }

        @Override
        @CanIgnoreReturnValue
        public LogStream resume() {
            stream.resume();
            return this;
        }

        @Override
        @CanIgnoreReturnValue
        public LogStream fetch(long amount) {
            stream.fetch(amount);
            return this;
        }

        @Override
        @CanIgnoreReturnValue
        public LogStream endHandler(Handler<Void> handler) {
            stream.endHandler(end -> {
                openLogs.remove(this);
                handler.handle(null);
            });
            return this;
        }
    }
}
