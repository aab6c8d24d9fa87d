/**
 * The protocol of Vert.x's event-bus bridge, for plain consumers in any language: what a browser sees, at addresses that its
 * client library can register. In: a socket of the relay's port. Out: a browser's session that speaks the bridge's protocol, with
 * the rights and the limits of every other one. No message of the event bus passes (docs/decisions/event-bus-bridge.md).
 *
 * <p>Used by the relay's verticle.
 */
package io.dockrelay.relay.bridge;
