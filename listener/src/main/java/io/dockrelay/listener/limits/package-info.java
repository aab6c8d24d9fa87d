/**
 * What clients may use of one listener. In: connections, handshakes, frames and subscriptions, with the client's address.
 * Out: whether they are within the limits.
 *
 * <p>{@code Clients} counts per client address ({@code ClientKey}) and in all, in its {@code ClientLedger}; {@code ClientShare} is
 * the part of one WebSocket, with its {@code MessageRate}. {@code PlainConnections} has the connections that are no WebSockets;
 * {@code RequestDeadline} cuts those whose request takes too long. The settings: {@code ClientLimits}. Used by {@code
 * HttpListener} only, on its context.
 */
package io.dockrelay.listener.limits;
