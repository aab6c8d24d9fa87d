/**
 * What all HTTP and WebSocket ports share: access check, authentication, limits and close codes, liveness, bounded
 * sending, JSON errors. In: an address, limits, and handlers of requests and WebSockets. Out: requests that passed
 * the access check, and {@link io.dockrelay.listener.ClientSocket}s with complete messages and a bounded queue.
 *
 * <p>{@code AccessCheck} decides about {@code Host} and {@code Origin} and words each refusal; {@code HttpListener}
 * answers it, and combines all parts. {@code Liveness} detects dead peers, {@code OutboundSocket} bounds what waits
 * for a client, {@code MessageAssembly} and {@code FrameGuard} check what clients send, {@code CloseCode} lists the
 * reasons for closing, {@code Handshake} recognises WebSocket handshakes. Headers against other pages: {@code SecurityHeaders}.
 * Long answers to clients that do not read: {@code ReadPause}. TLS: the package {@code tls}.
 *
 * <p>Used by the controller's server and the relay; an uplink uses the parts for sockets. Each part can also be used
 * alone.
 */
package io.dockrelay.listener;
