/**
 * How a new or returning subscriber reaches the ring: bounded reads of the controller's stored log until they meet a
 * position that the ring holds. In: a request (number of lines or a cursor) and the ring. Out: a backlog and the ring
 * position at which the live part continues, without gap or overlap.
 *
 * <p>{@code Join} is for a number of lines, {@code ResumeCatchUp} for a cursor, {@code BacklogRead} and {@code
 * StorePages} read the pages. {@code BacklogLimiter} decides how large a backlog may be now, {@code BacklogSize} how much
 * of it a subscriber gets after attempts that took too long; all limits of a channel are in {@code ChannelLimits}. Used by
 * {@code channel}; knows {@code channel.ring}.
 */
package io.dockrelay.relay.channel.catchup;
