package io.dockrelay.docker;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

/**
 * One command on its way: a virtual thread that blocks in docker-java, a deadline that breaks it off, and a future that
 * the caller's context sees complete exactly once.
 */
final class CommandCall<T> {

    private final Vertx vertx;
    private final CallerContext caller;
    private final DockerClientConfig config;
    private final EngineErrors failures;
    private final Function<DockerClient, T> command;
    private final Promise<T> promise = Promise.promise();

    /** Null until the command runs. */
    private final AtomicReference<Running> running = new AtomicReference<>();
    /** True once the deadline has passed. */
    private volatile boolean expired;

    private record Running(CommandTransport transport, Thread thread) {

        void breakOff() {
            transport.close();
            thread.interrupt();
        }
    }

    CommandCall(Vertx vertx, DockerClientConfig config, EngineErrors failures, Function<DockerClient, T> command) {
        this.vertx = vertx;
        this.caller = CallerContext.here(vertx);
        this.config = config;
        this.failures = failures;
        this.command = command;
    }

    /** Starts it once the API version is known. */
    Future<T> run(Future<EngineVersion> version, Connections connections, Duration deadline) {
        long timer = vertx.setTimer(Math.max(1, deadline.toMillis()), expired -> expire(deadline));
        version.onSuccess(known -> begin(new CommandTransport(connections, known.api(), failures)))
                .onFailure(this::fail);
        return promise.future().onComplete(done -> vertx.cancelTimer(timer));
    }

    private void begin(CommandTransport connected) {
        Running now =
                new Running(connected, Thread.ofVirtual().name("docker-command").unstarted(() -> execute(connected)));
        running.set(now);
        now.thread().start();
        if (expired) {
            now.breakOff();
        }
    }

    private void execute(CommandTransport connected) {
        try {
            T result = apply(connected);
            caller.run(() -> promise.tryComplete(result));
        } catch (NotModifiedException alreadyThere) {
            // 304: the container is in the state that was asked for, which is what the caller wanted.
            caller.run(promise::tryComplete);
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    /** The client ends before the caller hears of the result, so that nobody can go on with it. */
    private T apply(CommandTransport connected) {
        try (connected) {
            return command.apply(DockerClientImpl.getInstance(config, connected));
        }
    }

    private void expire(Duration deadline) {
        expired = true;
        fail(failures.timeout("No answer within " + deadline.toMillis() + " ms"));
        Running now = running.get();
        if (now != null) {
            now.breakOff();
        }
    }

    private void fail(Throwable cause) {
        DockerEngineException failure = failures.of(cause);
        caller.run(() -> promise.tryFail(failure));
    }
}
