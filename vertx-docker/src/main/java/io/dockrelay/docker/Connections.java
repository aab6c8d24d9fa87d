package io.dockrelay.docker;

import java.util.concurrent.atomic.AtomicInteger;

import com.github.dockerjava.transport.SSLConfig;
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
 * The connections to one engine. Short commands share a pool of connections that stay open. Long commands, which are
 * answered only when a container has acted, get a connection each, so that they do not delay short ones. A stream has a
 * bare connection: the engine sends an HTTP chunk per log line, and Vert.x's HTTP client makes objects per chunk. Owned
 * by one {@link HttpDockerEngine} or {@link VertxDockerHttpClient}, which closes it; any thread.
 */
final class Connections {

    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

    /** How long a connection stays open after a long command, for the next one. */
    private static final int IDLE_SECONDS = 5;

    /** One read empties a full socket buffer: about 280 log lines that were written separately. */
    private static final int READ_BYTES = 64 * 1024;

    private final Vertx vertx;
    private final Endpoint endpoint;
    private final int maxStreams;
    private final HttpClient commands;
    private final HttpClient longCommands;
    private final NetClient streams;
    private final AtomicInteger openStreams = new AtomicInteger();

    /**
     * @param certificates null for none
     * @param lost called on each loss of a pooled connection
     */
    Connections(Vertx vertx, Endpoint endpoint, SSLConfig certificates, DockerEngineOptions options, Runnable lost) {
        this.vertx = vertx;
        this.endpoint = endpoint;
        this.maxStreams = options.streams();
        this.commands = vertx.httpClientBuilder()
                .with(options(endpoint, certificates, options).setKeepAlive(true))
                .with(new PoolOptions().setHttp1MaxSize(options.commands()).setMaxWaitQueueSize(options.waiting()))
                .withConnectHandler(connection -> watch(connection, lost))
                .build();
        this.longCommands = vertx.httpClientBuilder()
                .with(options(endpoint, certificates, options)
                        .setKeepAlive(true)
                        .setKeepAliveTimeout(IDLE_SECONDS))
                .with(new PoolOptions().setHttp1MaxSize(options.streams()).setMaxWaitQueueSize(0))
                .build();
        this.streams = vertx.createNetClient(bare(endpoint, certificates, options));
        logTransport();
    }

    Endpoint endpoint() {
        return endpoint;
    }

    /** An event loop for one command of a thread that blocks. */
    RequestLoop loop() {
        return RequestLoop.of(vertx);
    }

    /** A request on a pooled connection. */
    Future<HttpClientRequest> command(HttpMethod method, String uri) {
        return request(commands, method, uri);
    }

    /** A request on a connection that no other request shares at the same time. */
    Future<HttpClientRequest> longCommand(HttpMethod method, String uri) {
        return request(longCommands, method, uri);
    }

    /** A new connection for one stream, on the caller's context. The caller closes it. */
    Future<NetSocket> stream() {
        if (openStreams.incrementAndGet() > maxStreams) {
            openStreams.decrementAndGet();
            return Future.failedFuture(new DockerEngineException(
                    Kind.BUSY,
                    "All " + maxStreams + " streams to " + endpoint.text() + " are in use; close some, or allow more"));
        }
        SocketAddress address = endpoint.isSocket()
                ? SocketAddress.domainSocketAddress(endpoint.socket())
                : SocketAddress.inetSocketAddress(endpoint.port(), endpoint.host());
        return connect(address).onSuccess(this::connected).onFailure(failed -> openStreams.decrementAndGet());
    }

    Future<Void> close() {
        return Future.join(commands.close(), longCommands.close(), streams.close())
                .mapEmpty();
    }

    private void connected(NetSocket socket) {
        socket.closeHandler(closed -> openStreams.decrementAndGet());
        if (endpoint.tls()) {
            Tls.closeWithPeer(socket);
        }
    }

    private Future<NetSocket> connect(SocketAddress address) {
        try {
            return streams.connect(address).recover(this::named);
        } catch (IllegalStateException closed) {
            return Future.failedFuture(engineClosed(closed));
        }
    }

    private <T> Future<T> named(Throwable failure) {
        return Future.failedFuture(failure instanceof IllegalStateException closed ? engineClosed(closed) : failure);
    }

    /** Vert.x: a closed client throws, or fails the future when it is closed meanwhile. */
    private DockerEngineException engineClosed(IllegalStateException closed) {
        return new DockerEngineException(
                Kind.UNREACHABLE, 0, "The Docker client for " + endpoint.text() + " is closed", closed);
    }

    private Future<HttpClientRequest> request(HttpClient client, HttpMethod method, String uri) {
        try {
            return client.request(to(method, uri)).recover(this::named);
        } catch (IllegalStateException closed) {
            return Future.failedFuture(engineClosed(closed));
        }
    }

    private static void watch(HttpConnection connection, Runnable lost) {
        connection.closeHandler(closed -> lost.run());
    }

    private RequestOptions to(HttpMethod method, String uri) {
        RequestOptions request =
                new RequestOptions().setMethod(method).setURI(endpoint.uri(uri)).setHost(endpoint.host());
        return endpoint.isSocket()
                ? request.setServer(SocketAddress.domainSocketAddress(endpoint.socket()))
                : request.setPort(endpoint.port());
    }

    private static HttpClientOptions options(Endpoint endpoint, SSLConfig certificates, DockerEngineOptions options) {
        HttpClientOptions http = new HttpClientOptions()
                .setConnectTimeout((int) options.connect().toMillis())
                // Detects, after a while, a peer that disappeared without closing; a domain socket's peer cannot.
                .setTcpKeepAlive(!endpoint.isSocket());
        if (endpoint.tls()) {
            Tls.apply(certificates, http);
        }
        return http;
    }

    private static NetClientOptions bare(Endpoint endpoint, SSLConfig certificates, DockerEngineOptions options) {
        NetClientOptions net = new NetClientOptions()
                .setConnectTimeout((int) options.connect().toMillis())
                .setTcpKeepAlive(!endpoint.isSocket());
        if (endpoint.isSocket()) {
            net.setReceiveBufferSize(READ_BYTES);
        }
        if (endpoint.tls()) {
            Tls.apply(certificates, net);
        }
        return net;
    }

    private void logTransport() {
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
