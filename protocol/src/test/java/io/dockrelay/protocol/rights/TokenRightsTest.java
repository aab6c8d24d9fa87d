package io.dockrelay.protocol.rights;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.state.ContainerStatus;
import io.dockrelay.protocol.state.Details;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What an API token may do: its scope and its grants, as far as its maker's rights allow the same. */
class TokenRightsTest {

    private static final Principal ROOT = Principal.user("root", "admin", "");
    private static final Principal ALICE = new Principal("alice", Principal.Kind.USER, Set.of(), Set.of(), "");
    private static final Principal TOKEN = Principal.token("alice/ci", "0123456789ab", "10.0.0.1");

    private static final Rights RIGHTS = rights("""
            {"grants": [
               {"user": "alice", "role": "operator", "project": "shop"},
               {"token": "alice/ci", "role": "viewer", "project": ["shop", "blog"]},
               {"group": "0123456789ab", "role": "admin"},
               {"everyone": true, "role": "viewer", "label": "dockrelay.public=yes"}]}
            """);

    /** Each row: permissions of the scope, its project, the container's project with a label, and all that is allowed. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            logs           | shop | shop                          | view stats logs
            control logs   | shop | shop                          | view stats logs control
            # what the maker does not have
            admin          | *    | shop                          | view stats
            logs           | *    | blog                          |
            # the scope's place; the grants of the file add to it
            control        | blog | shop                          | view stats
            # a token is not everyone, and an id is no group
            logs           | shop | other dockrelay.public=yes    |
            # labels overrule the scope
            control        | *    | shop dockrelay.control=off    | view stats
            admin          | *    | shop dockrelay.hidden=true    |
            """)
    void scopeWithinTheRightsOfTheMaker(String permissions, String project, String container, String allowed) {
        RightsClass token = RIGHTS.ofToken(TOKEN, scope(permissions, project, ALICE));

        assertThat(names(token.permissions(container(container)))).isEqualTo(allowed == null ? "" : allowed);
    }

    @Test
    void makerThatLosesRightsTakesThemFromTheToken() {
        var without = rights("{\"grants\": [{\"user\": \"alice\", \"role\": \"viewer\", \"host\": \"edge\"}]}");
        var nothing = rights("{\"grants\": [{\"user\": \"alice\", \"role\": \"viewer\", \"host\": \"other\"}]}");
        TokenScope scope = scope("control logs", "*", ALICE);

        assertThat(names(without.ofToken(TOKEN, scope).permissions(container("shop"))))
                .isEqualTo("view");
        assertThat(nothing.ofToken(TOKEN, scope).permissions(container("shop"))).isEmpty();
        assertThat(rights("{\"grants\": []}").ofToken(TOKEN, scope).isNothing()).isTrue();
    }

    @Test
    void hiddenContainerExistsForATokenOnlyIfItAndItsMakerAreAdmins() {
        Container hidden = container("shop dockrelay.hidden=true");

        assertThat(RIGHTS.ofToken(TOKEN, scope("admin", "*", ROOT)).may(Permission.ADMIN, hidden))
                .isTrue();
        assertThat(RIGHTS.ofToken(TOKEN, scope("control logs", "*", ROOT)).permissions(hidden))
                .isEmpty();
        assertThat(RIGHTS.ofToken(TOKEN, scope("admin", "*", ALICE)).permissions(hidden))
                .isEmpty();
    }

    @Test
    void tokenOfTheMachinesOperatorHasItsScopeOnly() {
        Principal token = Principal.token("/backup", "0123456789ab", "10.0.0.1");
        var scope = new TokenScope(Set.of(Permission.LOGS), place("shop"), Optional.empty());

        assertThat(names(RIGHTS.ofToken(token, scope).permissions(container("shop"))))
                .isEqualTo("view logs");
        assertThat(RIGHTS.ofToken(token, scope).permissions(container("blog"))).isEmpty();
    }

    @Test
    void placeLimitsTheRelayAndTheHostsToo() {
        RightsClass everywhere = RIGHTS.ofToken(TOKEN, scope("admin", "*", ROOT));
        RightsClass shop = RIGHTS.ofToken(TOKEN, scope("admin", "shop", ROOT));
        RightsClass ofAlice = RIGHTS.ofToken(TOKEN, scope("admin", "*", ALICE));

        assertThat(everywhere.mayEverywhere(Permission.ADMIN)).isTrue();
        assertThat(shop.mayEverywhere(Permission.ADMIN)).isFalse();
        assertThat(ofAlice.mayEverywhere(Permission.ADMIN)).isFalse();
        assertThat(ofAlice.mayAtHost(Permission.VIEW, "edge")).isFalse();
        assertThat(ofAlice.somewhere()).containsExactly(Permission.VIEW, Permission.STATS);
    }

    @Test
    void placeIsWrittenAndReadBack() {
        var fields = new PlaceFields(List.of("edge-*"), null, List.of("api", "web"), List.of("team", "tier=a*"));

        assertThat(PlaceFields.of(fields.place())).isEqualTo(fields);
        assertThat(PlaceFields.of(Place.EVERYWHERE).place()).isEqualTo(Place.EVERYWHERE);
        assertThatThrownBy(() -> new PlaceFields(List.of(), null, null, null).place())
                .hasMessageContaining("leave it out for all");
        assertThatThrownBy(() -> new PlaceFields(List.of(" "), null, null, null).place())
                .hasMessageContaining("host");
    }

    /** They would forge lines of a list, or hide and reorder its text, in a terminal and in the page. */
    @ParameterizedTest
    @ValueSource(strings = {"\nforged", "a\u001b[8m", "a\tb", "a\u202Eb", "a\u200Bb", "a\u2028b", "\u0085"})
    void placeHasNoInvisibleCharacters(String text) {
        assertThatThrownBy(() -> new PlaceFields(null, null, null, List.of(text)).place())
                .hasMessageContaining("none of them a control character");
    }

    private static TokenScope scope(String permissions, String project, Principal maker) {
        Set<Permission> set = Set.of(permissions.split(" ")).stream()
                .map(name -> Permission.of(name).orElseThrow())
                .collect(java.util.stream.Collectors.toSet());
        return new TokenScope(set, place(project), Optional.of(maker));
    }

    private static Place place(String project) {
        return project.equals("*")
                ? Place.EVERYWHERE
                : new Place(Set.of(), Set.of(new NamePattern(project)), Set.of(), Set.of());
    }

    /** A project, and possibly a label. */
    private static Container container(String text) {
        String[] parts = text.split("[ =]", -1);
        Map<String, String> labels = parts.length == 1 ? Map.of() : Map.of(parts[1], parts[2]);
        return new Container(
                "api",
                "api-1",
                ContainerStatus.RUNNING,
                "",
                null,
                "aaaaaaaaaaaa",
                true,
                "edge",
                null,
                Details.ofService("image:1", parts[0], "api", labels),
                null);
    }

    private static String names(Set<Permission> permissions) {
        return permissions.stream()
                .sorted()
                .map(Permission::wireName)
                .collect(java.util.stream.Collectors.joining(" "));
    }

    private static Rights rights(String json) {
        return new Rights(true, Optional.of(GrantsFormat.read(json.getBytes(UTF_8))));
    }
}
