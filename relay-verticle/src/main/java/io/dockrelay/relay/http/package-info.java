/**
 * The relay's HTTP port: the REST interface and the dashboard's files. In: requests that passed the access check.
 * Out: answers from the fleet's state, from a controller over the bus, or from the files in memory.
 *
 * <p>Routes of one container: {@code ContainerRoutes}; searches: {@code SearchRoutes}; of the relay itself: {@code StateRoutes}; of a
 * controller: {@code FleetRoutes}; query parameters:
 * {@code RelayQuery}; the dashboard's files: {@code Dashboard} and {@code Assets}. Used by the relay's verticle only;
 * WebSockets are in {@code relay.browser} and {@code relay.uplink}.
 */
package io.dockrelay.relay.http;
