package io.dockrelay.relay.hosts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.protocol.timers.Periodic;
import io.dockrelay.relay.signin.users.FileStamp;
import io.dockrelay.relay.uplink.UplinkTarget;
import io.dockrelay.settings.HostsSettings;
import io.dockrelay.settings.SettingsException;

/**
 * The hosts file, read again within a second after it, or a token's file that it names, has changed. While it is missing or has
 * a mistake, the last hosts stay. Owned by {@link Hosts}, on its context; reads the disk on a worker.
 */
final class HostsFile {

    private static final Logger log = LoggerFactory.getLogger(HostsFile.class);

    private static final Duration CHECK_EVERY = Duration.ofMillis(500);

    /** Bytes; a larger file is not read. */
    private static final long MAX = 1024 * 1024;

    private final Vertx vertx;
    private final Path path;
    private final HostsSettings settings;
    private final Periodic checks;
    private Consumer<List<UplinkTarget>> onChange = hosts -> {};

    /** Null before the first reading. */
    private Reading last;

    /** True while the disk is read. */
    private boolean reading;

    /**
     * What the file was at one moment.
     *
     * @param stamps of the file and of those that it names
     * @param hosts null if it has a mistake
     * @param mistake null if it has none
     */
    private record Reading(List<Path> files, List<FileStamp> stamps, List<UplinkTarget> hosts, String mistake) {}

    HostsFile(Vertx vertx, Path path, HostsSettings settings) {
        this.vertx = vertx;
        this.path = path;
        this.settings = settings;
        this.checks = new Periodic(vertx);
    }

    Path path() {
        return path;
    }

    /** Reads it for the first time; fails with {@link SettingsException} if it has a mistake. */
    Future<List<UplinkTarget>> load() {
        return vertx.executeBlocking(this::read).compose(first -> {
            last = first;
            return first.mistake() == null
                    ? Future.succeededFuture(first.hosts())
                    : Future.failedFuture(new SettingsException(
                            List.of("The hosts file " + path + " cannot be used: " + first.mistake() + ".")));
        });
    }

    /** @param listener gets the hosts each time that they have changed */
    void watch(Consumer<List<UplinkTarget>> listener) {
        onChange = listener;
        checks.start(CHECK_EVERY, this::check);
    }

    void close() {
        checks.cancel();
    }

    private void check() {
        if (reading) {
            return;
        }
        reading = true;
        Reading before = last;
        Future<Reading> next =
                vertx.executeBlocking(() -> stamps(before.files()).equals(before.stamps()) ? before : read());
        next.onComplete(read -> reading = false)
                .onSuccess(this::take)
                .onFailure(failure -> log.error("the hosts file {} could not be checked", path, failure));
    }

    private void take(Reading next) {
        if (next.equals(last)) {
            return;
        }
        last = next;
        if (next.mistake() == null) {
            log.info(
                    "the hosts file {} has changed: {} hosts",
                    path,
                    next.hosts().size());
            onChange.accept(next.hosts());
        } else {
            log.warn("the hosts file {} cannot be used, its last hosts stay: {}", path, next.mistake());
        }
    }

    /** Stamps come first: what changes while it is read is read again. */
    private Reading read() {
        List<Path> files = new ArrayList<>(List.of(path));
        List<FileStamp> stamps = new ArrayList<>(stamps(files));
        try {
            if (Files.size(path) > MAX) {
                return new Reading(files, stamps, null, "it is larger than " + MAX + " bytes");
            }
            List<HostEntry> entries = HostsFormat.read(Files.readAllBytes(path));
            List<Path> named =
                    entries.stream().flatMap(entry -> entry.files(folder())).toList();
            files.addAll(named);
            stamps.addAll(stamps(named));
            return new Reading(files, stamps, targets(entries), null);
        } catch (IOException unreadable) {
            return new Reading(files, stamps, null, "it cannot be read");
        } catch (IllegalArgumentException mistake) {
            return new Reading(files, stamps, null, mistake.getMessage().replaceFirst("\\.$", ""));
        }
    }

    private List<UplinkTarget> targets(List<HostEntry> entries) {
        Set<String> used = new HashSet<>();
        List<UplinkTarget> targets = new ArrayList<>();
        for (HostEntry entry : entries) {
            UplinkTarget target = entry.target(settings, folder());
            if (!used.add("name " + target.name())) {
                throw new IllegalArgumentException(
                        "two of its hosts have the name \"" + target.name() + "\": change one");
            }
            if (!used.add("address " + target.placeholder())) {
                throw new IllegalArgumentException(
                        "two of its hosts have the address " + target.placeholder() + ": remove one");
            }
            targets.add(target);
        }
        return List.copyOf(targets);
    }

    private Path folder() {
        return path.toAbsolutePath().getParent();
    }

    private static List<FileStamp> stamps(List<Path> files) {
        return files.stream().map(FileStamp::of).toList();
    }
}
