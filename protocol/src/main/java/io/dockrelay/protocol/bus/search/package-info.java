/**
 * Searches over the bus, on both sides: {@code SearchOutput} answers the pulls of a search that runs, {@code BusSearch} is a
 * search that runs at a controller, and {@code SearchSource} any search that can be pulled. The messages are in {@link
 * io.dockrelay.protocol.search}. Used by controllers, listeners and the relay.
 */
package io.dockrelay.protocol.bus.search;
