/**
 * Searches over several controllers. In: a scope, in the words of the relay's REST interface. Out: one search that can be
 * pulled. {@code FleetScope} decides which controllers are asked for which containers, {@code FleetSearch} asks them, merges
 * their hits, and names what could not be searched. Used by {@code relay.http}; knows {@code relay.fleet}.
 */
package io.dockrelay.relay.search;
