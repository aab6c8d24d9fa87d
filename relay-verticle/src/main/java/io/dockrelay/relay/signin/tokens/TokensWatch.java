package io.dockrelay.relay.signin.tokens;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.protocol.timers.Periodic;
import io.dockrelay.relay.signin.users.FileStamp;

/**
 * A relay's copy of the tokens, which follows the file. While the file is missing or cannot be used, the last good copy stays.
 * Owned by {@link TokenDesk}, from {@link #start} to {@link #close}, on the relay's context; reads on a worker.
 */
final class TokensWatch {

    /** So that a change holds within a second. */
    private static final Duration INTERVAL = Duration.ofMillis(500);

    private static final Logger LOG = LoggerFactory.getLogger(TokensWatch.class);

    private final Vertx vertx;
    private final TokensFile file;
    private final Consumer<Tokens> onChange;
    private final Periodic polls;
    private Tokens tokens = Tokens.NONE;
    private FileStamp stamp = FileStamp.MISSING;
    /** True while a poll runs. */
    private boolean polling;

    /**
     * What was read, and the state of the file before.
     *
     * @param tokens null if they cannot be used
     * @param problem null if they can
     */
    private record Reading(FileStamp stamp, Tokens tokens, String problem) {}

    TokensWatch(Vertx vertx, TokensFile file, Consumer<Tokens> onChange) {
        this.vertx = vertx;
        this.file = file;
        this.onChange = onChange;
        this.polls = new Periodic(vertx);
    }

    /** Fails with {@link TokensException} if the file cannot be used. */
    Future<Void> start() {
        return vertx.executeBlocking(() -> new Reading(file.stamp(), file.read(), null))
                .onSuccess(read -> {
                    stamp = read.stamp();
                    changed(read.tokens());
                    polls.start(INTERVAL, this::poll);
                })
                .mapEmpty();
    }

    void close() {
        polls.cancel();
    }

    Tokens tokens() {
        return tokens;
    }

    /** Edits the file; the copy has the edit when the future completes. */
    Future<Tokens> edit(UnaryOperator<Tokens> edit) {
        boolean known = !tokens.all().isEmpty();
        return vertx.executeBlocking(() -> known ? file.editKnown(edit) : file.edit(edit))
                .onSuccess(this::changed);
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
                .onFailure(bug -> LOG.error("[sign-in] the tokens file could not be watched", bug))
                .onComplete(either -> polling = false);
    }

    /** Null if the file is as it was. */
    private Reading readIfOther(FileStamp known) {
        FileStamp now = file.stamp();
        if (now.equals(known)) {
            return null;
        }
        if (now.equals(FileStamp.MISSING)) {
            return new Reading(now, null, file.path() + " is missing");
        }
        try {
            return new Reading(now, file.read(), null);
        } catch (TokensException unusable) {
            return new Reading(now, null, unusable.getMessage());
        }
    }

    private void polled(Reading read) {
        if (read == null) {
            return;
        }
        stamp = read.stamp();
        if (read.tokens() == null) {
            LOG.warn("[sign-in] the tokens stay as they were: {}", read.problem());
        } else {
            changed(read.tokens());
        }
    }

    private void changed(Tokens now) {
        if (!now.equals(tokens)) {
            tokens = now;
            onChange.accept(now);
        }
    }
}
