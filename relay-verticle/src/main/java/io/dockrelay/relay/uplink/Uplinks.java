package io.dockrelay.relay.uplink;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.settings.UplinkSettings;

/** Deploys the uplinks of a relay, one per host and port. */
public final class Uplinks {

    private static final Logger log = LoggerFactory.getLogger(Uplinks.class);

    private Uplinks() {}

    /**
     * Called on the relay's context: the uplinks are undeployed with its verticle.
     *
     * @param access what they present to the controllers
     */
    public static Future<Void> deploy(Vertx vertx, List<UplinkTarget> targets, UplinkSettings access) {
        var ids = new RepresentedIds();
        Collection<UplinkTarget> distinct = oncePerAddress(targets);
        access.token().ifPresent(token -> warnOfPlainText(distinct));
        return Future.join(distinct.stream()
                        .map(target -> vertx.deployVerticle(new Uplink(target, UplinkLimits.standard(), ids, access)))
                        .toList())
                .mapEmpty();
    }

    private static void warnOfPlainText(Collection<UplinkTarget> targets) {
        targets.stream()
                .filter(UplinkTarget::isPlain)
                .forEach(target -> log.warn(
                        "[controller-ws] the token is sent to {} without TLS, and every machine on the way can read it:"
                                + " use wss:// and https://",
                        target.ws()));
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
