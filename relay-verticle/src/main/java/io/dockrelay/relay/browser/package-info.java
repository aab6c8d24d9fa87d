/**
 * The relay's browsers: a session per WebSocket, and the messages that all of them get. In: the requests of the pages,
 * updates of the fleet, frames of the log channels. Out: the container list and its changes, logs, load samples and
 * heartbeats, as much as each browser reads.
 *
 * <p>{@link io.dockrelay.relay.browser.Browsers} is the entrance. A request of a browser: {@code BrowserSession}, its
 * logs {@code BrowserLogs}. How many logs a browser may follow: the setting {@code maxSubscriptions}. What all browsers
 * get, and how often: {@code PendingDelta}, {@code UpdatePacer}, {@code EncodedList}. The order and the bounds of one
 * browser's messages: {@code BrowserOutput}. Used by the relay's verticle and its HTTP server.
 */
package io.dockrelay.relay.browser;
