package io.dockrelay.relay.signin.oidc;

import java.time.Instant;
import java.util.Set;

import io.dockrelay.relay.signin.users.UserRules;

/**
 * One session of a user of the provider. Immutable.
 *
 * @param subject the provider's own id of the user
 * @param groups that the provider names
 * @param started when the user signed in
 * @param confirmed when the provider said last that it holds
 */
public record ProviderSession(
        String subject, String name, Set<String> groups, ProviderTokens tokens, Instant started, Instant confirmed) {

    public ProviderSession {
        if (!UserRules.isName(name)) {
            throw new IllegalArgumentException("a session needs the name of a user");
        }
        groups = Set.copyOf(groups);
    }

    ProviderSession with(ProviderTokens newer) {
        return new ProviderSession(subject, name, groups, newer, started, confirmed);
    }

    ProviderSession confirmedAt(Instant now, Set<String> newer) {
        return new ProviderSession(subject, name, newer, tokens, started, now);
    }
}
