package io.dockrelay.relay.http;

import java.time.Clock;

import io.vertx.ext.web.RoutingContext;

import io.dockrelay.listener.Identity;
import io.dockrelay.relay.audit.RelayAudit;
import io.dockrelay.relay.browser.Browsers;
import io.dockrelay.relay.hosts.Hosts;
import io.dockrelay.relay.reads.LogReads;
import io.dockrelay.relay.view.Caller;
import io.dockrelay.relay.view.FleetViews;

/** The parts of the relay from which the REST interface answers. Owned by the relay's verticle, on its context. */
public record RelayState(
        FleetViews views,
        Browsers browsers,
        LogReads reads,
        Hosts hosts,
        DialIn dialIn,
        RelayAudit audit,
        Clock clock,
        String build) {

    /** Who makes this request, and what exists for them. */
    Caller caller(RoutingContext context) {
        return views.caller(Identity.of(context.request()));
    }
}
