package io.dockrelay.relay.uplink;

import java.net.URI;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deploys the uplinks of a relay, one per WebSocket URL. */
public final class Uplinks {

    private static final Logger log = LoggerFactory.getLogger(Uplinks.class);

    private Uplinks() {}

    /** Called on the relay's context: the uplinks are undeployed with its verticle. */
    public static Future<Void> deploy(Vertx vertx, List<UplinkTarget> targets) {
        var ids = new RepresentedIds();
        return Future.join(oncePerUrl(targets).stream()
                        .map(target -> vertx.deployVerticle(new Uplink(target, UplinkLimits.standard(), ids)))
                        .toList())
                .mapEmpty();
    }

    private static Collection<UplinkTarget> oncePerUrl(List<UplinkTarget> targets) {
        Map<URI, UplinkTarget> distinct = new LinkedHashMap<>();
        for (UplinkTarget target : targets) {
            if (distinct.putIfAbsent(target.ws(), target) != null) {
                log.warn(
                        "[controller-ws] {} is twice in controllerWs (CONTROLLER_WS): remove one; the second is ignored",
                        target.ws());
            }
        }
        return distinct.values();
    }
}
