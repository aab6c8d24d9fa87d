/**
 * The fleet as each client may see it. In: the {@code Fleet}, and the rights of the one who makes a request. Out: the only
 * view of the fleet that sessions and routes have, so that what someone may not see does not exist for them.
 *
 * <p>{@code FleetViews} is the entrance: it makes a {@code Caller} for each request and WebSocket. {@code FleetView} is the
 * fleet for one set of equal rights; {@code ShownContainer} is one of its elements; {@code VisibleUpdates} is what one update
 * changes for it. {@code GrantsFile} reads the grants again when they change.
 *
 * <p>Used by the relay's browser, search and HTTP packages, which use nothing of {@code relay.fleet} that shows containers.
 */
package io.dockrelay.relay.view;
