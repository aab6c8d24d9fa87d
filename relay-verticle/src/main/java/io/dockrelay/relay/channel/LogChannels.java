package io.dockrelay.relay.channel;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.ControllerPresence;
import io.dockrelay.protocol.bus.Registration;
import io.dockrelay.protocol.wire.ClientMessage.SubscribeLogs;
import io.dockrelay.relay.channel.catchup.ChannelLimits;

/**
 * All channels of one relay, one for each container that somebody watches. Owned by the relay's verticle, made, used and
 * closed on its event-loop context, where every session lives too.
 */
public final class LogChannels {

    private static final long LOOK_EVERY_MS = Addresses.ANNOUNCE_EVERY.toMillis();

    /** After such a pause of this process, the tails' controllers have given it up as a reader. */
    private static final long STOOD_STILL_MS = 10_000;

    private final ChannelContext scope;
    private final Context context;
    private final Set<LogChannel> channels = new LinkedHashSet<>();

    /** By every name that a channel was asked for since its container was last renamed. */
    private final Map<Name, LogChannel> byName = new HashMap<>();

    private final PresenceBook controllers = new PresenceBook();
    private final Registration presence;
    private final long lookTimer;
    private long lookedAt;

    private record Name(String controller, String container) {}

    /** Call it on the context where all of it shall run. */
    public LogChannels(Vertx vertx, Bus bus, ChannelLimits limits) {
        scope = ChannelContext.of(vertx, bus, limits);
        context = vertx.getOrCreateContext();
        presence = bus.subscribe(Addresses.CONTROLLERS, this::heard);
        lookedAt = scope.clock().getAsLong();
        lookTimer = vertx.setPeriodic(LOOK_EVERY_MS, id -> look());
    }

    /**
     * Subscribes. Everything comes to the sink, later and in order: the snapshot first, or that it failed. While the
     * controller is away nothing comes, and the subscription stays wanted until it is closed.
     *
     * @param request its container without a {@code controller/} prefix
     */
    public LogSubscription subscribe(String controller, SubscribeLogs request, LogSink sink) {
        var reader = new Subscriber(controller, request, sink);
        LogChannel channel = byName.get(new Name(controller, request.container()));
        boolean missing = channel == null;
        if (missing) {
            channel = new LogChannel(this, scope, controller, request.container());
            channels.add(channel);
            byName.put(new Name(controller, request.container()), channel);
        }
        channel.enrol(reader);
        LogChannel joined = channel;
        context.runOnContext(later -> {
            if (missing) {
                joined.upstream().open();
            }
            joined.joinWaiting();
        });
        return reader;
    }

    /** Channels that are open, those that linger included. */
    public int open() {
        return channels.size();
    }

    /** Encoded lines that all channels hold, in bytes. */
    public long ringBytes() {
        return scope.budget().used();
    }

    /** Closes every channel; no sink hears anything more. */
    public Future<Void> close() {
        scope.vertx().cancelTimer(lookTimer);
        List.copyOf(channels).forEach(LogChannel::close);
        return presence.close();
    }

    /** A channel learnt its container's name, or the container was renamed. */
    void renamed(LogChannel channel, String before, boolean first) {
        LogChannel same = byName.putIfAbsent(new Name(channel.controller(), channel.name()), channel);
        if (!first) {
            byName.values().removeIf(channel::equals);
            byName.putIfAbsent(new Name(channel.controller(), channel.name()), channel);
        } else if (same != null && same != channel) {
            byName.put(new Name(channel.controller(), before), same);
            channel.mergeInto(same);
        }
    }

    void closed(LogChannel channel) {
        channels.remove(channel);
        byName.values().removeIf(channel::equals);
    }

    private void heard(ControllerPresence announced) {
        String controller = announced.controller();
        switch (controllers.heard(announced, scope.clock().getAsLong())) {
            case NONE -> {}
            case GONE -> each(controller, TailClient::lost);
            case BACK -> each(controller, TailClient::back);
            case REPLACED -> replaced(controller);
        }
    }

    private void look() {
        long now = scope.clock().getAsLong();
        boolean stoodStill = now - lookedAt > LOOK_EVERY_MS + STOOD_STILL_MS;
        lookedAt = now;
        if (stoodStill) {
            channels.stream().map(LogChannel::controller).distinct().toList().forEach(this::replaced);
        }
        controllers.silent(now).forEach(controller -> each(controller, TailClient::lost));
    }

    private void replaced(String controller) {
        each(controller, TailClient::lost);
        each(controller, TailClient::back);
    }

    private void each(String controller, Consumer<TailClient> action) {
        for (LogChannel channel : List.copyOf(channels)) {
            if (channel.controller().equals(controller)) {
                action.accept(channel.upstream());
            }
        }
    }
}
