package io.dockrelay.docker;

import com.github.dockerjava.core.DockerClientConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.docker.DockerEngineException.Kind;

/**
 * The two pools to one engine. Commands share a few connections that stay open; what may take long (streams, and
 * commands that answer when a container has obeyed) gets a connection each, so that neither waits for the other. Owned
 * by one {@link HttpDockerEngine}; any thread.
 */
final class Connections {

    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

    /** The largest piece of a body; the default of 8 KiB makes twice the work on a full log. */
    private static final int PIECE = 64 * 1024;

    /** How long a connection outlives its stream; the next one may have it. */
    private static final int IDLE_SECONDS = 5;

    private final Endpoint endpoint;
    private final HttpClient commands;
    private final HttpClient streams;

    Connections(Vertx vertx, Endpoint endpoint, DockerClientConfig config, DockerEngineOptions options, Runnable lost) {
        this.endpoint = endpoint;
        this.commands = vertx.httpClientBuilder()
                .with(options(endpoint, config, options).setKeepAlive(true))
                .with(new PoolOptions().setHttp1MaxSize(options.commands()).setMaxWaitQueueSize(options.waiting()))
                .withConnectHandler(connection -> watch(connection, lost))
                .build();
        this.streams = vertx.httpClientBuilder()
                // Not "Connection: close": a reader that pauses would lose what the engine had sent when it closed.
                .with(options(endpoint, config, options).setKeepAlive(true).setKeepAliveTimeout(IDLE_SECONDS))
                .with(new PoolOptions().setHttp1MaxSize(options.streams()).setMaxWaitQueueSize(0))
                .build();
        sayTransport(vertx);
    }

    Endpoint endpoint() {
        return endpoint;
    }

    /** A request on a pooled connection. */
    Future<HttpClientRequest> command(HttpMethod method, String uri) {
        return request(commands, method, uri);
    }

    /** A request on a connection that it shares with nobody. */
    Future<HttpClientRequest> stream(HttpMethod method, String uri) {
        return request(streams, method, uri);
    }

    Future<Void> close() {
        return Future.join(commands.close(), streams.close()).mapEmpty();
    }

    private Future<HttpClientRequest> request(HttpClient client, HttpMethod method, String uri) {
        try {
            return client.request(to(method, uri));
        } catch (IllegalStateException closed) {
            // A closed client throws instead of failing the future.
            return Future.failedFuture(new DockerEngineException(
                    Kind.UNREACHABLE, 0, "The DockerEngine for " + endpoint.text() + " is closed", closed));
        }
    }

    private static void watch(HttpConnection connection, Runnable lost) {
        connection.closeHandler(closed -> lost.run());
    }

    private RequestOptions to(HttpMethod method, String uri) {
        RequestOptions request =
                new RequestOptions().setMethod(method).setURI(uri).setHost(endpoint.host());
        return endpoint.isSocket()
                ? request.setServer(SocketAddress.domainSocketAddress(endpoint.path()))
                : request.setPort(endpoint.port());
    }

    private static HttpClientOptions options(
            Endpoint endpoint, DockerClientConfig config, DockerEngineOptions options) {
        HttpClientOptions http = new HttpClientOptions()
                .setConnectTimeout((int) options.connect().toMillis())
                .setMaxChunkSize(PIECE)
                // Finds a peer that went without a word, if late; a domain socket has no such peer.
                .setTcpKeepAlive(!endpoint.isSocket());
        if (endpoint.tls()) {
            Tls.apply(config.getSSLConfig(), http);
        }
        return http;
    }

    private void sayTransport(Vertx vertx) {
        if (vertx.isNativeTransportEnabled()) {
            LOG.info("Docker engine at {}, by the native transport", endpoint.text());
        } else {
            Throwable why = vertx.unavailableNativeTransportCause();
            LOG.info(
                    "Docker engine at {}, by NIO: {}",
                    endpoint.text(),
                    why == null ? "this Vertx was not made with preferNativeTransport" : why.toString());
        }
    }
}
