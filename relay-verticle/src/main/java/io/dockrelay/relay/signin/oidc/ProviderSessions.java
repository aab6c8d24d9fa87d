package io.dockrelay.relay.signin.oidc;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions of users of the provider: in memory, and in files that other relays may share. Owned by the relay's sign-in, on
 * its context; the disk on a worker, in order.
 */
public final class ProviderSessions {

    private static final Logger LOG = LoggerFactory.getLogger(ProviderSessions.class);

    /** Beyond it, the one that was confirmed the longest time ago ends. */
    private static final int MOST = 5_000;

    private final Vertx vertx;
    private final ProviderSessionFiles files;
    private final Duration longest;
    private final Clock clock;
    private final Map<String, ProviderSession> sessions = new HashMap<>();
    /** When the file of each was replaced, as it was last read, in ms. */
    private final Map<String, Long> stamps = new HashMap<>();
    /** Those whose file is being written or removed; what is read meanwhile is older. */
    private final Set<String> writing = new HashSet<>();

    private Runnable onChange = () -> {};
    /** Of the folder when it was last read, in ms. */
    private long modified = -1;
    /** True while the folder is read. */
    private boolean reading;

    /**
     * The right to ask the provider about a session.
     *
     * @param isHeld false while another relay asks
     * @param current the session as it is on the disk; empty if it is not there
     */
    record Lease(boolean isHeld, Optional<ProviderSession> current) {}

    /**
     * @param key 32 bytes, of this purpose alone
     * @param longest time of a session
     */
    public ProviderSessions(Vertx vertx, Path dataFolder, byte[] key, Duration longest, Clock clock) {
        this.vertx = vertx;
        this.files = new ProviderSessionFiles(dataFolder, key);
        this.longest = longest;
        this.clock = clock;
    }

    public Future<Void> start() {
        Instant now = clock.instant();
        return vertx.executeBlocking(() -> files.changes(Map.of(), -1, now))
                .onSuccess(read -> took(read, Set.of()))
                .mapEmpty();
    }

    /** Sets what is called when sessions have other groups, or are gone. */
    public void onChange(Runnable listener) {
        onChange = listener;
    }

    public Optional<ProviderSession> find(String id) {
        return Optional.ofNullable(sessions.get(id));
    }

    /** The same, also if another relay has only just begun it; the future does not fail. */
    public Future<Optional<ProviderSession>> load(String id) {
        return vertx.executeBlocking(() -> files.read(id))
                .map(read -> {
                    if (!writing.contains(id)) {
                        read.ifPresent(session -> sessions.putIfAbsent(id, session));
                    }
                    return find(id);
                })
                .otherwise(Optional.empty());
    }

    /** The session of the user with this name that was confirmed last. */
    public Optional<ProviderSession> newest(String name) {
        return sessions.values().stream()
                .filter(session -> session.name().equals(name))
                .max(Comparator.comparing(ProviderSession::confirmed));
    }

    /** The ids of all sessions of the user. */
    public List<String> of(String subject) {
        return sessions.entrySet().stream()
                .filter(entry -> entry.getValue().subject().equals(subject))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Adds or replaces a session, at once; the future completes when it is on disk, or cannot be written. */
    public Future<Void> put(String id, ProviderSession session) {
        if (sessions.size() >= MOST && !sessions.containsKey(id)) {
            sessions.entrySet().stream()
                    .min(Comparator.comparing(entry -> entry.getValue().confirmed()))
                    .map(Map.Entry::getKey)
                    .ifPresent(this::remove);
        }
        ProviderSession before = sessions.put(id, session);
        Future<Void> written = write(id, () -> files.write(id, session));
        if (before != null && !before.groups().equals(session.groups())) {
            onChange.run();
        }
        return written;
    }

    /** Ends a session, at once. */
    public void remove(String id) {
        if (sessions.remove(id) != null) {
            stamps.remove(id);
            Future<Void> unused = write(id, () -> files.remove(id));
            onChange.run();
        }
    }

    /** Time has passed: takes what other relays have changed, and ends what is over. */
    public void tick() {
        Instant now = clock.instant();
        Instant old = now.minus(longest);
        List<String> over = sessions.entrySet().stream()
                .filter(entry -> entry.getValue().started().isBefore(old))
                .map(Map.Entry::getKey)
                .toList();
        over.forEach(this::remove);
        if (reading) {
            return;
        }
        reading = true;
        Set<String> before = Set.copyOf(sessions.keySet());
        Map<String, Long> known = Map.copyOf(stamps);
        long last = modified;
        vertx.executeBlocking(() -> files.changes(known, last, now))
                .onSuccess(read -> took(read, before))
                .onFailure(unreadable -> LOG.debug("[oidc] {} cannot be read", files.folder(), unreadable))
                .onComplete(either -> reading = false);
    }

    /** The right to ask the provider about a session. Without a disk there is no other relay to exclude. */
    Future<Lease> lease(String id) {
        Instant now = clock.instant();
        return vertx.executeBlocking(() ->
                        files.lease(id, now) ? new Lease(true, files.read(id)) : new Lease(false, Optional.empty()))
                .otherwise(disk -> new Lease(true, Optional.empty()));
    }

    void release(String id) {
        Future<Void> unused = blocking(() -> files.release(id))
                .onFailure(failed -> LOG.debug("[oidc] a lease in {} stays until it is old", files.folder(), failed));
    }

    /**
     * @param read null if nothing has changed
     * @param before the sessions when the reading began
     */
    private void took(ProviderSessionFiles.Changes read, Set<String> before) {
        if (read == null) {
            return;
        }
        modified = read.modified();
        Map<String, ProviderSession> was = Map.copyOf(sessions);
        read.changed().forEach((id, session) -> {
            boolean removed = before.contains(id) && !sessions.containsKey(id);
            if (!writing.contains(id) && !removed) {
                sessions.put(id, session);
            }
        });
        Stream<String> gone = before.stream().filter(id -> !read.stamps().containsKey(id) && !writing.contains(id));
        gone.forEach(sessions::remove);
        stamps.clear();
        stamps.putAll(read.stamps());
        if (!was.equals(sessions)) {
            onChange.run();
        }
    }

    private Future<Void> write(String id, Task task) {
        writing.add(id);
        return blocking(task)
                .onFailure(failed -> LOG.warn(
                        "[oidc] a session in {} cannot be written, so that a restart does not know it: {}",
                        files.folder(),
                        failed.getMessage()))
                .onComplete(written -> writing.remove(id))
                .otherwiseEmpty();
    }

    private Future<Void> blocking(Task task) {
        return vertx.executeBlocking(() -> {
            task.run();
            return null;
        });
    }

    /** Work on the disk. */
    private interface Task {

        void run() throws IOException;
    }
}
