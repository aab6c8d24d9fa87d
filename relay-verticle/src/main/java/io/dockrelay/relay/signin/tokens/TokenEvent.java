package io.dockrelay.relay.signin.tokens;

import io.dockrelay.protocol.rights.Principal;

/**
 * A token was made or revoked.
 *
 * @param by the one who did it, at this relay; null if the file has changed otherwise, as by the {@code token} command
 */
public record TokenEvent(Kind kind, ApiToken token, Principal by) {

    /** What happened. */
    public enum Kind {
        MADE,
        REVOKED
    }
}
