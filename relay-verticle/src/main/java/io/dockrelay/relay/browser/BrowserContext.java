package io.dockrelay.relay.browser;

import java.time.Clock;

import io.dockrelay.relay.view.FleetViews;

/**
 * What the sessions of one relay share.
 *
 * @param logs where logs come from
 * @param mostSubscriptions logs that one browser may follow at a time
 */
public record BrowserContext(FleetViews views, LogSubscriptions logs, Clock clock, int mostSubscriptions) {}
