package io.dockrelay.relay.http;

import java.time.Clock;

import io.dockrelay.relay.browser.Browsers;
import io.dockrelay.relay.fleet.ChangeHistory;
import io.dockrelay.relay.fleet.Fleet;

/** What the REST interface answers from. */
public record RelayState(Fleet fleet, ChangeHistory history, Browsers audience, Clock clock, String build) {}
