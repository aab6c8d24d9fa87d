package io.dockrelay.relay.uplink;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;

import io.dockrelay.listener.HttpListener;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;

/**
 * A client of one controller's REST interface. An error answer becomes a {@link Refusal} with the controller's message. Owned
 * by its {@link Uplink}, on its context; ends with {@link #close}.
 */
final class ControllerRest {

    private static final int CONNECTIONS = 16;

    private static final int STREAMS = 64;

    private static final String WEB_SOCKET_PORT = "a controller's WebSocket port answers at its REST address; set"
            + " controllerApi (CONTROLLER_API) to the REST port, which is 8089 by default";

    /** An answer with any status. */
    record Answer(int status, Buffer body) {}

    private final URI api;
    private final String root;
    private final UplinkLimits limits;
    private final UplinkAccess access;
    private final HttpClient client;

    /** For long answers, so that they do not delay short ones. */
    private final HttpClient streams;

    ControllerRest(Vertx vertx, URI api, UplinkLimits limits, UplinkAccess access) {
        this.api = api;
        this.limits = limits;
        this.access = access;
        String text = api.toString();
        root = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        client = vertx.createHttpClient(
                new HttpClientOptions().setConnectTimeout((int) limits.connect().toMillis()),
                new PoolOptions().setHttp1MaxSize(CONNECTIONS));
        streams = vertx.createHttpClient(
                new HttpClientOptions().setConnectTimeout((int) limits.connect().toMillis()),
                new PoolOptions().setHttp1MaxSize(STREAMS));
    }

    /** The timeout of a short request. */
    Duration requestTimeout() {
        return limits.request();
    }

    /** The body of a successful GET. */
    Future<Buffer> get(String path) {
        return send(HttpMethod.GET, path, limits.request()).compose(ControllerRest::accepted);
    }

    /** Any answer to a request, errors included. */
    Future<Answer> send(HttpMethod method, String path, Duration timeout) {
        return client.request(options(method, path))
                .compose(request -> exchange(request, timeout))
                .recover(failure -> Future.failedFuture(refusal(failure, timeout)));
    }

    /** The answer to a GET with a long body; paused. Fails with a refusal for an error answer. */
    Future<HttpClientResponse> stream(String path) {
        return streams.request(options(HttpMethod.GET, path))
                .compose(request -> request.send()
                        .compose(ControllerRest::longAnswer)
                        .timeout(limits.request().toMillis(), TimeUnit.MILLISECONDS)
                        .onFailure(failure -> cancel(request)))
                .recover(failure -> Future.failedFuture(refusal(failure, limits.request())));
    }

    /** The body of a successful answer; fails with the refusal of an error answer. */
    static Future<Buffer> accepted(Answer answer) {
        return answer.status() < 300 ? Future.succeededFuture(answer.body()) : Future.failedFuture(refusal(answer));
    }

    static Refusal refusal(Answer answer) {
        String message = message(answer);
        if (answer.status() == ConnectionFailures.UNAUTHORIZED) {
            return new Refusal(
                    RefusalKind.CONTROLLER_UNAVAILABLE, "the controller does not accept this relay: " + message);
        }
        return message.equals(HttpListener.ONLY_WEB_SOCKETS)
                ? new Refusal(RefusalKind.ENGINE_ERROR, WEB_SOCKET_PORT)
                : new Refusal(ErrorAnswers.kind(answer.status(), answer.body()), message);
    }

    /** The refusal for an answer that has not the expected form, as when another server answers at the address. */
    static Refusal unreadable(String what, RuntimeException failure) {
        String why = "the controller's " + what + " cannot be read: " + failure.getMessage()
                + "; check that controllerApi (CONTROLLER_API) is its REST address";
        return new Refusal(RefusalKind.ENGINE_ERROR, why);
    }

    /** A name as one segment of a path, or as the value of a parameter. */
    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    Future<Void> close() {
        return Future.join(client.close(), streams.close()).mapEmpty();
    }

    private RequestOptions options(HttpMethod method, String path) {
        return access.to(
                api,
                new RequestOptions()
                        .setMethod(method)
                        .setAbsoluteURI(root + path)
                        .setConnectTimeout(limits.connect().toMillis()));
    }

    private static Future<HttpClientResponse> longAnswer(HttpClientResponse response) {
        if (response.statusCode() == 200) {
            return Future.succeededFuture(response.pause());
        }
        return answer(response).compose(answer -> Future.failedFuture(refusal(answer)));
    }

    private Future<Answer> exchange(HttpClientRequest request, Duration timeout) {
        return request.send()
                .compose(ControllerRest::answer)
                .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .onFailure(failure -> cancel(request));
    }

    private static void cancel(HttpClientRequest request) {
        var unused = request.reset(); // The request has failed already: this failure changes nothing.
    }

    private static Future<Answer> answer(HttpClientResponse response) {
        return response.body().map(body -> new Answer(response.statusCode(), body));
    }

    private Refusal refusal(Throwable failure, Duration timeout) {
        if (failure instanceof Refusal refusal) {
            return refusal;
        }
        if (failure instanceof TimeoutException) {
            String within = " within " + timeout.toSeconds() + " s";
            return new Refusal(RefusalKind.TIMED_OUT, "no answer from the controller at " + root + within);
        }
        String why = "the controller at " + root + " cannot be reached: " + ConnectionFailures.why(failure)
                + "; check that it runs, and controllerApi (CONTROLLER_API)";
        return new Refusal(RefusalKind.CONTROLLER_UNAVAILABLE, why);
    }

    private static String message(Answer answer) {
        return ErrorAnswers.sentence(answer.body())
                .orElseGet(() -> "the controller, or a proxy in front of it, answered with HTTP " + answer.status()
                        + " and no reason");
    }
}
