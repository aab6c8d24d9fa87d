package io.dockrelay.relay.hosts;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.relay.uplink.UplinkTarget;
import io.dockrelay.relay.uplink.Uplinks;
import io.dockrelay.settings.HostsSettings;

/**
 * The hosts that a relay connects to: those of the settings, of the hosts file, and those that were added while it runs. One
 * change at a time. Owned by the relay's verticle, on its context, from {@link #load} to {@link #close}.
 */
public final class Hosts {

    private static final Logger log = LoggerFactory.getLogger(Hosts.class);

    private final HostsSettings settings;
    private final List<UplinkTarget> ofSettings;
    private final HostConnections connections;

    /** Null if none is set. */
    private final HostsFile file;

    private final HostStore store;
    private final Turns turns = new Turns();
    private List<UplinkTarget> ofFile = List.of();
    private List<UplinkTarget> ofPage = List.of();
    private Consumer<String> onReload = sentence -> {};
    private Function<String, Future<Void>> onRemoveEnrolled = name -> Future.succeededFuture();

    public Hosts(Vertx vertx, HostsSettings settings, List<UplinkTarget> ofSettings, Uplinks uplinks) {
        this.settings = settings;
        this.ofSettings = List.copyOf(ofSettings);
        this.connections = new HostConnections(uplinks);
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
        return connections
                .start(ofSettings)
                .compose(deployed -> connections.addAll(HostSource.FILE, ofFile))
                .compose(deployed -> connections.addAll(HostSource.PAGE, ofPage))
                .onSuccess(deployed -> watch());
    }

    public void close() {
        if (file != null) {
            file.close();
        }
    }

    /** All hosts, in the order in which they came; those that cannot be connected to at the end. */
    public List<HostState> all() {
        return connections.all();
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
        return turns.next(() -> {
            if (!store.exists()) {
                return conflict("No host can be added here, because it could not be kept: set dataFolder"
                        + " (RELAY_DATA_FOLDER) to a folder of this relay alone, or write it in the hosts file.");
            }
            if (connections.size() >= HostsFormat.MOST_HOSTS) {
                return conflict("There are " + HostsFormat.MOST_HOSTS + " hosts already; remove one first.");
            }
            return connections
                    .add(HostSource.PAGE, target)
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
        return turns.next(() -> connections.add(HostSource.ENROLLED, target));
    }

    /** A host that another part keeps has ended there. */
    public Future<Void> removeEnrolled(String name) {
        return turns.next(() -> connections
                .source(name)
                .filter(HostSource.ENROLLED::equals)
                .map(enrolled -> disconnect(name))
                .orElseGet(Future::succeededFuture));
    }

    /**
     * Removes a host that was added while a relay ran. It is no longer listed, and neither are its containers.
     *
     * @return fails with a {@link Refusal}
     */
    public Future<Void> remove(String name) {
        return turns.next(() -> connections
                .source(name)
                .map(source -> remove(name, source))
                .orElseGet(() -> Future.failedFuture(
                        new Refusal(RefusalKind.NO_SUCH_CONTAINER, "No host is called \"" + name + "\"."))));
    }

    private Future<Void> remove(String name, HostSource source) {
        return switch (source) {
            case SETTINGS ->
                conflict("The host \"" + name
                        + "\" is in the relay's settings: remove it there, from controllerWs (CONTROLLER_WS).");
            case FILE ->
                conflict("The host \"" + name + "\" is in the hosts file: remove it there, from "
                        + settings.file().orElseThrow() + ".");
            case PAGE -> store.remove(name).compose(removed -> disconnect(name));
            case ENROLLED -> onRemoveEnrolled.apply(name).compose(removed -> disconnect(name));
        };
    }

    private void watch() {
        if (file != null) {
            file.watch(read -> turns.next(() -> reloaded(read))
                    .onFailure(failure -> log.error("the hosts file could not be used", failure)));
        }
    }

    private Future<Void> reloaded(List<UplinkTarget> read) {
        List<String> before = ofFile.stream().map(UplinkTarget::name).toList();
        List<String> now = read.stream().map(UplinkTarget::name).toList();
        ofFile = read;
        onReload.accept("the hosts were read again from " + file.path() + ": " + read.size() + " hosts"
                + named("; new", now, before) + named("; gone", before, now));
        return connections.settle(ofFile);
    }

    private static String named(String what, List<String> in, List<String> notIn) {
        List<String> names =
                in.stream().filter(name -> !notIn.contains(name)).limit(20).toList();
        return names.isEmpty() ? "" : what + ": " + String.join(", ", names);
    }

    /** A host of the file may have waited for the name or the address. */
    private Future<Void> disconnect(String name) {
        return connections.end(name).compose(ended -> connections.settle(ofFile));
    }

    /** What cannot be kept would be gone after a restart. */
    private Future<Void> withdrawn(UplinkTarget target, Throwable failed) {
        return connections.end(target.name()).compose(ended -> Future.failedFuture(failed));
    }

    private static <T> Future<T> conflict(String sentence) {
        return Future.failedFuture(new Refusal(RefusalKind.CONFLICT, sentence));
    }
}
