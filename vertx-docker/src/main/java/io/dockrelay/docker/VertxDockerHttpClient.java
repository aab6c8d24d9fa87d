package io.dockrelay.docker;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;

import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.SSLConfig;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/**
 * docker-java's transport over Vert.x's clients, for programs that use docker-java's own {@code DockerClient}, in place
 * of its httpclient5, okhttp or zerodep transports:
 *
 * <pre>{@code
 * DockerHttpClient http = new VertxDockerHttpClient.Builder()
 *         .vertx(vertx)
 *         .dockerHost(config.getDockerHost())
 *         .sslConfig(config.getSSLConfig())
 *         .build();
 * DockerClient docker = DockerClientImpl.getInstance(config, http);
 * }</pre>
 *
 * <p>Everything of docker-java works, also attach and exec with standard input. A program that needs futures, deadlines
 * and back-pressure uses {@link DockerEngine}, which brings this transport with it.
 *
 * <p><b>Threads.</b> docker-java blocks the thread that calls it. That may be any thread but an event loop, where {@link
 * #execute} and reads of a response throw an {@link IllegalStateException}; a worker verticle and a virtual thread are
 * fine. Any number of threads may use one client at the same time. Standard input is copied by a virtual thread, which
 * ends with the input or with the output.
 *
 * <p><b>Connections.</b> Short commands share a pool. A command that lasts as long as a container or a transfer (logs,
 * events, wait, stop, build, exec, …) has a connection of its own, so that followers delay nothing.
 *
 * <p><b>Failures.</b> A status of the engine is returned as it is; docker-java makes its exceptions of it. Everything
 * else is a {@link DockerEngineException}, and in a response's body an {@link java.io.IOException} with that cause: also
 * a connection that the other end closed in the middle of an answer.
 *
 * <p>Created and closed by its user; the Vertx stays open.
 */
public final class VertxDockerHttpClient implements DockerHttpClient {

    private final Connections connections;
    private final CommandTransport transport;

    private VertxDockerHttpClient(Builder builder) {
        Endpoint endpoint = Endpoint.of(builder.dockerHost, builder.sslConfig != null);
        EngineErrors failures = new EngineErrors(endpoint.text(), EngineMapper.mapper());
        this.connections = new Connections(builder.vertx, endpoint, builder.sslConfig, builder.options, () -> {});
        this.transport =
                new CommandTransport(connections, path -> path, new Patience(builder.responseTimeout, failures));
    }

    /**
     * Sends a request and waits for the head of its response. The caller closes the response.
     *
     * @throws IllegalStateException on an event loop, and after {@link #close}
     * @throws DockerEngineException when there is no response
     */
    @Override
    public Response execute(Request request) {
        return transport.execute(request);
    }

    /**
     * Cancels the commands that run, whose callers get an exception, and closes every connection. Waits until they are
     * closed, except on an event loop. Idempotent.
     */
    @Override
    public void close() {
        transport.close();
        Future<Void> closed = connections.loop().run(connections::close).otherwiseEmpty();
        if (!Context.isOnEventLoopThread()) {
            closed.toCompletionStage().toCompletableFuture().join();
        }
    }

    /** Settings of a client; {@link #vertx} and {@link #dockerHost} are required. For one thread. */
    public static final class Builder {

        private Vertx vertx;
        private URI dockerHost;
        private SSLConfig sslConfig;
        private Duration responseTimeout = Patience.ENDLESS;
        private DockerEngineOptions options = DockerEngineOptions.defaults();

        /** The Vert.x instance whose event loops serve the connections. With the native transport if possible. */
        @CanIgnoreReturnValue
        public Builder vertx(Vertx value) {
            vertx = Objects.requireNonNull(value, "vertx");
            return this;
        }

        /**
         * Where the engine is: {@code unix:///path}, {@code tcp://host:port}, {@code http://} or {@code https://}; the
         * last three may have a path, which then precedes the path of each request.
         */
        @CanIgnoreReturnValue
        public Builder dockerHost(URI value) {
            dockerHost = Objects.requireNonNull(value, "dockerHost");
            return this;
        }

        /** Certificates; {@code tcp://} then means TLS. Null, the default, for none. */
        @CanIgnoreReturnValue
        public Builder sslConfig(SSLConfig value) {
            sslConfig = value;
            return this;
        }

        /** How many short commands may run at the same time; 16 by default. More wait for a connection. */
        @CanIgnoreReturnValue
        public Builder maxConnections(int value) {
            options = options.withCommands(value);
            return this;
        }

        /** Time limit for a connection; 2 s by default. */
        @CanIgnoreReturnValue
        public Builder connectionTimeout(Duration value) {
            options = options.withConnect(value);
            return this;
        }

        /**
         * How long the engine may take for each step of a command: to read the next part of the request, to begin its
         * response, and in a short command to continue it. A response that is a stream may be silent for longer. No
         * limit by default, because a stop lasts as long as the container takes.
         */
        @CanIgnoreReturnValue
        public Builder responseTimeout(Duration value) {
            if (value.toMillis() <= 0) {
                throw new IllegalArgumentException("responseTimeout is " + value + "; it must be above 0");
            }
            responseTimeout = value;
            return this;
        }

        /**
         * Connects nothing yet.
         *
         * @throws NullPointerException without a Vertx or a dockerHost
         * @throws IllegalArgumentException for a host or certificates that cannot be used; the message says what to
         *     change
         */
        public VertxDockerHttpClient build() {
            Objects.requireNonNull(vertx, "vertx");
            Objects.requireNonNull(dockerHost, "dockerHost");
            return new VertxDockerHttpClient(this);
        }
    }
}
