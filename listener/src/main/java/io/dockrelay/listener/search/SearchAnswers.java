package io.dockrelay.listener.search;

import java.util.List;
import java.util.function.Function;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;

import io.dockrelay.listener.JsonAnswers;
import io.dockrelay.protocol.bus.search.SearchSource;

/** Answers searches. Stateless; on the server's context. */
public final class SearchAnswers {

    private final Vertx vertx;

    public SearchAnswers(Vertx vertx) {
        this.vertx = vertx;
    }

    /** The values of a request's query parameters; none for one that is absent. */
    public static Function<String, List<String>> parameters(RoutingContext context) {
        return context.queryParams()::getAll;
    }

    /**
     * Sends what a search finds, or why it could not begin.
     *
     * @return completes when the search has ended, for whatever reason
     */
    public Future<Void> send(RoutingContext context, Future<? extends SearchSource> opening) {
        return opening.<Void>transform(opened -> {
            if (opened.failed()) {
                JsonAnswers.refuse(context, opened.cause());
                return Future.succeededFuture();
            }
            SearchSource search = opened.result();
            if (context.response().closed()) {
                search.close();
                return Future.succeededFuture();
            }
            return new SearchTransfer(vertx, search, context.response()).run();
        });
    }
}
