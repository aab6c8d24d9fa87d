package io.dockrelay.listener.stats;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

import io.vertx.core.Vertx;

import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.stats.ContainerStats;
import io.dockrelay.protocol.stats.StatsPace;
import io.dockrelay.protocol.stats.StatsSample;
import io.dockrelay.protocol.stats.StatsSet;
import io.dockrelay.protocol.wire.ClientMessage.SubscribeStats;
import io.dockrelay.protocol.wire.ServerMessage;
import io.dockrelay.protocol.wire.WireJson;

/**
 * Who of the connected clients wants to see which load. What all of them want is asked of the controllers once,
 * however many there are, and of nobody while nobody wants it; each gets its own part at its own interval. A client that
 * does not read is passed over, and nothing is kept for it.
 *
 * <p>Owned by the server of those clients, until {@link #close}; on its context.
 */
public final class StatsSubscriptions {

    private final Vertx vertx;
    private final Bus bus;
    private final Function<ContainerStats, String> fullName;
    private final Map<StatsClient, StatsPace> paces = new LinkedHashMap<>();

    /** By the controllers that there are. */
    private final Map<String, ControllerWatches> controllers = new TreeMap<>();

    /** @param fullName of what was measured; null where it is not known */
    public StatsSubscriptions(Vertx vertx, Bus bus, Function<ContainerStats, String> fullName) {
        this.vertx = vertx;
        this.bus = bus;
        this.fullName = fullName;
    }

    /** These controllers can be asked from now on, and no others. */
    public void controllers(Collection<String> known) {
        Set<String> gone = new HashSet<>(controllers.keySet());
        gone.removeAll(known);
        gone.forEach(controller -> controllers.remove(controller).close());
        for (String controller : known) {
            if (!controllers.containsKey(controller)) {
                controllers.put(controller, new ControllerWatches(vertx, bus, controller, this::heard));
                controllers.get(controller).want(wantedOf(controller));
            }
        }
    }

    /** The client wants to see this from now on, instead of what it wanted before. */
    public void subscribe(StatsClient client, SubscribeStats request) {
        StatsSet set = StatsSet.of(request.containers());
        if (set.isEmpty()) {
            leave(client);
        } else {
            paces.put(client, new StatsPace(set, request.intervalMs()));
            ask();
        }
    }

    /** The client wants nothing more. */
    public void leave(StatsClient client) {
        if (paces.remove(client) != null) {
            ask();
        }
    }

    public void close() {
        paces.clear();
        controllers(List.of());
    }

    private void ask() {
        controllers.forEach((controller, watches) -> watches.want(wantedOf(controller)));
    }

    /** By their intervals. */
    private Map<Integer, List<String>> wantedOf(String controller) {
        Map<Integer, Set<String>> wanted = new TreeMap<>();
        paces.values().forEach(pace -> {
            List<String> there = pace.set().at(controller);
            if (!there.isEmpty()) {
                wanted.computeIfAbsent(pace.intervalMs(), interval -> new TreeSet<>())
                        .addAll(there);
            }
        });
        Map<Integer, List<String>> questions = new TreeMap<>();
        wanted.forEach((interval, containers) -> questions.put(interval, StatsSet.simplified(containers)));
        return questions;
    }

    private void heard(StatsSample sample) {
        long now = System.nanoTime() / 1_000_000;
        // Most clients of one interval want the same: that is encoded once.
        byte[] whole = null;
        for (Map.Entry<StatsClient, StatsPace> entry : List.copyOf(paces.entrySet())) {
            StatsClient client = entry.getKey();
            List<ContainerStats> due =
                    client.full() ? List.of() : entry.getValue().due(sample, now, fullName);
            if (due.isEmpty()) {
                continue;
            }
            if (due.size() == sample.items().size()) {
                whole = whole == null ? message(sample, due) : whole;
                client.send(whole);
            } else {
                client.send(message(sample, due));
            }
        }
    }

    private static byte[] message(StatsSample sample, List<ContainerStats> items) {
        return WireJson.write(new ServerMessage.Stats(sample.at(), items, List.of(sample.host())));
    }
}
