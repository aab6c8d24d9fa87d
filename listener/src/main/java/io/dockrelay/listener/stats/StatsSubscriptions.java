package io.dockrelay.listener.stats;

import java.util.Collection;
import java.util.HashSet;
import java.util.IdentityHashMap;
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
 * The stats subscriptions of the connected clients. Each controller is asked once for the union of all subscriptions,
 * and not at all while there are none; each client gets its own containers at its own interval. A sample is dropped for
 * a client that reads too slowly.
 *
 * <p>Owned by the server of those clients, until {@link #close}; on its context.
 */
public final class StatsSubscriptions {

    private final Vertx vertx;
    private final Bus bus;
    private final Function<ContainerStats, String> fullName;
    private final Map<StatsClient, StatsPace> paces = new LinkedHashMap<>();

    /** By controller name. */
    private final Map<String, ControllerWatches> controllers = new TreeMap<>();

    /** @param fullName of a measured container; returns null for an unknown one */
    public StatsSubscriptions(Vertx vertx, Bus bus, Function<ContainerStats, String> fullName) {
        this.vertx = vertx;
        this.bus = bus;
        this.fullName = fullName;
    }

    /** Replaces the set of available controllers. */
    public void controllers(Collection<String> known) {
        Set<String> gone = new HashSet<>(controllers.keySet());
        gone.removeAll(known);
        gone.forEach(controller -> controllers.remove(controller).close());
        for (String controller : known) {
            if (!controllers.containsKey(controller)) {
                controllers.put(controller, new ControllerWatches(vertx, bus, controller, this::onSample));
                controllers.get(controller).watch(wantedOf(controller));
            }
        }
    }

    /** A controller has another id: subscriptions to its containers go on under that id. */
    public void moved(String from, String to) {
        paces.replaceAll((client, pace) -> new StatsPace(pace.set().moved(from, to), pace.intervalMs()));
        ask();
    }

    /** Replaces the client's subscription. */
    public void subscribe(StatsClient client, SubscribeStats request) {
        StatsSet set = StatsSet.of(request.containers());
        if (set.isEmpty()) {
            remove(client);
        } else {
            paces.put(client, new StatsPace(set, request.intervalMs()));
            ask();
        }
    }

    /** Ends the client's subscription. */
    public void remove(StatsClient client) {
        if (paces.remove(client) != null) {
            ask();
        }
    }

    public void close() {
        paces.clear();
        controllers(List.of());
    }

    private void ask() {
        controllers.forEach((controller, watches) -> watches.watch(wantedOf(controller)));
    }

    /** Containers by interval. */
    private Map<Integer, List<String>> wantedOf(String controller) {
        Map<Integer, Set<String>> wanted = new TreeMap<>();
        paces.values().forEach(pace -> {
            List<String> containers = pace.set().at(controller);
            if (!containers.isEmpty()) {
                wanted.computeIfAbsent(pace.intervalMs(), interval -> new TreeSet<>())
                        .addAll(containers);
            }
        });
        Map<Integer, List<String>> simplified = new TreeMap<>();
        wanted.forEach((interval, containers) -> simplified.put(interval, StatsSet.simplified(containers)));
        return simplified;
    }

    private void onSample(StatsSample sample) {
        long now = System.nanoTime() / 1_000_000;
        // Most clients of one interval and equal rights subscribe to the same containers: encode that message once.
        IdentityHashMap<StatsSample, byte[]> whole = new IdentityHashMap<>();
        for (Map.Entry<StatsClient, StatsPace> entry : List.copyOf(paces.entrySet())) {
            StatsClient client = entry.getKey();
            StatsSample part = client.full() ? null : client.part(sample);
            if (part == null) {
                continue;
            }
            List<ContainerStats> due = entry.getValue().due(part, now, fullName);
            if (due.isEmpty() && !isRefused(part, entry.getValue())) {
                continue;
            }
            if (due.size() == part.items().size()) {
                client.send(whole.computeIfAbsent(part, all -> message(all, due)));
            } else {
                client.send(message(part, due));
            }
        }
    }

    /** Whether a client watches containers whose engine refuses to report their load. */
    private static boolean isRefused(StatsSample sample, StatsPace pace) {
        return sample.host().refusal() != null
                && !pace.set().at(sample.controller()).isEmpty();
    }

    private static byte[] message(StatsSample sample, List<ContainerStats> items) {
        return WireJson.write(new ServerMessage.Stats(sample.at(), items, List.of(sample.host())));
    }
}
