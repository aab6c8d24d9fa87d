package io.dockrelay.docker;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

/** One running command: a virtual thread that blocks in docker-java, a deadline that cancels it, and a future that completes
 * exactly once on the caller's context. Used once.
 */
final class CommandCall<T> {

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

        void cancel() {
            transport.close();
            thread.interrupt();
        }
    }

    CommandCall(Vertx vertx, DockerClientConfig config, EngineErrors failures, Function<DockerClient, T> command) {
        this.caller = CallerContext.here(vertx);
        this.config = config;
        this.failures = failures;
        this.command = command;
    }

    /** Starts the command once the API version is known. */
    Future<T> run(Future<EngineVersion> version, Connections connections, Deadline deadline) {
        deadline.watch(promise.future(), () -> expire(deadline));
        version.onSuccess(known -> begin(transport(connections, known.api()))).onFailure(this::fail);
        return promise.future();
    }

    /** Waits without a limit of its own: the deadline interrupts. */
    private CommandTransport transport(Connections connections, ApiVersion api) {
        return new CommandTransport(
                connections, path -> EnginePaths.versioned(api, path), new Patience(Patience.ENDLESS, failures));
    }

    private void begin(CommandTransport connected) {
        Running now =
                new Running(connected, Thread.ofVirtual().name("docker-command").unstarted(() -> execute(connected)));
        running.set(now);
        now.thread().start();
        if (expired) {
            now.cancel();
        }
    }

    private void execute(CommandTransport connected) {
        try {
            T result = apply(connected);
            caller.run(() -> promise.tryComplete(result));
        } catch (NotModifiedException alreadyThere) {
            // 304: the container is already in the requested state.
            caller.run(promise::tryComplete);
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    /** The client ends before the caller gets the result, so that the caller cannot continue to use it. */
    private T apply(CommandTransport connected) {
        try (connected) {
            return command.apply(DockerClientImpl.getInstance(config, connected));
        }
    }

    private void expire(Deadline deadline) {
        expired = true;
        fail(deadline.failure(failures));
        Running now = running.get();
        if (now != null) {
            now.cancel();
        }
    }

    private void fail(Throwable cause) {
        DockerEngineException failure = failures.of(cause);
        caller.run(() -> promise.tryFail(failure));
    }
}
