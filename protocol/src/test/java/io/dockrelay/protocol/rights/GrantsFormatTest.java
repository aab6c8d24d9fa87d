package io.dockrelay.protocol.rights;

import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class GrantsFormatTest {

    @Test
    void grantIsRead() {
        Grants grants = read("""
                {"comment": "of the shop", "roles": {"restarter": ["view", "control"]},
                 "grants": [{"group": "web", "role": "restarter", "host": "edge-*", "project": ["shop", "blog"],
                   "service": "api", "label": ["team=web", "public"], "comment": "on call"}]}
                """);

        assertThat(grants.all()).hasSize(1);
        Grant grant = grants.all().getFirst();
        assertThat(grant.to()).isEqualTo(new Grantee.Group("web"));
        assertThat(grant.role().permissions()).isEqualTo(Set.of(Permission.VIEW, Permission.CONTROL));
        assertThat(grant.where())
                .isEqualTo(new Place(
                        Set.of(new NamePattern("edge-*")),
                        Set.of(new NamePattern("shop"), new NamePattern("blog")),
                        Set.of(new NamePattern("api")),
                        Set.of(LabelPattern.of("team=web"), LabelPattern.of("public"))));
    }

    @Test
    void grantWithoutAPlaceHoldsEverywhere() {
        Grants grants = read("{\"grants\": [{\"user\": \"root\", \"role\": \"admin\"}]}");
        assertThat(grants.all().getFirst().where().isEverywhere()).isTrue();
    }

    /** A mistake that was ignored would grant more than is meant. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"grants": [{"user": "a", "role": "viewer", "projct": "x"}]}    | there is no field "projct"
            {"grants": [{"user": "a", "role": "viewer", "project": ""}]}    | grants[0].project must be a text
            {"grants": [{"user": "a", "role": "viewer", "project": []}]}    | grants[0].project must not be empty
            {"grants": [{"user": "a", "role": "viewer", "project": null}]}  | grants[0].project must be a text
            {"grants": [{"user": "a", "role": "viewer", "host": 1}]}        | grants[0].host must be a text
            {"grants": [{"user": "a", "role": "root"}]}                     | grants[0]: there is no role "root"; there are viewer, reader, operator, admin
            {"roles": {"mine": ["view"]}, "grants": [{"user": "a", "role": "root"}]} | operator, admin, mine
            {"grants": [{"user": "a"}]}                                     | grants[0].role must be a text
            {"grants": [{"role": "viewer"}]}                                | must have exactly one of
            {"grants": [{"user": "a", "group": "b", "role": "viewer"}]}     | must have exactly one of
            {"grants": [{"everyone": false, "role": "viewer"}]}             | grants[0].everyone must be true
            {"grants": [{"everyone": "yes", "role": "viewer"}]}             | grants[0].everyone must be true
            {"grants": [7]}                                                 | grants[0] must be a JSON object
            {"grants": {}}                                                  | "grants" must be a list
            {}                                                              | "grants" must be a list
            {"grant": []}                                                   | there is no field "grant"
            {"roles": {"admin": ["view"]}, "grants": []}                    | "admin" is built in
            {"roles": {"mine": ["see"]}, "grants": []}                      | there is no permission "see"
            {"roles": [], "grants": []}                                     | "roles" must be an object
            {"grants": [], "grants": []}                                    | it is not JSON
            {"grants": []} x                                                | it is not JSON
            []                                                              | the file must be a JSON object
            """)
    void mistakeIsRefusedWithItsPlace(String json, String sentence) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void emptyFileIsRefused() {
        assertThatThrownBy(() -> read("")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "*,         anything, true",
        "edge-*,    edge-1,   true",
        "edge-*,    edge-,    true",
        "edge-*,    edge,     false",
        "edge-*,    Edge-1,   false",
        "*-1,       edge-1,   true",
        "*-1,       edge-12,  false",
        "e*e*1,     edge-e-1, true",
        "a*b*c,     abcbc,    true",
        "a*b*c,     acb,      false",
        "edge.1,    edge-1,   false",
        "web,       web,      true",
        "web,       web2,     false",
        "**,        '',       true"
    })
    void patternMatchesTheWholeName(String pattern, String name, boolean matches) {
        assertThat(new NamePattern(pattern).matches(name)).isEqualTo(matches);
    }

    @Test
    void patternTakesNoLongForALongName() {
        var pattern = new NamePattern("*a".repeat(50) + "b");
        assertThat(pattern.matches("a".repeat(20_000))).isFalse();
    }

    private static Grants read(String json) {
        return GrantsFormat.read(json.getBytes(UTF_8));
    }
}
