/**
 * The relay. In: the controllers on the bus, and through uplinks. Out: a dashboard, a REST interface and a WebSocket for
 * browsers, on one port.
 *
 * <p>{@link io.dockrelay.relay.RelayVerticle} is the only entry point; it builds and connects the packages below it.
 */
package io.dockrelay.relay;
