package io.dockrelay.relay.view;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.protocol.rights.Grants;
import io.dockrelay.protocol.rights.GrantsFormat;
import io.dockrelay.protocol.timers.Periodic;
import io.dockrelay.settings.SettingsException;

/**
 * The grants file, read again within half a second after it has changed. While it is missing or has a mistake, the last grants
 * that could be read stay. Owned by the relay's verticle, on its context; reads the disk on a worker thread.
 */
public final class GrantsFile {

    private static final Logger log = LoggerFactory.getLogger(GrantsFile.class);

    private static final Duration CHECK_EVERY = Duration.ofMillis(300);

    /** Bytes; a larger file is not read. */
    private static final long MAX = 4L * 1024 * 1024;

    private final Vertx vertx;
    private final Path path;
    private final Periodic checks;
    private final UnknownUsers unknown;
    private Consumer<Grants> onChange = grants -> {};
    /** Null before the first reading. */
    private String version;
    /** True while the disk is read. */
    private boolean reading;

    /** What the file was at one moment; one of the last two is null. */
    private record Reading(String version, Grants grants, String mistake) {}

    /** @param mayExist whether a user of this name can sign in, as far as the relay knows */
    public GrantsFile(Vertx vertx, Path path, Predicate<String> mayExist) {
        this.vertx = vertx;
        this.path = path;
        this.checks = new Periodic(vertx);
        this.unknown = new UnknownUsers(path, mayExist);
    }

    /** Reads it for the first time; fails with {@link SettingsException} if it has a mistake. */
    public Future<Grants> start(Consumer<Grants> listener) {
        onChange = listener;
        return vertx.executeBlocking(() -> read(null)).compose(first -> {
            version = first.version();
            if (first.mistake() != null) {
                return Future.failedFuture(new SettingsException(
                        List.of("The grants file " + path + " cannot be used: " + first.mistake() + ".")));
            }
            log.info(
                    "the grants file {} has {} grants",
                    path,
                    first.grants().all().size());
            unknown.read(first.grants());
            checks.start(CHECK_EVERY, this::check);
            return Future.succeededFuture(first.grants());
        });
    }

    /** Other users can sign in now. */
    public void usersChanged() {
        unknown.usersChanged();
    }

    public void close() {
        checks.cancel();
    }

    private void check() {
        if (reading) {
            return;
        }
        reading = true;
        String last = version;
        Future<Reading> next = vertx.executeBlocking(() -> read(last));
        next.onComplete(read -> reading = false)
                .onSuccess(this::take)
                .onFailure(failure -> log.error("the grants file {} could not be checked", path, failure));
    }

    private void take(Reading next) {
        if (Objects.equals(next.version(), version)) {
            return;
        }
        version = next.version();
        if (next.mistake() == null) {
            log.info(
                    "the grants file {} has changed: {} grants",
                    path,
                    next.grants().all().size());
            unknown.read(next.grants());
            onChange.accept(next.grants());
        } else {
            log.warn("the grants file {} cannot be used, its last grants stay: {}", path, next.mistake());
        }
    }

    /** @param last the version that needs no reading; null for none */
    private Reading read(String last) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            String now = attributes.lastModifiedTime() + " " + attributes.size() + " " + attributes.fileKey();
            if (now.equals(last)) {
                return new Reading(now, null, null);
            }
            if (attributes.size() > MAX) {
                return new Reading(now, null, "it is larger than " + MAX + " bytes");
            }
            return read(now, Files.readAllBytes(path));
        } catch (IOException unreadable) {
            return new Reading("unreadable", null, "it cannot be read");
        }
    }

    private static Reading read(String now, byte[] json) {
        try {
            return new Reading(now, GrantsFormat.read(json), null);
        } catch (IllegalArgumentException mistake) {
            return new Reading(now, null, mistake.getMessage());
        }
    }
}
