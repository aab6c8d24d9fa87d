/**
 * The relay's browsers: a session per WebSocket, and the messages that all of them get. In: the requests of the pages, updates
 * of the fleet, frames of the log channels. Out: the container list and its changes, logs, load samples and heartbeats, as
 * much as each browser reads.
 *
 * <p>{@link io.dockrelay.relay.browser.Browsers} is the entrance. Used by the relay's verticle and its HTTP server.
 */
package io.dockrelay.relay.browser;
