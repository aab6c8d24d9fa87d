package io.dockrelay.relay.http;

import java.util.Arrays;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the dashboard from memory. A path without a file is a route inside the page, so it gets the page. Below {@code
 * /api} and {@code /assets} it gets a 404 instead. On the relay's context.
 */
final class Dashboard implements Handler<RoutingContext> {

    private static final Logger log = LoggerFactory.getLogger(Dashboard.class);

    private static final String POLICY = "default-src 'self'; connect-src 'self'; img-src 'self' data:;"
            + " style-src 'self'; worker-src 'self'; object-src 'none'; base-uri 'self'; form-action 'none';"
            + " frame-ancestors 'none'";

    private static final String NOT_BUILT = "<!doctype html><title>Dockrelay</title><p>This relay runs, but its"
            + " dashboard was not built. Build the web module, or use the WebSocket and /api.</p>\n";

    private final Assets assets;
    private final String pathPrefix;

    Dashboard(Assets assets, String pathPrefix) {
        this.assets = assets;
        this.pathPrefix = pathPrefix;
    }

    @Override
    public void handle(RoutingContext context) {
        String path = below(context.normalizedPath());
        Asset asset = assets.at(path);
        boolean route =
                !path.equals("api") && !path.startsWith("api/") && !path.startsWith("assets/") && !path.contains("..");
        if (asset == null && !route) {
            context.fail(404);
        } else if (asset != null && !path.equals(Assets.INDEX)) {
            serve(context.request(), asset);
        } else {
            page(context.request());
        }
    }

    /** The path without its leading slash, and without the prefix if a proxy did not remove it. */
    private String below(String path) {
        boolean prefixed = !pathPrefix.isEmpty() && (path + "/").startsWith(pathPrefix + "/");
        String rest = prefixed ? path.substring(pathPrefix.length()) : path;
        return rest.startsWith("/") ? rest.substring(1) : rest;
    }

    private void page(HttpServerRequest request) {
        HttpServerResponse response = request.response().putHeader("Content-Security-Policy", POLICY);
        if (assets.index() != null) {
            serve(request, assets.index());
            return;
        }
        response.setStatusCode(503).putHeader("Content-Type", "text/html; charset=utf-8");
        end(request, Buffer.buffer(NOT_BUILT));
    }

    private static void serve(HttpServerRequest request, Asset asset) {
        ContentEncoding form = ContentEncoding.best(
                request.getHeader("Accept-Encoding"), asset.forms().keySet());
        HttpServerResponse response = request.response()
                .putHeader("ETag", asset.etag(form))
                .putHeader("Vary", "Accept-Encoding")
                .putHeader("Cache-Control", asset.immutable() ? "public, max-age=31536000, immutable" : "no-cache");
        if (isCached(request.getHeader("If-None-Match"), asset.etag(form))) {
            response.setStatusCode(304);
            ignoreFailure(request, response.end());
            return;
        }
        response.putHeader("Content-Type", asset.contentType());
        if (form != ContentEncoding.IDENTITY) {
            response.putHeader("Content-Encoding", form.token());
        }
        end(request, asset.forms().get(form));
    }

    /** Whether the client already has this version; a weak comparison, as for every GET. */
    private static boolean isCached(String ifNoneMatch, String etag) {
        return ifNoneMatch != null
                && Arrays.stream(ifNoneMatch.split(",", -1))
                        .map(String::strip)
                        .anyMatch(tag -> tag.equals("*") || tag.equals(etag) || tag.equals("W/" + etag));
    }

    private static void end(HttpServerRequest request, Buffer content) {
        HttpServerResponse response =
                request.response().putHeader("Content-Length", Integer.toString(content.length()));
        ignoreFailure(request, request.method().equals(HttpMethod.HEAD) ? response.end() : response.end(content));
    }

    /** A write fails only after the client has disconnected. */
    private static void ignoreFailure(HttpServerRequest request, Future<Void> sent) {
        sent.onFailure(gone -> log.debug("the client disconnected before {} was sent", request.path()));
    }
}
