package io.dockrelay.controller.logs.search;

import java.time.Instant;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;

import io.dockrelay.controller.logs.store.EngineFailures;
import io.dockrelay.controller.logs.store.StoreReader;
import io.dockrelay.docker.DockerEngine;
import io.dockrelay.docker.DockerEngineException.Kind;
import io.dockrelay.protocol.bus.Refusal;

/** Where logs are, and the threads that search them. Stateless; on the caller's context. */
record SearchEngine(Vertx vertx, DockerEngine docker, StoreReader store, WorkerExecutor workers) {

    /** Finds out what a log needs before it is read; does nothing for one that is known. Fails with a refusal. */
    Future<Void> inspect(SearchedLog log) {
        if (log.known()) {
            return Future.succeededFuture();
        }
        return store.inspect(log.id())
                .compose(container ->
                        newest(log, container.terminal()).onSuccess(newest -> log.opened(container.terminal(), newest)))
                .recover(failure -> Future.failedFuture(EngineFailures.refusal(log.name(), failure)))
                .mapEmpty();
    }

    /** A read of the log that it needs next. */
    SearchRead read(SearchedLog log, ZoneScan scan, Runnable onSlice) {
        var source = new SearchRead.Source(docker, store, log.id(), log.read());
        return new SearchRead(vertx, workers, source, scan, onSlice);
    }

    /** Whether the container is still there, as far as the engine says. */
    Future<Boolean> exists(SearchedLog log) {
        return store.inspect(log.id())
                .map(true)
                .recover(failure -> Future.succeededFuture(EngineFailures.kind(failure) != Kind.NOT_FOUND));
    }

    /** A log that is damaged at its end may be readable up to there. */
    private Future<Instant> newest(SearchedLog log, boolean terminal) {
        return store.newest(log.id(), terminal).recover(failure -> {
            boolean damaged = !(failure instanceof Refusal) && EngineFailures.kind(failure) == Kind.SERVER_ERROR;
            return damaged ? Future.succeededFuture() : Future.failedFuture(failure);
        });
    }
}
