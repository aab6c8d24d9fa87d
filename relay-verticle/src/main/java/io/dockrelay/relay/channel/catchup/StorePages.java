package io.dockrelay.relay.channel.catchup;

import java.util.function.Function;

import io.vertx.core.Future;

import io.dockrelay.protocol.logs.LogPage;
import io.dockrelay.protocol.logs.ReadLogs;
import io.dockrelay.protocol.logs.ReadLogs.Anchor;

/**
 * Reads pages of one container's stored log. Made per join, on the channel's context.
 *
 * @param container the container's name
 * @param read asks the controller
 */
public record StorePages(String container, Function<ReadLogs, Future<LogPage>> read) {

    /** The most lines that a controller gives at once. */
    static final int MAX_LINES = 5_000;

    /** @param limit lines; one page has {@link #MAX_LINES} at most */
    Future<LogPage> page(Anchor anchor, String position, int limit) {
        return read.apply(new ReadLogs(container, anchor, position, null, null, Math.min(limit, MAX_LINES)));
    }

    /** The oldest lines after one cursor, up to and with another one where the store has it. */
    Future<LogPage> between(String after, String through, int limit) {
        return read.apply(ReadLogs.between(container, after, through, Math.min(limit, MAX_LINES)));
    }

    /**
     * Whether the store has a line after a cursor; false also when it does not have the cursor.
     *
     * @param before nine-digit timestamp; only older lines count; null for no bound
     */
    Future<Boolean> continuesAfter(String cursor, String before) {
        return read.apply(new ReadLogs(container, Anchor.AFTER, cursor, null, null, 1, before))
                .map(page -> page.anchored() && !page.lines().isEmpty());
    }
}
