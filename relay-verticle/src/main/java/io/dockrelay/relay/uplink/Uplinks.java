package io.dockrelay.relay.uplink;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deploys the uplinks of a relay, one per host and port. */
public final class Uplinks {

    private static final Logger log = LoggerFactory.getLogger(Uplinks.class);

    private Uplinks() {}

    /** Called on the relay's context: the uplinks are undeployed with its verticle. */
    public static Future<Void> deploy(Vertx vertx, List<UplinkTarget> targets) {
        var ids = new RepresentedIds();
        return Future.join(oncePerAddress(targets).stream()
                        .map(target -> vertx.deployVerticle(new Uplink(target, UplinkLimits.standard(), ids)))
                        .toList())
                .mapEmpty();
    }

    /** Two uplinks to one address would announce one placeholder. */
    private static Collection<UplinkTarget> oncePerAddress(List<UplinkTarget> targets) {
        Map<String, UplinkTarget> distinct = new LinkedHashMap<>();
        for (UplinkTarget target : targets) {
            if (distinct.putIfAbsent(target.placeholder(), target) != null) {
                log.warn(
                        "[controller-ws] the host and port of {} are twice in controllerWs (CONTROLLER_WS): remove one;"
                                + " the second is ignored",
                        target.ws());
            }
        }
        return distinct.values();
    }
}
