package io.dockrelay.relay.fleet;

import java.util.List;
import java.util.Objects;

import io.dockrelay.protocol.bus.EngineStatus;
import io.dockrelay.protocol.wire.ControllerLink;

/**
 * What browsers know of one controller at one moment, without its containers. Pure.
 *
 * @param engine null until it is known
 */
record ControllerReport(ControllerLink link, boolean reachable, EngineStatus engine) {

    /** Whether there is something to say of an engine: it does not answer, or refuses a part. */
    static boolean isNews(EngineStatus engine) {
        return news(engine) != null;
    }

    /** What is different in the report after it. */
    FleetUpdate until(ControllerReport next) {
        List<ControllerLink> links = isSameLink(next.link) ? List.of() : List.of(next.link);
        boolean engineChanged = !Objects.equals(news(engine), news(next.engine));
        // A browser that connected while the controller was away does not know about its engine.
        boolean stillNews = !reachable && next.reachable && isNews(engine);
        return FleetUpdate.ofLinks(links, engineChanged || stillNews ? List.of(next.engine) : List.of());
    }

    /** What its engine refuses while it answers, or false while it does not; null when there is nothing to say. */
    private static Object news(EngineStatus engine) {
        if (engine == null || engine.available()) {
            return engine == null ? null : engine.message();
        }
        return false;
    }

    /** A retry that comes nearer is not reported. */
    private boolean isSameLink(ControllerLink next) {
        return link.state() == next.state()
                && link.attempt() == next.attempt()
                && link.since().equals(next.since())
                && Objects.equals(link.message(), next.message())
                && link.labels().equals(next.labels())
                && Objects.equals(link.link(), next.link());
    }
}
