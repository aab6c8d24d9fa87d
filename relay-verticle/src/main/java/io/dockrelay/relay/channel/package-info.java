/**
 * Log channels: one tail per container, whatever the number of its subscribers. In: subscriptions of browsers, and
 * batches of the tails from the event bus. Out: frames, encoded once per batch, to the sinks of the subscribers, each
 * at its own pace.
 *
 * <p>{@link io.dockrelay.relay.channel.LogChannels} is the entrance; it makes a {@code LogChannel} per container,
 * which owns the tail ({@code TailClient}), the {@code ring} of the newest batches and the {@code Subscribers}.
 * {@code catchup} reads the backlog with which a subscriber starts. A gap for a slow client: {@code Subscriber}, which
 * sends the rest of its backlog from {@code UnsentBacklog}. When a tail pauses: {@code BackpressurePolicy}. How long lines are gathered: {@code FrameRateLimit}. Used by the relay's
 * verticle and its browser sessions.
 */
package io.dockrelay.relay.channel;
