package io.dockrelay.relay.browser;

import java.time.Clock;

import io.dockrelay.relay.fleet.Fleet;

/**
 * What the sessions of one relay share.
 *
 * @param logs where logs come from
 * @param mostSubscriptions logs that one browser may follow at a time
 */
public record BrowserContext(Fleet fleet, LogSubscriptions logs, Clock clock, int mostSubscriptions) {}
