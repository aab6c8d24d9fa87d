package io.dockrelay.relay.channel;

import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

import io.vertx.core.Vertx;

import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.relay.channel.catchup.BacklogLimiter;
import io.dockrelay.relay.channel.catchup.ChannelLimits;
import io.dockrelay.relay.channel.ring.RingBudget;
import io.dockrelay.relay.reads.LogReads;

/**
 * What all channels of one relay share. Owned by {@link LogChannels}.
 *
 * @param reads shared with the relay's REST interface
 * @param clock milliseconds, never decreasing
 * @param random uniform, from 0 (inclusive) to 1 (exclusive)
 */
record ChannelContext(
        Vertx vertx,
        Bus bus,
        LogReads reads,
        ChannelLimits limits,
        RingBudget budget,
        BacklogLimiter backlogs,
        LongSupplier clock,
        DoubleSupplier random) {

    static ChannelContext of(Vertx vertx, Bus bus, LogReads reads, ChannelLimits limits) {
        return new ChannelContext(
                vertx,
                bus,
                reads,
                limits,
                new RingBudget(limits.allRingsBytes()),
                new BacklogLimiter(limits),
                () -> System.nanoTime() / 1_000_000,
                () -> ThreadLocalRandom.current().nextDouble());
    }
}
