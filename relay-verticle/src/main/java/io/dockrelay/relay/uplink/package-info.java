/**
 * Uplinks: remote controllers, represented on the bus. In: a controller's WebSocket and REST interface, to which the uplink
 * connects. Out: announcements, changes and samples on the bus, and answers at the controller's bus addresses.
 *
 * <p>{@link io.dockrelay.relay.uplink.Uplink} is the verticle; the relay deploys one per configured controller. Nothing else
 * refers to this package. Depends on {@code fleet} for the registry of controllers.
 */
package io.dockrelay.relay.uplink;
