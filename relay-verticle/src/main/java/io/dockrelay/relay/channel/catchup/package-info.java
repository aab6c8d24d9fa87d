/**
 * How a new or returning subscriber reaches the ring: bounded reads of the controller's stored log until they meet a
 * position that the ring holds. In: a request (number of lines or a cursor) and the ring. Out: a backlog and the ring
 * position at which the live part continues, without gap or overlap.
 *
 * <p>Used by {@code channel}; knows {@code channel.ring}.
 */
package io.dockrelay.relay.channel.catchup;
