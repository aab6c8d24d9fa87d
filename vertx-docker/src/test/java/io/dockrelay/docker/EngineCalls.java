package io.dockrelay.docker;

import java.net.URI;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;

import static org.assertj.core.api.Assertions.assertThat;

/** Steps that many tests share: a Vert.x, an engine's config, waiting for a result, expecting a failure. */
final class EngineCalls {

    private static final int SECONDS = 20;

    private EngineCalls() {}

    static Vertx nativeVertx() {
        return Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    }

    /** A config for one host, independent of the tests' environment variables. */
    static DockerClientConfig at(String host) {
        return new DefaultDockerClientConfig.Builder()
                .withDockerHost(URI.create(host).toString())
                .withDockerConfig("/nowhere")
                .build();
    }

    @CanIgnoreReturnValue
    static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("No answer within " + SECONDS + " s", e);
        }
    }

    /** The failure of a future; fails the test when the future succeeds. */
    static DockerEngineException failure(Future<?> future) {
        try {
            Object value = future.toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
            throw new AssertionError("Expected a failure, got " + value);
        } catch (ExecutionException e) {
            assertThat(e.getCause()).isInstanceOf(DockerEngineException.class);
            return (DockerEngineException) e.getCause();
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("No answer within " + SECONDS + " s", e);
        }
    }
}
