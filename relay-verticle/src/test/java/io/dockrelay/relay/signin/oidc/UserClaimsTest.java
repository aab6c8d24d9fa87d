package io.dockrelay.relay.signin.oidc;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class UserClaimsTest {

    @Test
    void groupsAreTextsOfAListOrOneText() {
        var users = new UserClaims("name", "groups");
        assertThat(users.groupsIn(Map.of("groups", List.of("a", 1, "b\n", "", "CN=c,OU=d"))))
                .hasValueSatisfying(groups -> assertThat(groups).containsExactly("a", "CN=c,OU=d"));
        assertThat(users.groupsIn(Map.of("groups", "a")))
                .hasValueSatisfying(groups -> assertThat(groups).containsExactly("a"));
        assertThat(users.groupsIn(Map.of())).isEmpty();
    }

    @Test
    void claimMayBeInsideAnotherOne() {
        var users = new UserClaims("name", "realm_access.roles");
        assertThat(users.groupsIn(Map.of("realm_access", Map.of("roles", List.of("a")))))
                .isPresent();
        assertThat(users.groupsIn(Map.of("realm_access.roles", List.of("a")))).isPresent();
        assertThat(users.groupsIn(Map.of("realm_access", List.of("a")))).isEmpty();
        assertThat(new UserClaims("name", "https://example.com/groups")
                        .groupsIn(Map.of("https://example.com/groups", List.of("a"))))
                .isPresent();
    }

    @Test
    void nameIsOneOfAUser() {
        var users = new UserClaims("preferred_username", "groups");
        assertThat(users.nameIn(Map.of("preferred_username", "anna@example.com")))
                .contains("anna@example.com");
        assertThat(users.nameIn(Map.of("preferred_username", "a\nb"))).isEmpty();
        assertThat(users.nameIn(Map.of("preferred_username", "\u202eanna"))).isEmpty();
        assertThat(users.nameIn(Map.of("sub", "anna"))).isEmpty();
    }

    @Test
    void addressThatIsNotVerifiedIsNoName() {
        var users = new UserClaims("email", "groups");
        assertThat(users.nameIn(Map.of("email", "a@example.com"))).isPresent();
        assertThat(users.nameIn(Map.of("email", "a@example.com", "email_verified", true)))
                .isPresent();
        assertThat(users.nameIn(Map.of("email", "a@example.com", "email_verified", false)))
                .isEmpty();
    }
}
