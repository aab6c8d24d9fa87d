/**
 * Tunnels: connections that are carried inside WebSockets, because the other end cannot be connected to. In: a socket and a
 * WebSocket. Out: the bytes of each at the other one, with back-pressure.
 *
 * <p>{@code Splice} copies, {@code PeerPings} notices an end that is gone, {@code SocketFolder} has the UNIX domain sockets
 * that only this program's user can reach. Used by {@code controller.dial} and {@code relay.dial}; depends on nothing of this
 * module.
 */
package io.dockrelay.listener.tunnel;
