package io.dockrelay.relay.uplink;

import io.vertx.core.VerticleBase;

/**
 * One remote controller: dials it, backs off, and answers that controller's bus addresses in its stead. Owned by the
 * relay, deployed once for each target, on an event loop of its own.
 */
public final class Uplink extends VerticleBase {

    @SuppressWarnings("unused")
    public Uplink(UplinkTarget target) {}
}
