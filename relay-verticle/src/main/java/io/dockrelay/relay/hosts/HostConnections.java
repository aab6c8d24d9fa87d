package io.dockrelay.relay.hosts;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

import io.vertx.core.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.protocol.wire.LinkState;
import io.dockrelay.relay.uplink.UplinkReport;
import io.dockrelay.relay.uplink.UplinkTarget;
import io.dockrelay.relay.uplink.Uplinks;

/**
 * The hosts as they are now: those with an uplink, and those that cannot have one, with the reason. Owned by {@link Hosts}, on
 * its context.
 */
final class HostConnections {

    private static final Logger log = LoggerFactory.getLogger(HostConnections.class);

    /** A host with an uplink. */
    private record Connected(HostSource source, UplinkTarget target) {}

    /** A host without an uplink, and why. */
    private record Unusable(HostSource source, UplinkTarget target, String problem) {}

    private final Uplinks uplinks;
    private final Map<String, Connected> connected = new LinkedHashMap<>();
    private final List<Unusable> unusable = new ArrayList<>();

    HostConnections(Uplinks uplinks) {
        this.uplinks = uplinks;
    }

    /** Connects to those of the settings; fails if it cannot. */
    Future<Void> start(List<UplinkTarget> ofSettings) {
        return uplinks.start(ofSettings)
                .onSuccess(deployed -> ofSettings.stream()
                        .filter(target -> uplinks.target(target.name())
                                .filter(target::equals)
                                .isPresent())
                        .forEach(target -> connected.put(target.name(), new Connected(HostSource.SETTINGS, target))));
    }

    /** Fails with a {@link io.dockrelay.protocol.bus.Refusal} if another host has the name or the address. */
    Future<Void> add(HostSource source, UplinkTarget target) {
        return uplinks.add(target).onSuccess(there -> connected.put(target.name(), new Connected(source, target)));
    }

    /** The same for several, one after the other. Never fails: a host that cannot be used is listed with its problem. */
    Future<Void> addAll(HostSource source, List<UplinkTarget> targets) {
        return inOrder(
                targets,
                target -> add(source, target).recover(failed -> {
                    log.warn("the host {} cannot be used: {}", target.name(), failed.getMessage());
                    unusable.add(new Unusable(source, target, failed.getMessage()));
                    return Future.succeededFuture();
                }));
    }

    /** Makes the hosts of the file these. One that has not changed keeps its connection. */
    Future<Void> settle(List<UplinkTarget> ofFile) {
        unusable.removeIf(host -> host.source() == HostSource.FILE);
        List<String> gone = connected.values().stream()
                .filter(host -> host.source() == HostSource.FILE && !ofFile.contains(host.target()))
                .map(host -> host.target().name())
                .toList();
        List<UplinkTarget> added = ofFile.stream()
                .filter(target -> !new Connected(HostSource.FILE, target).equals(connected.get(target.name())))
                .toList();
        return inOrder(gone, this::end).compose(ended -> addAll(HostSource.FILE, added));
    }

    /** Ends the uplink to a host, which is no longer listed. */
    Future<Void> end(String name) {
        connected.remove(name);
        unusable.removeIf(
                host -> host.source() == HostSource.PAGE && host.target().name().equals(name));
        return uplinks.remove(name).mapEmpty();
    }

    int size() {
        return connected.size();
    }

    /** Where the host with this name is from; empty if there is none. */
    Optional<HostSource> source(String name) {
        Connected host = connected.get(name);
        return host != null
                ? Optional.of(host.source())
                : unusable.stream()
                        .filter(each -> each.target().name().equals(name))
                        .map(Unusable::source)
                        .findFirst();
    }

    List<HostState> all() {
        Stream<HostState> there = connected.values().stream()
                .flatMap(host -> uplinks.report(host.target().name()).map(report -> state(host, report)).stream());
        return Stream.concat(there, unusable.stream().map(HostConnections::state))
                .toList();
    }

    private static HostState state(Connected host, UplinkReport report) {
        return new HostState(
                host.target().name(),
                host.source(),
                url(host.source(), host.target()),
                report.controller(),
                report.link(),
                report.lastContact(),
                report.labels(),
                report.problem());
    }

    private static HostState state(Unusable host) {
        return new HostState(
                host.target().name(),
                host.source(),
                url(host.source(), host.target()),
                null,
                LinkState.WAITING,
                null,
                Map.of(),
                host.problem());
    }

    private static String url(HostSource source, UplinkTarget target) {
        return source == HostSource.ENROLLED
                ? null
                : Objects.toString(target.ws()).replaceFirst("/$", "");
    }

    private static <T> Future<Void> inOrder(List<T> all, Function<T, Future<Void>> step) {
        Future<Void> done = Future.succeededFuture();
        for (T each : all) {
            done = done.compose(before -> step.apply(each));
        }
        return done;
    }
}
