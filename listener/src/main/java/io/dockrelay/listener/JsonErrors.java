package io.dockrelay.listener;

import java.util.OptionalInt;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.wire.ErrorBody;
import io.dockrelay.protocol.wire.WireJson;

/** Every error answer of a listener: a matching status and an {@link ErrorBody}. */
public final class JsonErrors {

    private static final Logger LOG = LoggerFactory.getLogger(JsonErrors.class);

    private JsonErrors() {}

    /** Makes a router send all its own error answers in this form. */
    public static void install(Router router) {
        for (int status : new int[] {
            400, 401, 403, 404, 405, 406, 408, 409, 411, 413, 414, 415, 416, 429, 431, 500, 501, 502, 503, 504
        }) {
            router.errorHandler(status, context -> failed(context, status));
        }
    }

    /** Answers with a sentence. If the head has already been sent, resets the response instead. */
    public static void answer(HttpServerResponse response, int status, String sentence) {
        answer(response, status, new ErrorBody(sentence, null), OptionalInt.empty());
    }

    /** The same with the refusal's own status and sentence, and when to try again, if that is known. */
    static void answer(HttpServerResponse response, Refusal refusal) {
        RefusalKind kind = refusal.kind();
        answer(response, kind.httpStatus(), kind.body(refusal.getMessage()), kind.retryAfterSeconds());
    }

    private static void answer(HttpServerResponse response, int status, ErrorBody body, OptionalInt retryAfter) {
        if (response.ended() || response.closed()) {
            return;
        }
        if (response.headWritten()) {
            response.reset();
            return;
        }
        retryAfter.ifPresent(seconds -> response.putHeader("Retry-After", Integer.toString(seconds)));
        Future<Void> sent = response.setStatusCode(status)
                .putHeader("Content-Type", "application/json; charset=utf-8")
                .putHeader("Cache-Control", "no-store")
                .end(Buffer.buffer(WireJson.write(body)));
        sent.onFailure(gone -> LOG.debug("the client disconnected before the {}", status));
    }

    /** Answers bytes that are not a request, and closes the connection. */
    static void invalid(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        HttpServerResponse response = request.response();
        if (cause instanceof TooLongHttpLineException) {
            answer(
                    response,
                    414,
                    "The request line is longer than " + ListenerOptions.LONGEST_LINE
                            + " bytes: use fewer or shorter parameters.");
        } else if (cause instanceof TooLongHttpHeaderException) {
            answer(response, 431, "The request's headers are too long.");
        } else {
            answer(response, 400, "This is not an HTTP request.");
        }
        // The beginning of the next request cannot be found.
        request.connection().close().onFailure(closed -> LOG.debug("closed already"));
    }

    private static void failed(RoutingContext context, int status) {
        if (status == 500) {
            LOG.error(
                    "{} {} failed",
                    context.request().method(),
                    context.request().path(),
                    context.failure());
        }
        answer(context.response(), status, sentence(status, context));
    }

    private static String sentence(int status, RoutingContext context) {
        if (context.failure() instanceof HttpException given && given.getPayload() != null) {
            return given.getPayload();
        }
        return switch (status) {
            case 400 -> "The request cannot be understood.";
            case 401 -> "Sign in first.";
            case 403 -> "This is not allowed.";
            case 404 -> "There is nothing at this path.";
            case 405 -> context.request().method() + " is not possible on this path.";
            case 413 -> "The request's body is too large.";
            case 414 -> "The request line is too long.";
            case 415 -> "This content type is not understood.";
            case 500 -> "Something went wrong; see the log of this program for the reason.";
            default -> "The request failed with status " + status + ".";
        };
    }
}
