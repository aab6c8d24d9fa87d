package io.dockrelay.relay.signin.users;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.protocol.timers.Periodic;

/**
 * A relay's copy of the users, which follows the file. While the file is missing or cannot be used, the last good copy stays.
 * Owned by the relay's sign-in, from {@link #start} to {@link #close}, on its context; reads on a worker.
 */
public final class UsersWatch {

    /** So that a change holds within a second. */
    private static final Duration INTERVAL = Duration.ofMillis(500);

    private static final Logger LOG = LoggerFactory.getLogger(UsersWatch.class);

    private final Vertx vertx;
    private final UsersFile file;
    private final Consumer<Users> onChange;
    private final Periodic polls;
    private Consumer<String> onEdited = sentence -> {};
    private Users users = Users.NONE;
    private FileStamp stamp = FileStamp.MISSING;
    /** True while a poll runs. */
    private boolean polling;

    /** What was read, and the state of the file before. */
    private record Read(FileStamp stamp, Users users, String problem) {}

    public UsersWatch(Vertx vertx, UsersFile file, Consumer<Users> onChange) {
        this.vertx = vertx;
        this.file = file;
        this.onChange = onChange;
        this.polls = new Periodic(vertx);
    }

    /** Sets what takes each change that was not made by {@link #edit}, as a sentence; before the start. */
    public void onEdited(Consumer<String> listener) {
        onEdited = listener;
    }

    /** Fails with {@link UsersException} if the file cannot be used. */
    public Future<Void> start() {
        return vertx.executeBlocking(() -> new Read(file.stamp(), file.read(), null))
                .onSuccess(read -> {
                    stamp = read.stamp();
                    users = read.users();
                    polls.start(INTERVAL, this::poll);
                })
                .mapEmpty();
    }

    public void close() {
        polls.cancel();
    }

    public Users users() {
        return users;
    }

    /** Edits the file; the copy has the edit when the future completes. */
    public Future<Users> edit(UnaryOperator<Users> edit) {
        AtomicReference<Users> before = new AtomicReference<>();
        return vertx.executeBlocking(() -> file.edit(read -> {
                    before.set(read);
                    return edit.apply(read);
                }))
                .onSuccess(edited -> {
                    report(before.get());
                    changed(edited);
                });
    }

    /** Runs in turn with the edits, so that it cannot bring back what was before one. */
    private void poll() {
        if (polling) {
            return;
        }
        polling = true;
        FileStamp known = stamp;
        vertx.executeBlocking(() -> readIfOther(known))
                .onSuccess(this::polled)
                .onFailure(bug -> LOG.error("[sign-in] the users file could not be watched", bug))
                .onComplete(either -> polling = false);
    }

    /** Null if the file is as it was. */
    private Read readIfOther(FileStamp known) {
        FileStamp now = file.stamp();
        if (now.equals(known)) {
            return null;
        }
        if (now.equals(FileStamp.MISSING)) {
            return new Read(now, null, file.path() + " is missing");
        }
        try {
            return new Read(now, file.read(), null);
        } catch (UsersException unusable) {
            return new Read(now, null, unusable.getMessage());
        }
    }

    private void polled(Read read) {
        if (read == null) {
            return;
        }
        stamp = read.stamp();
        if (read.users() == null) {
            LOG.warn("[sign-in] the users stay as they were: {}", read.problem());
        } else {
            report(read.users());
            changed(read.users());
        }
    }

    /** @param read what another process has made of the users */
    private void report(Users read) {
        UserChanges.between(users, read).forEach(onEdited);
    }

    private void changed(Users now) {
        if (!now.equals(users)) {
            users = now;
            onChange.accept(now);
        }
    }
}
