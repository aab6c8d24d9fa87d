package io.dockrelay.controller.logs.tail;

import io.vertx.core.Vertx;

import io.dockrelay.controller.logs.store.StoreReader;
import io.dockrelay.docker.DockerEngine;

/**
 * What the parts of one tail share. Used on the context of its {@link LogTailer}.
 *
 * @param batches where all streams of the tail end
 * @param marker the stage before the batches; a mark may wait in it from one stream to the next
 */
record TailContext(
        Vertx vertx,
        DockerEngine engine,
        StoreReader store,
        TailLimits limits,
        OutgoingBatches batches,
        RestartMarker marker) {

    static TailContext of(Vertx vertx, DockerEngine engine, TailLimits limits, OutgoingBatches batches) {
        return new TailContext(
                vertx, engine, new StoreReader(vertx, engine), limits, batches, new RestartMarker(batches));
    }
}
