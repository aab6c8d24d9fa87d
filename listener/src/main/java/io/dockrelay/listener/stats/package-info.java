/**
 * CPU and memory stats for connected clients. In: the clients' subscriptions and the controllers' samples. Out: one
 * request per controller and interval for the union of all subscriptions, and each client's own part at its own
 * interval.
 *
 * <p>Used by the servers of browsers and of uplinks.
 */
package io.dockrelay.listener.stats;
