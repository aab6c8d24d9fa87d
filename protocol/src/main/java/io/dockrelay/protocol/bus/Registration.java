package io.dockrelay.protocol.bus;

import io.vertx.core.Future;

/** One handler on the bus. Owned by the verticle that registered it, and closed in its {@code stop}. */
public interface Registration {

    /** Completes when every member of the cluster has it. */
    Future<Void> ready();

    /** Ends it; calling it again does nothing. */
    Future<Void> close();
}
