/**
 * What all HTTP and WebSocket ports share: access check, authentication, limits and close codes, liveness, bounded
 * sending, JSON errors. In: an address, limits, and handlers of requests and WebSockets. Out: requests that passed the
 * access check, and {@link io.dockrelay.listener.ClientSocket}s with complete messages and a bounded queue.
 *
 * <p>Used by the controller's server and the relay; an uplink uses the parts for sockets. {@link
 * io.dockrelay.listener.HttpListener} combines the parts; each can also be used alone.
 */
package io.dockrelay.listener;
