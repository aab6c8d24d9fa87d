/**
 * Uplinks: remote controllers, represented on the bus. In: a controller's WebSocket and REST interface, to which the
 * uplink connects. Out: announcements, changes and samples on the bus, and answers at the controller's bus addresses.
 *
 * <p>{@link io.dockrelay.relay.uplink.Uplink} is the verticle; {@code Uplinks} deploys one per configured address. {@code
 * Representation} is what an uplink is on the bus, and {@code RepresentedIds} gives each controller to one of them, and to
 * another one when that is not connected. {@code Dialer} reconnects with backoff. Messages are those of {@code
 * protocol.wire}: {@code Uplink} dispatches what arrives, {@code Connection} sends. State becomes bus messages in {@code
 * RemoteInventory} and {@code StatePublisher}, logs in {@code RemoteTails}, {@code TailMessages} and {@code RemoteTail}; REST is in {@code
 * RemoteControl}, {@code RemoteDetails}, {@code RemoteLogs}, {@code RemoteDownloads} and {@code RemoteSearches}. What a
 * controller of an older version lacks: {@code WireVersion}; how an action ends there: {@code ObservedActions}; which lines
 * of its frames are new: {@code NewestLines}. What time it has there: {@code RemoteClock}. What it presents to a controller: {@code UplinkAccess}. What answers in place of a controller: {@code ConnectionFailures}. Limits:
 * {@code UplinkLimits}.
 *
 * <p>Nothing else refers to this package. Depends on {@code fleet} for the registry of controllers.
 */
package io.dockrelay.relay.uplink;
