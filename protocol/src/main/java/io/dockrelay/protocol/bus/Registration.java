package io.dockrelay.protocol.bus;

import io.vertx.core.Future;

/** One listener on the bus. Owned by whoever registered it, and closed in that verticle's {@code stop}. */
public interface Registration {

    /** Completes when the whole cluster knows of it. */
    Future<Void> ready();

    /** Ends it; calling it again does nothing. */
    Future<Void> close();
}
