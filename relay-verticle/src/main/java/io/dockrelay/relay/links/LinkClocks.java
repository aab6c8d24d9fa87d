package io.dockrelay.relay.links;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

import io.vertx.core.Vertx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.AskClock;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.ClockReading;
import io.dockrelay.protocol.timers.Periodic;
import io.dockrelay.protocol.wire.LinkKind;
import io.dockrelay.relay.fleet.FleetWatch;

/**
 * Measures the links to the controllers of other processes: asks each for the time of its clock, a few times at the beginning,
 * then every {@link #EVERY}. One question per controller is open at a time. Owned by the relay's verticle, on its context, from
 * {@link #start} to {@link #close}.
 */
public final class LinkClocks {

    private static final Logger log = LoggerFactory.getLogger(LinkClocks.class);
    private static final Duration TICK = Duration.ofSeconds(1);

    /** Between two questions to a controller of which there are enough samples. */
    static final Duration EVERY = Duration.ofSeconds(10);

    /** After a controller did not answer; one of an older version never does. */
    static final Duration AFTER_FAILURE = Duration.ofSeconds(30);

    private final Bus bus;
    private final FleetWatch fleet;
    private final InstantSource clock;
    private final Periodic ticks;
    private final Map<String, Asked> controllers = new HashMap<>();

    /** What is known of one controller that is there. */
    private static final class Asked {
        final ClockSamples samples = new ClockSamples();
        boolean open;
        /** When the next question is due, on the clock of {@link System#nanoTime}. */
        long dueAt = System.nanoTime();
    }

    /** @param clock the relay's own */
    public LinkClocks(Vertx vertx, Bus bus, FleetWatch fleet, InstantSource clock) {
        this.bus = bus;
        this.fleet = fleet;
        this.clock = clock;
        ticks = new Periodic(vertx);
    }

    public void start() {
        ticks.start(TICK, this::tick);
    }

    public void close() {
        ticks.cancel();
        controllers.clear();
    }

    private void tick() {
        var there = fleet.fleet().distant();
        controllers.keySet().retainAll(there);
        for (String id : there) {
            Asked asked = controllers.computeIfAbsent(id, met -> new Asked());
            publish(id, asked);
            if (!asked.open && asked.dueAt - System.nanoTime() <= 0) {
                ask(id, asked);
            }
        }
    }

    private void ask(String id, Asked asked) {
        asked.open = true;
        long askedAt = ClockReading.micros(clock.instant());
        long sentAt = System.nanoTime();
        bus.ask(Addresses.clock(id), new AskClock())
                .onSuccess(reading -> answered(id, asked, reading, askedAt, sentAt))
                .onFailure(failure -> unanswered(id, asked, failure));
    }

    private void answered(String id, Asked asked, ClockReading reading, long askedAt, long sentAt) {
        long now = System.nanoTime();
        LinkKind kind = reading.isOfThisProcess() ? LinkKind.LOCAL : reading.kind();
        asked.open = false;
        asked.samples.add(kind, ClockSample.of(askedAt, reading.epochMicros(), Duration.ofNanos(now - sentAt), now));
        asked.dueAt = now + (asked.samples.areFew() ? TICK : EVERY).toNanos();
        publish(id, asked);
    }

    private void unanswered(String id, Asked asked, Throwable failure) {
        log.debug("the clock of {} is not known: {}", id, failure.getMessage());
        asked.open = false;
        asked.dueAt = System.nanoTime() + AFTER_FAILURE.toNanos();
    }

    /** An answer for a controller that has left meanwhile is of no use. */
    private void publish(String id, Asked asked) {
        if (controllers.get(id) == asked) {
            asked.samples.publish(System.nanoTime()).ifPresent(measure -> fleet.measured(id, measure));
        }
    }
}
