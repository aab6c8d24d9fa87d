package io.dockrelay.relay.http;

import java.time.Clock;

import io.dockrelay.relay.browser.Browsers;
import io.dockrelay.relay.fleet.FleetWatch;

/** The parts of the relay from which the REST interface answers. Owned by the relay's verticle, on its context. */
public record RelayState(FleetWatch fleet, Browsers browsers, Clock clock, String build) {}
