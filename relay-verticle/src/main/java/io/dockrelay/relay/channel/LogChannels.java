package io.dockrelay.relay.channel;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import io.vertx.core.Context;
import io.vertx.core.Vertx;

import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.timers.Periodic;
import io.dockrelay.protocol.wire.ClientMessage.SubscribeLogs;
import io.dockrelay.relay.channel.catchup.ChannelLimits;
import io.dockrelay.relay.fleet.ControllerEvent;
import io.dockrelay.relay.reads.LogReads;

/**
 * All channels of one relay, one per container with a subscriber. Owned by the relay's verticle; made, used and closed on
 * its event-loop context, where every session lives too.
 */
public final class LogChannels implements LogChannel.Listener {

    private static final Duration CHECK_EVERY = Addresses.ANNOUNCE_EVERY;

    /** After a pause of this process that is longer than this, the controllers have ended its tails. */
    private static final Duration MAX_PAUSE = Duration.ofSeconds(10);

    private final ChannelContext context;
    private final Context vertxContext;
    private final Set<LogChannel> channels = new LinkedHashSet<>();

    /** By every name that was requested since the container was last renamed. */
    private final Map<Name, LogChannel> byName = new HashMap<>();

    private final Periodic checks;
    private long checkedAt;

    private record Name(String controller, String container) {}

    /**
     * Call it on the context where all of it will run.
     *
     * @param reads through which the backlogs are read
     */
    public LogChannels(Vertx vertx, Bus bus, LogReads reads, ChannelLimits limits) {
        context = ChannelContext.of(vertx, bus, reads, limits);
        vertxContext = vertx.getOrCreateContext();
        checkedAt = context.clock().getAsLong();
        checks = new Periodic(vertx);
        checks.start(CHECK_EVERY, this::check);
    }

    /**
     * Subscribes. The sink gets everything later and in order: first the snapshot, or the failure. While the controller is
     * away the sink gets nothing, and the subscription stays wanted until it is closed.
     *
     * @param request its container without a {@code controller/} prefix
     */
    public LogSubscription subscribe(String controller, SubscribeLogs request, LogSink sink) {
        var subscriber = new Subscriber(request, sink, context.backlogs());
        LogChannel channel = byName.get(new Name(controller, request.container()));
        boolean missing = channel == null;
        if (missing) {
            channel = new LogChannel(this, context, controller, request.container());
            channels.add(channel);
            byName.put(new Name(controller, request.container()), channel);
        }
        channel.add(subscriber);
        LogChannel joined = channel;
        vertxContext.runOnContext(later -> {
            if (missing) {
                joined.tail().open();
            }
            joined.joinWaiting();
        });
        return subscriber;
    }

    /** Open channels, with those that linger. */
    public int open() {
        return channels.size();
    }

    /** Encoded lines that all channels hold, in bytes. */
    public long ringBytes() {
        return context.budget().used();
    }

    /** Closes every channel; no sink gets anything more. */
    public void close() {
        checks.cancel();
        List.copyOf(channels).forEach(LogChannel::close);
    }

    @Override
    public void renamed(LogChannel channel, String before, boolean first) {
        LogChannel same = byName.putIfAbsent(new Name(channel.controller(), channel.name()), channel);
        if (!first) {
            byName.values().removeIf(channel::equals);
            byName.putIfAbsent(new Name(channel.controller(), channel.name()), channel);
        } else if (same != null && same != channel) {
            byName.put(new Name(channel.controller(), before), same);
            channel.mergeInto(same);
        }
    }

    @Override
    public void closed(LogChannel channel) {
        channels.remove(channel);
        byName.values().removeIf(channel::equals);
    }

    /** What became of a controller decides about the tails that are open there. */
    public void onController(ControllerEvent event) {
        String controller = event.controller();
        switch (event.kind()) {
            case GONE -> each(controller, TailClient::lost);
            case BACK -> each(controller, TailClient::back);
            case REPLACED -> replaced(controller);
            case MOVED -> moved(controller, event.successor());
        }
    }

    private void check() {
        long now = context.clock().getAsLong();
        boolean paused = now - checkedAt > CHECK_EVERY.plus(MAX_PAUSE).toMillis();
        checkedAt = now;
        if (paused) {
            channels.stream().map(LogChannel::controller).distinct().toList().forEach(this::replaced);
        }
    }

    private void replaced(String controller) {
        each(controller, TailClient::lost);
        each(controller, TailClient::back);
    }

    /** Its channels go on under the other id, after what their subscribers have got: positions are the engine's. */
    private void moved(String from, String to) {
        for (LogChannel channel : List.copyOf(channels)) {
            if (channel.controller().equals(from)) {
                byName.values().removeIf(channel::equals);
                channel.moveTo(to);
                byName.putIfAbsent(new Name(to, channel.name()), channel);
            }
        }
    }

    private void each(String controller, Consumer<TailClient> action) {
        for (LogChannel channel : List.copyOf(channels)) {
            if (channel.controller().equals(controller)) {
                action.accept(channel.tail());
            }
        }
    }
}
