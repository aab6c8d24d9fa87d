package io.dockrelay.relay.channel;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

import io.vertx.core.Vertx;

import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.relay.channel.catchup.BacklogLimiter;
import io.dockrelay.relay.channel.catchup.ChannelLimits;
import io.dockrelay.relay.channel.ring.RingBudget;

/**
 * What all channels of one relay share. Owned by {@link LogChannels}.
 *
 * @param clock milliseconds that only ever grow
 * @param chance uniform from 0 to 1
 */
record ChannelContext(
        Vertx vertx,
        Bus bus,
        ChannelLimits limits,
        RingBudget budget,
        BacklogLimiter backlogs,
        LongSupplier clock,
        DoubleSupplier chance) {

    static ChannelContext of(Vertx vertx, Bus bus, ChannelLimits limits) {
        return new ChannelContext(
                vertx,
                bus,
                limits,
                new RingBudget(limits.allRingsBytes()),
                new BacklogLimiter(limits),
                () -> System.nanoTime() / 1_000_000,
                () -> ThreadLocalRandom.current().nextDouble());
    }

    /** A name for a tail that no other tail of the bus has. */
    String newSubscription() {
        return UUID.randomUUID().toString();
    }
}
