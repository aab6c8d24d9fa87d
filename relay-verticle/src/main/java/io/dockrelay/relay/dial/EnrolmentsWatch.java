package io.dockrelay.relay.dial;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.timers.Periodic;
import io.dockrelay.relay.signin.users.FileStamp;
import io.dockrelay.settings.SettingsException;

/**
 * A relay's copy of the enrolments, which follows the file. While the file is missing or cannot be used, the last good copy
 * stays. Owned by {@link EnrolmentDesk}, from {@link #start} to {@link #close}, on the relay's context; reads and writes on a
 * worker.
 */
final class EnrolmentsWatch {

    /** So that a revocation at another relay holds within a second. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private static final Logger log = LoggerFactory.getLogger(EnrolmentsWatch.class);

    private final Vertx vertx;
    /** Null without a folder. */
    private final EnrolmentsFile file;

    private final Periodic looks;
    private Enrolments enrolments = Enrolments.NONE;
    private FileStamp stamp = FileStamp.MISSING;
    private boolean looking;
    private Runnable onChange = () -> {};

    /** @param state of the file before it was read */
    private record Reading(FileStamp state, Enrolments read) {}

    /** @param folder of the file; empty: there are no enrolments */
    EnrolmentsWatch(Vertx vertx, Optional<Path> folder) {
        this.vertx = vertx;
        this.file = folder.map(EnrolmentsFile::new).orElse(null);
        this.looks = new Periodic(vertx);
    }

    /** Called after each change, also one by another relay. */
    void onChange(Runnable listener) {
        onChange = listener;
    }

    /** Fails with {@link SettingsException} if the file cannot be used. */
    Future<Void> start() {
        if (file == null) {
            return Future.succeededFuture();
        }
        return vertx.executeBlocking(() -> new Reading(file.stamp(), file.read()))
                .onSuccess(reading -> {
                    stamp = reading.state();
                    enrolments = reading.read();
                    looks.start(LOOK_EVERY, this::look);
                })
                .mapEmpty();
    }

    void close() {
        looks.cancel();
    }

    Enrolments now() {
        return enrolments;
    }

    /** Edits the file; the copy has the edit when the future completes. Fails with a {@link Refusal}. */
    Future<Enrolments> edit(UnaryOperator<Enrolments> edit) {
        if (file == null) {
            return Future.failedFuture(new Refusal(
                    RefusalKind.CONFLICT,
                    "No host can be enrolled here, because its key could not be kept: set dataFolder (RELAY_DATA_FOLDER)"
                            + " to a folder of the relay."));
        }
        return vertx.executeBlocking(() -> file.edit(edit))
                .onSuccess(this::changed)
                .recover(EnrolmentsWatch::notEdited);
    }

    private static Future<Enrolments> notEdited(Throwable failed) {
        if (failed instanceof SettingsException forTheOperator) {
            log.warn("[dial] {}", forTheOperator.getMessage());
            return Future.failedFuture(new Refusal(
                    RefusalKind.NOT_RECORDED,
                    "The enrolments cannot be kept now; see the log of the relay for the reason."));
        }
        return Future.failedFuture(failed);
    }

    /** Runs in turn with the edits, so that it cannot bring back what was before one. */
    private void look() {
        if (looking) {
            return;
        }
        looking = true;
        FileStamp known = stamp;
        vertx.executeBlocking(() -> readIfOther(known))
                .onSuccess(this::looked)
                .onFailure(unusable -> log.warn("[dial] the enrolments stay as they were: {}", unusable.getMessage()))
                .onComplete(either -> looking = false);
    }

    /** Null if the file is as it was. */
    private Reading readIfOther(FileStamp known) {
        FileStamp now = file.stamp();
        return now.equals(known) || now.equals(FileStamp.MISSING) ? null : new Reading(now, file.read());
    }

    private void looked(Reading reading) {
        if (reading != null) {
            stamp = reading.state();
            changed(reading.read());
        }
    }

    private void changed(Enrolments now) {
        if (!now.equals(enrolments)) {
            enrolments = now;
            onChange.run();
        }
    }
}
