package io.dockrelay.relay.hosts;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.wire.LinkState;
import io.dockrelay.relay.uplink.UplinkReport;
import io.dockrelay.relay.uplink.UplinkTarget;
import io.dockrelay.relay.uplink.Uplinks;
import io.dockrelay.settings.HostsSettings;

/**
 * The hosts that a relay connects to: those of the settings, of the hosts file, and those that were added while it runs. One
 * change at a time, in the order of the requests. Owned by the relay's verticle, on its context, from {@link #load} to {@link
 * #close}.
 */
public final class Hosts {

    private static final Logger log = LoggerFactory.getLogger(Hosts.class);

    /** Changes that wait; beyond it they are refused. */
    private static final int MOST_WAITING = 50;

    /** A host with an uplink. */
    private record Connected(HostSource source, UplinkTarget target) {}

    /** A host without an uplink, and why. */
    private record Unusable(HostSource source, UplinkTarget target, String problem) {}

    private final HostsSettings settings;
    private final List<UplinkTarget> ofSettings;
    private final Uplinks uplinks;
    /** Null if none is set. */
    private final HostsFile file;

    private final HostStore store;
    private final Map<String, Connected> connected = new LinkedHashMap<>();
    private final List<Unusable> unusable = new ArrayList<>();
    private List<UplinkTarget> ofFile = List.of();
    private List<UplinkTarget> ofPage = List.of();
    private Consumer<String> onReload = sentence -> {};
    private Function<String, Future<Void>> onRemoveEnrolled = name -> Future.succeededFuture();

    /** Completes when the last change has been made. */
    private Future<?> turn = Future.succeededFuture();

    private int waiting;

    public Hosts(Vertx vertx, HostsSettings settings, List<UplinkTarget> ofSettings, Uplinks uplinks) {
        this.settings = settings;
        this.ofSettings = List.copyOf(ofSettings);
        this.uplinks = uplinks;
        this.file = settings.file()
                .map(path -> new HostsFile(vertx, path, settings))
                .orElse(null);
        this.store = new HostStore(vertx, settings);
    }

    /** Called with a sentence when the hosts file has changed; set before the start. */
    public void onReload(Consumer<String> listener) {
        onReload = listener;
    }

    /** Called with the name of a host that has enrolled, before it is removed; fails if it cannot be. Set before the start. */
    public void onRemoveEnrolled(Function<String, Future<Void>> listener) {
        onRemoveEnrolled = listener;
    }

    /** Reads the files; fails with {@link io.dockrelay.settings.SettingsException} if one has a mistake. */
    public Future<Void> load() {
        Future<List<UplinkTarget>> read = file == null ? Future.succeededFuture(List.of()) : file.load();
        return read.onSuccess(hosts -> ofFile = hosts)
                .compose(hosts -> store.load())
                .onSuccess(hosts -> ofPage = hosts)
                .mapEmpty();
    }

