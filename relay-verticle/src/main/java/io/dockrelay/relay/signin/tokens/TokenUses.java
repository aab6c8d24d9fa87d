package io.dockrelay.relay.signin.tokens;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.protocol.timers.Periodic;

/**
 * When each token was used last. Written at most once a minute for all tokens together; a disk that fails changes nothing
 * else. Owned by {@link TokenDesk}, on the relay's context; writes on a worker.
 */
final class TokenUses {

    private static final Duration WRITE_EVERY = Duration.ofMinutes(1);
    private static final Logger LOG = LoggerFactory.getLogger(TokenUses.class);

    private final Vertx vertx;
    private final TokenUsesFile file;
    private final Supplier<Set<String>> ids;
    private final Map<String, Instant> uses = new HashMap<>();
    private final Periodic writes;
    /** Whether there was a use since the last write. */
    private boolean changed;
    /** Whether the last write failed. */
    private boolean failing;

    /** @param ids of the tokens that there are */
    TokenUses(Vertx vertx, Path folder, Supplier<Set<String>> ids) {
        this.vertx = vertx;
        this.file = new TokenUsesFile(folder);
        this.ids = ids;
        this.writes = new Periodic(vertx);
    }

    /** A file that cannot be read is as none: it decides nothing. */
    Future<Void> start() {
        return vertx.executeBlocking(file::load)
                .recover(unreadable -> {
                    LOG.warn(
                            "[sign-in] {} cannot be read: the last use of each token is not known", TokenUsesFile.NAME);
                    return Future.succeededFuture(Map.of());
                })
                .onSuccess(loaded -> {
                    merge(loaded);
                    writes.start(WRITE_EVERY, this::writeInTime);
                })
                .mapEmpty();
    }

    /** Completes when what is left has been written. */
    Future<Void> close() {
        writes.cancel();
        return write();
    }

    void used(String id, Instant now) {
        uses.put(id, now);
        changed = true;
    }

    Optional<Instant> last(String id) {
        return Optional.ofNullable(uses.get(id));
    }

    private void writeInTime() {
        // It succeeds in any case.
        Future<Void> unused = write();
    }

    private Future<Void> write() {
        if (!changed) {
            return Future.succeededFuture();
        }
        changed = false;
        Map<String, Instant> now = Map.copyOf(uses);
        Set<String> existing = ids.get();
        uses.keySet().retainAll(existing);
        return vertx.executeBlocking(() -> file.save(now, existing))
                .onComplete(this::written, this::notWritten)
                .transform(either -> Future.succeededFuture());
    }

    private void written(Map<String, Instant> all) {
        failing = false;
        merge(all);
    }

    private void notWritten(Throwable cause) {
        if (!failing) {
            LOG.warn("[sign-in] the last use of the tokens cannot be written: {}", reason(cause));
        }
        failing = true;
        changed = true;
    }

    private void merge(Map<String, Instant> others) {
        others.forEach((id, used) -> uses.merge(id, used, TokenUsesFile::later));
    }

    private static String reason(Throwable cause) {
        return cause instanceof IOException ? "check the data folder" : cause.toString();
    }
}
