package io.dockrelay.docker;

import java.util.concurrent.atomic.AtomicInteger;

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
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.docker.DockerEngineException.Kind;

/**
 * The connections to one engine. Commands share a few that stay open; commands that answer when a container has obeyed
 * get one each, so that neither waits for the other; and a stream has a bare connection, because the engine makes an
 * HTTP chunk of every log line, which is too much work for a client that makes an object of every chunk. Owned by one
 * {@link HttpDockerEngine}; any thread.
 */
final class Connections {

    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

    /** How long a connection outlives a long command; the next one may have it. */
    private static final int IDLE_SECONDS = 5;

    /** One read takes all that a socket holds, which is some 280 log lines, each written by itself. */
    private static final int READ_BYTES = 64 * 1024;

    private final Endpoint endpoint;
    private final int mostStreams;
    private final HttpClient commands;
    private final HttpClient longCommands;
    private final NetClient streams;
    private final AtomicInteger openStreams = new AtomicInteger();

    Connections(Vertx vertx, Endpoint endpoint, DockerClientConfig config, DockerEngineOptions options, Runnable lost) {
        this.endpoint = endpoint;
        this.mostStreams = options.streams();
        this.commands = vertx.httpClientBuilder()
                .with(options(endpoint, config, options).setKeepAlive(true))
                .with(new PoolOptions().setHttp1MaxSize(options.commands()).setMaxWaitQueueSize(options.waiting()))
                .withConnectHandler(connection -> watch(connection, lost))
                .build();
        this.longCommands = vertx.httpClientBuilder()
                .with(options(endpoint, config, options).setKeepAlive(true).setKeepAliveTimeout(IDLE_SECONDS))
                .with(new PoolOptions().setHttp1MaxSize(options.streams()).setMaxWaitQueueSize(0))
                .build();
        this.streams = vertx.createNetClient(bare(endpoint, config, options));
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
    Future<HttpClientRequest> longCommand(HttpMethod method, String uri) {
        return request(longCommands, method, uri);
    }

    /** A connection of its own for one stream, on the caller's context. Who gets it closes it. */
    Future<NetSocket> stream() {
        if (openStreams.incrementAndGet() > mostStreams) {
            openStreams.decrementAndGet();
            return Future.failedFuture(new DockerEngineException(
                    Kind.UNREACHABLE, "All " + mostStreams + " streams to " + endpoint.text() + " are in use"));
        }
        SocketAddress address = endpoint.isSocket()
                ? SocketAddress.domainSocketAddress(endpoint.path())
                : SocketAddress.inetSocketAddress(endpoint.port(), endpoint.host());
        return connect(address)
                .onSuccess(socket -> socket.closeHandler(closed -> openStreams.decrementAndGet()))
                .onFailure(failed -> openStreams.decrementAndGet());
    }

    Future<Void> close() {
        return Future.join(commands.close(), longCommands.close(), streams.close())
                .mapEmpty();
    }

    private Future<NetSocket> connect(SocketAddress address) {
        try {
            return streams.connect(address);
        } catch (IllegalStateException closed) {
            return Future.failedFuture(isClosed(closed));
        }
    }

    /** A closed client throws instead of failing the future. */
    private DockerEngineException isClosed(IllegalStateException closed) {
        return new DockerEngineException(
                Kind.UNREACHABLE, 0, "The DockerEngine for " + endpoint.text() + " is closed", closed);
    }

    private Future<HttpClientRequest> request(HttpClient client, HttpMethod method, String uri) {
        try {
            return client.request(to(method, uri));
        } catch (IllegalStateException closed) {
            return Future.failedFuture(isClosed(closed));
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
                // Finds a peer that went without a word, if late; a domain socket has no such peer.
                .setTcpKeepAlive(!endpoint.isSocket());
        if (endpoint.tls()) {
            Tls.apply(config.getSSLConfig(), http);
        }
        return http;
    }

    private static NetClientOptions bare(Endpoint endpoint, DockerClientConfig config, DockerEngineOptions options) {
        NetClientOptions net = new NetClientOptions()
                .setConnectTimeout((int) options.connect().toMillis())
                .setTcpKeepAlive(!endpoint.isSocket());
        if (endpoint.isSocket()) {
            net.setReceiveBufferSize(READ_BYTES);
        }
        if (endpoint.tls()) {
            Tls.apply(config.getSSLConfig(), net);
        }
        return net;
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
