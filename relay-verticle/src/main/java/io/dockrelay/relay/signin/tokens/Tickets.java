package io.dockrelay.relay.signin.tokens;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * Tickets that open one WebSocket each, for clients that cannot set its headers. A ticket is in the memory of the relay that
 * made it, until its first use or for half a minute. Bounded. Has no clock: the time is a parameter. For one thread.
 */
final class Tickets {

    static final Duration VALID = Duration.ofSeconds(30);

    private static final int MOST = 10_000;
    private static final int MOST_PER_TOKEN = 100;
    private static final int BYTES = 32;

    private final SecureRandom random = new SecureRandom();

    /** By their hashes, so that the time of a look-up says nothing about a ticket. */
    private final Map<String, Ticket> open = new HashMap<>();

    /** @param token its id */
    private record Ticket(String token, long untilMillis) {

        /** Also when the clock was set back: how old it is cannot be said then. */
        boolean isOver(long nowMillis) {
            return untilMillis <= nowMillis || untilMillis > nowMillis + VALID.toMillis();
        }
    }

    /** A new ticket; empty if there are too many. */
    Optional<String> make(String token, long nowMillis) {
        prune(nowMillis);
        boolean full = open.size() >= MOST
                || open.values().stream()
                                .filter(other -> other.token().equals(token))
                                .count()
                        >= MOST_PER_TOKEN;
        if (full) {
            return Optional.empty();
        }
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        open.put(hash(text), new Ticket(token, nowMillis + VALID.toMillis()));
        return Optional.of(text);
    }

    /** The id of the ticket's token, once; empty for any other text. */
    Optional<String> take(String text, long nowMillis) {
        prune(nowMillis);
        return Optional.ofNullable(open.remove(hash(text))).map(Ticket::token);
    }

    private static String hash(String text) {
        return HexFormat.of().formatHex(TokenSecret.sha256(text));
    }

    private void prune(long nowMillis) {
        boolean unused = open.values().removeIf(ticket -> ticket.isOver(nowMillis));
    }
}
