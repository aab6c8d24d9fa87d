/**
 * The newest batches of one channel, encoded once for all subscribers and bounded in bytes and age. In: batches of
 * the channel's tail. Out: frames from a position on. A subscriber that the ring has overtaken sees that at its own
 * position.
 *
 * <p>How many bytes a ring holds: {@code channel.catchup.ChannelLimits}; all rings together: {@code RingBudget}; how
 * old a batch gets: {@code Ring}. Used by {@code channel} and {@code channel.catchup}.
 */
package io.dockrelay.relay.channel.ring;
