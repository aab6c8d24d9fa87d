package io.dockrelay.relay.signin.tokens;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.dockrelay.protocol.rights.Permission;
import io.dockrelay.protocol.rights.Place;
import io.dockrelay.protocol.rights.Principal;
import io.dockrelay.protocol.rights.TokenScope;

import static org.assertj.core.api.Assertions.assertThat;

class TokenMakersTest {

    private static final Principal ANNA = Principal.user("anna", "viewer", "");

    private Optional<Principal> now = Optional.of(ANNA);
    private final TokenMakers makers = new TokenMakers(maker -> now);

    private static ApiToken token(Optional<TokenMaker> maker) {
        return new NewToken("ci", Set.of(Permission.LOGS), Place.EVERYWHERE, 1)
                .token(TokenSecret.random(), maker, Instant.EPOCH);
    }

    /** Without a maker nothing else limits a token: that is for those of the machine's operator. */
    @Test
    void tokenWhoseMakerIsGoneHasNoScope() {
        ApiToken ofAnna = token(Optional.of(new TokenMaker(TokenMaker.USERS, "1", ANNA)));

        assertThat(makers.scope(ofAnna).flatMap(TokenScope::maker)).contains(ANNA);
        now = Optional.empty();
        assertThat(makers.scope(ofAnna)).isEmpty();
        assertThat(makers.scope(token(Optional.empty()))).isPresent();
    }

    @Test
    void orphanStaysOneUntilItIsRemoved() {
        ApiToken ofAnna = token(Optional.of(new TokenMaker(TokenMaker.USERS, "1", ANNA)));
        makers.remember(List.of(ofAnna));
        now = Optional.empty();

        assertThat(makers.orphans(List.of(ofAnna))).containsExactly(ofAnna.id());
        makers.remember(List.of(ofAnna));
        assertThat(makers.orphans(List.of(ofAnna))).containsExactly(ofAnna.id());
        assertThat(new TokenMakers(maker -> now).orphans(List.of(ofAnna)))
                .as("of users that were not read yet")
                .isEmpty();
    }
}
