/**
 * What the relay knows of all controllers and their containers. In: announcements, lists and changes from the bus.
 * Out: the list that is served, updates for browsers, and what became of a controller. Decisions are pure; {@link
 * io.dockrelay.relay.fleet.FleetWatch} does the I/O.
 *
 * <p>Whether a controller is there, and when it counts as away: {@code ControllerRegistry} and {@code ControllerState}. Its
 * list and its engine: {@code KnownController}; what changed of both: {@code ControllerReport}. The list of all: {@code
 * ServedList}. What a name means: {@code ContainerFinder} and {@code FleetLookup}. When a controller is met, moved,
 * dismissed and forgotten: {@code Fleet}. Which have not been heard of since the start: {@code UnheardControllers}. Ids that a controller had before: {@code FormerIds}. The history of changes: {@code
 * ChangeHistory}.
 *
 * <p>Used by the relay's browser, channel, HTTP and uplink packages; uses none of them.
 */
package io.dockrelay.relay.fleet;