    /** What all hosts that were loaded are called until they give an id. */
    public Set<String> placeholders() {
        return Stream.of(ofSettings, ofFile, ofPage)
                .flatMap(List::stream)
                .map(UplinkTarget::placeholder)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Connects. Fails if it cannot for a host of the settings; another one is listed with its problem. */
    public Future<Void> start() {
        return uplinks.start(ofSettings)
                .onSuccess(deployed -> ofSettings.stream()
                        .filter(target -> uplinks.target(target.name()).isPresent())
                        .forEach(target -> connected.put(target.name(), new Connected(HostSource.SETTINGS, target))))
                .compose(deployed -> inOrder(ofFile, target -> connect(HostSource.FILE, target)))
                .compose(deployed -> inOrder(ofPage, target -> connect(HostSource.PAGE, target)))
                .onSuccess(deployed -> {
                    if (file != null) {
                        file.watch(read -> inTurn(() -> reloaded(read))
                                .onFailure(failure -> log.error("the hosts file could not be used", failure)));
                    }
                });
    }

    public void close() {
        if (file != null) {
            file.close();
        }
    }

    /** All hosts: those of the settings first, and of each source in the order in which they came. */
    public List<HostState> all() {
        Stream<HostState> there = connected.values().stream()
                .flatMap(host -> uplinks.report(host.target().name()).stream().map(report -> state(host, report)));
        Stream<HostState> not = unusable.stream()
                .map(host -> new HostState(
                        host.target().name(),
                        host.source(),
                        url(host.source(), host.target()),
                        null,
                        LinkState.WAITING,
                        null,
                        Map.of(),
                        host.problem()));
        return Stream.concat(there, not).toList();
    }

    /** The host with this name. */
    public Optional<HostState> find(String name) {
        return all().stream().filter(host -> host.name().equals(name)).findFirst();
    }

    /**
     * Adds a host, and keeps it for the next start.
     *
     * @return fails with a {@link Refusal}
     * @throws IllegalArgumentException with a sentence, if the request has a mistake
     */
    public Future<HostState> add(NewHost asked) {
        HostEntry entry = asked.entry();
        UplinkTarget target = entry.target(settings, null);
        return inTurn(() -> {
            if (!store.exists()) {
                return conflict("No host can be added here, because it could not be kept: set dataFolder"
                        + " (RELAY_DATA_FOLDER) to a folder of this relay alone, or write it in the hosts file.");
            }
            if (connected.size() >= HostsFormat.MOST_HOSTS) {
                return conflict("There are " + HostsFormat.MOST_HOSTS + " hosts already; remove one first.");
            }
            return uplinks.add(target)
                    .onSuccess(there -> connected.put(target.name(), new Connected(HostSource.PAGE, target)))
                    .compose(there -> store.put(target.name(), entry).recover(failed -> withdrawn(target, failed)))
                    .map(kept -> find(target.name()).orElseThrow());
        });
    }

    /**
     * Connects to a host that has come by itself, which the caller keeps.
     *
     * @return fails with a {@link Refusal} if another one has its name or address
     */
    public Future<Void> addEnrolled(UplinkTarget target) {
        return inTurn(() -> uplinks.add(target)
                .onSuccess(there -> connected.put(target.name(), new Connected(HostSource.ENROLLED, target))));
    }

    /**
     * Removes a host that was added while a relay ran. It is no longer listed, and neither are its containers.
     *
     * @return fails with a {@link Refusal}
     */
    public Future<Void> remove(String name) {
        return inTurn(() -> {
            Connected host = connected.get(name);
            HostSource source = host == null ? sourceOfUnusable(name) : host.source();
            return switch (source) {
                case null ->
                    Future.failedFuture(
                            new Refusal(RefusalKind.NO_SUCH_CONTAINER, "No host is called \"" + name + "\"."));
                case SETTINGS ->
                    conflict("The host \"" + name
                            + "\" is in the relay's settings: remove it there, from controllerWs (CONTROLLER_WS).");
                case FILE ->
                    conflict("The host \"" + name + "\" is in the hosts file: remove it there, from "
                            + settings.file().orElseThrow() + ".");
                case PAGE -> store.remove(name).compose(removed -> disconnect(name));
                case ENROLLED -> onRemoveEnrolled.apply(name).compose(removed -> disconnect(name));
            };
        });
    }

    /** A host that another part keeps has ended there. */
    public Future<Void> removeEnrolled(String name) {
        return inTurn(() -> {
            Connected host = connected.get(name);
            return host != null && host.source() == HostSource.ENROLLED ? disconnect(name) : Future.succeededFuture();
        });
    }

    private Future<Void> reloaded(List<UplinkTarget> read) {
        List<String> before = ofFile.stream().map(UplinkTarget::name).toList();
        List<String> now = read.stream().map(UplinkTarget::name).toList();
        ofFile = read;
        onReload.accept("the hosts were read again from " + file.path() + ": " + read.size() + " hosts"
                + named("; new", now, before) + named("; gone", before, now));
        return settle();
    }

    private static String named(String what, List<String> in, List<String> notIn) {
        List<String> names =
                in.stream().filter(name -> !notIn.contains(name)).limit(20).toList();
        return names.isEmpty() ? "" : what + ": " + String.join(", ", names);
    }

    /** Makes the uplinks what the files say. A host that has changed is connected to again. */
    private Future<Void> settle() {
        unusable.removeIf(host -> host.source() == HostSource.FILE);
        List<String> gone = connected.values().stream()
                .filter(host -> host.source() == HostSource.FILE && !ofFile.contains(host.target()))
                .map(host -> host.target().name())
                .toList();
        return inOrder(gone, this::end)
                .compose(ended -> inOrder(
                        ofFile.stream()
                                .filter(target -> !isConnected(HostSource.FILE, target))
                                .toList(),
                        target -> connect(HostSource.FILE, target)));
    }

    private boolean isConnected(HostSource source, UplinkTarget target) {
        return new Connected(source, target).equals(connected.get(target.name()));
    }

    /** Never fails: a host that cannot be used is listed with its problem. */
    private Future<Void> connect(HostSource source, UplinkTarget target) {
        return uplinks.add(target)
                .onSuccess(there -> connected.put(target.name(), new Connected(source, target)))
                .recover(failed -> {
                    log.warn("the host {} cannot be used: {}", target.name(), failed.getMessage());
                    unusable.add(new Unusable(source, target, failed.getMessage()));
                    return Future.succeededFuture();
                });
    }

    /** Another host of the file may have waited for the name or the address. */
    private Future<Void> disconnect(String name) {
        return end(name).compose(ended -> settle());
    }

    private Future<Void> end(String name) {
        connected.remove(name);
        unusable.removeIf(
                host -> host.source() == HostSource.PAGE && host.target().name().equals(name));
        return uplinks.remove(name).mapEmpty();
    }

    /** What cannot be kept would be gone after a restart. */
    private Future<Void> withdrawn(UplinkTarget target, Throwable failed) {
        return end(target.name()).compose(ended -> Future.failedFuture(failed));
    }

    private HostSource sourceOfUnusable(String name) {
        return unusable.stream()
                .filter(host -> host.target().name().equals(name))
                .map(Unusable::source)
                .findFirst()
                .orElse(null);
    }

    private <T> Future<T> inTurn(Supplier<Future<T>> change) {
        if (waiting >= MOST_WAITING) {
            return Future.failedFuture(
                    new Refusal(RefusalKind.BUSY, "Too many changes of hosts wait; try again in a minute."));
        }
        waiting++;
        Future<T> done = turn.transform(before -> change.get()).onComplete(either -> waiting--);
        turn = done;
        return done;
    }

    private static <T> Future<Void> inOrder(List<T> all, Function<T, Future<Void>> step) {
        Future<Void> done = Future.succeededFuture();
        for (T each : all) {
            done = done.compose(before -> step.apply(each));
        }
        return done;
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

    private static String url(HostSource source, UplinkTarget target) {
        return source == HostSource.ENROLLED
                ? null
                : Objects.toString(target.ws()).replaceFirst("/$", "");
    }

    private static <T> Future<T> conflict(String sentence) {
        return Future.failedFuture(new Refusal(RefusalKind.CONFLICT, sentence));
    }
}
