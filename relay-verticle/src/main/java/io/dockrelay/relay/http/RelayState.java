package io.dockrelay.relay.http;

import java.time.Clock;

import io.dockrelay.relay.audit.RelayAudit;
import io.dockrelay.relay.browser.Browsers;
import io.dockrelay.relay.fleet.FleetWatch;
import io.dockrelay.relay.reads.LogReads;

/** The parts of the relay from which the REST interface answers. Owned by the relay's verticle, on its context. */
public record RelayState(
        FleetWatch fleet, Browsers browsers, LogReads reads, RelayAudit audit, Clock clock, String build) {}
