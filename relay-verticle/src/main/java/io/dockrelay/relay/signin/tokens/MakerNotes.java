package io.dockrelay.relay.signin.tokens;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes the groups and roles with which a maker was seen last, where nothing else says them. Owned by {@link TokenDesk}, on the
 * relay's context.
 */
final class MakerNotes {

    /** After a failure. */
    private static final Duration WAIT = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(MakerNotes.class);

    private final TokensWatch watch;
    private final Clock clock;

    /** True while something is written. */
    private boolean writing;

    /** In ms since 1970. */
    private long notBefore;

    MakerNotes(TokensWatch watch, Clock clock) {
        this.watch = watch;
        this.clock = clock;
    }

    /** A user makes a request. What the users file says needs no note. */
    void seen(TokenMaker user, Collection<ApiToken> tokens) {
        boolean free = !writing && clock.millis() >= notBefore;
        if (free && !user.way().equals(TokenMaker.USERS) && tokens.stream().anyMatch(token -> isOther(token, user))) {
            write(user);
        }
    }

    private static boolean isOther(ApiToken token, TokenMaker user) {
        return token.isOf(user) && !token.maker().get().equals(user);
    }

    private void write(TokenMaker user) {
        writing = true;
        watch.edit(tokens -> tokens.seen(user))
                .onFailure(failed -> {
                    notBefore = clock.millis() + WAIT.toMillis();
                    LOG.warn(
                            "[sign-in] the groups of {} could not be kept: {}",
                            user.user().name(),
                            failed.getMessage());
                })
                .onComplete(either -> writing = false);
    }
}
