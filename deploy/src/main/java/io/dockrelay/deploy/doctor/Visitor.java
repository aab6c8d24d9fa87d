package io.dockrelay.deploy.doctor;

import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.net.PemTrustOptions;

import io.dockrelay.deploy.commands.CommandException;

/**
 * Sends what a browser sends, and waits for the answer on the calling thread. Owned by one {@link Examination}, which closes
 * it.
 */
final class Visitor implements AutoCloseable {

    /** For an answer; a browser would wait longer, its user would not. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int LARGEST_MESSAGE = 64 * 1024 * 1024;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final HttpClient http;
    private final WebSocketClient sockets;
    private final Means means;

    /**
     * What a browser and its user add.
     *
     * @param ca a PEM file with the issuers to trust; empty: those that Java knows
     * @param anyCertificate whether any certificate will do, as for this machine's own address
     * @param token an API token; empty: none
     * @param home the address that may get the token: a redirection or the page may lead to another one
     */
    record Means(Optional<String> ca, boolean anyCertificate, Optional<String> token, PageAddress home) {

        Map<String, String> credentialsFor(URI url) {
            return token.filter(any -> home.mayShareWith(url))
                    .map(text -> Map.of("Authorization", "Bearer " + text))
                    .orElse(Map.of());
        }
    }

    /** The result of a handshake: an open page, or the reply that refuses it. The other one is null. */
    record Handshake(OpenPage page, PageReply refusal) {

        boolean isAccepted() {
            return page != null;
        }
    }

    Visitor(Means means) {
        this.means = means;
        var httpOptions =
                new HttpClientOptions().setTrustAll(means.anyCertificate()).setVerifyHost(!means.anyCertificate());
        var socketOptions = new WebSocketClientOptions()
                .setTrustAll(means.anyCertificate())
                .setVerifyHost(!means.anyCertificate())
                .setMaxFrameSize(LARGEST_MESSAGE)
                .setMaxMessageSize(LARGEST_MESSAGE);
        means.ca().map(path -> new PemTrustOptions().addCertPath(path)).ifPresent(trust -> {
            httpOptions.setTrustOptions(trust);
            socketOptions.setTrustOptions(trust);
        });
        http = vertx.createHttpClient(httpOptions);
        sockets = vertx.createWebSocketClient(socketOptions);
    }

    /** @throws CommandException if there is no answer, with the reason */
    PageReply get(URI url, Map<String, String> headers) {
        return await(
                url,
                request(url, headers)
                        .compose(HttpClientRequest::send)
                        .compose(response -> response.body().map(body -> reply(response, body))));
    }

    /** When each part of the answer arrived, in milliseconds; the reply alone if it is none with parts. */
    Optional<List<Long>> parts(URI url, Map<String, String> headers) {
        List<Long> arrivals = new ArrayList<>();
        Promise<Optional<List<Long>>> ended = Promise.promise();
        Future<Void> sent = request(url, headers)
                .compose(HttpClientRequest::send)
                .map(response -> {
                    boolean inParts = response.statusCode() == 200
                            && !reply(response, Buffer.buffer()).type().contains("html");
                    response.handler(part -> arrivals.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime())));
                    response.exceptionHandler(ended::tryFail);
                    response.endHandler(
                            end -> ended.tryComplete(inParts ? Optional.of(List.copyOf(arrivals)) : Optional.empty()));
                    return null;
                });
        sent.onFailure(ended::tryFail);
        return await(url, ended.future());
    }

    /** @throws CommandException if there is no answer, with the reason */
    Handshake open(URI url, String origin) {
        WebSocketConnectOptions options = new WebSocketConnectOptions()
                .setAbsoluteURI(url.toString().replaceFirst("^http", "ws"))
                .putHeader("Origin", origin);
        means.credentialsFor(url).forEach(options::putHeader);
        ClientWebSocket socket = sockets.webSocket();
        OpenPage page = new OpenPage(socket);
        Future<Handshake> answered = socket.connect(options)
                .map(open -> new Handshake(page, null))
                .recover(cause -> cause instanceof UpgradeRejectedException refused
                        ? Future.succeededFuture(new Handshake(null, reply(refused)))
                        : Future.failedFuture(cause));
        return await(url, answered);
    }

    private Future<HttpClientRequest> request(URI url, Map<String, String> headers) {
        RequestOptions options = new RequestOptions().setMethod(HttpMethod.GET).setAbsoluteURI(url.toString());
        headers.forEach(options::putHeader);
        means.credentialsFor(url).forEach(options::putHeader);
        return http.request(options);
    }

    private static PageReply reply(HttpClientResponse response, Buffer body) {
        return new PageReply(
                response.statusCode(),
                text(response.getHeader("Content-Type")).toLowerCase(Locale.ROOT),
                text(response.getHeader("Location")),
                body.toString());
    }

    private static PageReply reply(UpgradeRejectedException refused) {
        return new PageReply(
                refused.getStatus(),
                text(refused.getHeaders().get("Content-Type")).toLowerCase(Locale.ROOT),
                text(refused.getHeaders().get("Location")),
                refused.getBody() == null ? "" : refused.getBody().toString());
    }

    private static String text(String header) {
        return header == null ? "" : header;
    }

    private static <T> T await(URI url, Future<T> future) {
        try {
            return future.timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException failed) {
            throw CommandException.failed(url + " does not answer: " + reason(failed.getCause()) + ".");
        }
    }

    private static String reason(Throwable cause) {
        return switch (cause) {
            case TimeoutException late -> "nothing within " + PATIENCE.toSeconds() + " s";
            case UnknownHostException unknown -> "this name is unknown here";
            case SSLException tls ->
                "its certificate is not accepted (" + tls.getMessage() + "); --ca FILE names its issuer";
            default -> String.valueOf(cause.getMessage()).replaceAll("\\.$", "");
        };
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
