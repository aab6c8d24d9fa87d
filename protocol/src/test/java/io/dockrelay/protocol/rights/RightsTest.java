package io.dockrelay.protocol.rights;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.state.ContainerStatus;
import io.dockrelay.protocol.state.Details;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class RightsTest {

    private static final String ALL = "view stats inspect logs control audit admin";

    private static final Rights FILE = rights("""
            {"roles": {"restarter": ["control"]},
             "grants": [
               {"user": "alice", "role": "operator", "project": "shop"},
               {"user": "alice", "role": "viewer", "host": "edge-*"},
               {"group": "web", "role": "reader", "service": ["web", "api-*"]},
               {"token": "ci", "role": "restarter", "host": "edge-1", "project": "shop", "service": "api"},
               {"everyone": true, "role": "viewer", "label": "dockrelay.public=yes*"},
               {"user": "root", "role": "admin"}]}
            """);

    /** Each row: who, which container as host/project/service with labels, and all that is allowed. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # a user of the file: the sum of the grants, and only where they hold
            user alice          | edge-1/shop/api                         | view stats inspect logs control
            user alice          | core/shop/api                           | view stats inspect logs control
            user alice          | edge-1/blog/api                         | view stats
            user alice          | core/blog/api                           |
            # the same name is another principal as a token or a group
            token alice         | core/shop/api                           |
            user nobody alice   | core/shop/api                           |
            # a group, by the service
            user bob web        | core/shop/web                           | view stats inspect logs
            user bob web        | core/blog/api-2                         | view stats inspect logs
            user bob web        | core/blog/api                           |
            user bob Web        | core/shop/web                           |
            proxy bob web       | core/shop/web                           | view stats inspect logs
            # a container that Compose did not make: its name is the service
            user bob web        | core/-/web                              | view stats inspect logs
            # a token has its own grants only; an own role contains view
            token ci            | edge-1/shop/api                         | view control
            token ci            | edge-2/shop/api                         |
            token ci            | edge-1/shop/web dockrelay.public=yes    |
            # everyone, by a label
            user carol          | core/shop/db dockrelay.public=yes       | view stats
            user carol          | core/shop/db dockrelay.public=yes-sir   | view stats
            user carol          | core/shop/db dockrelay.public=no        |
            anyone x            | core/shop/db dockrelay.public=yes       | view stats
            anyone x            | core/shop/db                            |
            # sign-in's own role holds everywhere, unless the file grants something to the user
            user dave :operator | core/shop/db                            | view stats inspect logs control
            user dave :restarter| core/shop/db                            | view control
            user dave :unknown  | core/shop/db                            |
            user alice :admin   | core/blog/db                            |
            user alice :admin   | core/shop/db                            | view stats inspect logs control
            user bob web :reader| core/blog/db                            | view stats inspect logs
            # labels overrule grants
            user root           | core/shop/db                            | view stats inspect logs control audit admin
            user root           | core/shop/db dockrelay.control=off      | view stats inspect logs audit admin
            user root           | core/shop/db dockrelay.control=OFF      | view stats inspect logs audit admin
            user root           | core/shop/db dockrelay.control=on       | view stats inspect logs control audit admin
            user root           | core/shop/db dockrelay.hidden=true      | view stats inspect logs control audit admin
            user dave :operator | core/shop/db dockrelay.hidden=true      |
            user dave :operator | core/shop/db dockrelay.hidden=          |
            user dave :operator | core/shop/db dockrelay.hidden=false     | view stats inspect logs control
            user alice          | edge-1/shop/api dockrelay.hidden=true   |
            # no right is granted to a controller
            controller core     | core/shop/db dockrelay.public=yes       |
            """)
    void grantsOfAFile(String who, String container, String allowed) {
        assertAllowed(FILE, who, container, allowed);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            false | anyone x          | core/shop/db                       | view stats inspect logs control audit admin
            false | anyone x          | core/shop/db dockrelay.control=off | view stats inspect logs audit admin
            false | anyone x          | core/shop/db dockrelay.hidden=true |
            true  | anyone x          | core/shop/db                       |
            true  | user dave         | core/shop/db                       |
            true  | user dave :viewer | core/shop/db                       | view stats
            true  | user dave :admin  | core/shop/db dockrelay.hidden=true | view stats inspect logs control audit admin
            """)
    void withoutAFile(boolean signIn, String who, String container, String allowed) {
        assertAllowed(new Rights(signIn, Optional.empty()), who, container, allowed);
    }

    @Test
    void whoHasNotSignedInHasNothingWhereSignInIsRequired() {
        var closed = new Rights(true, FILE.file());
        assertAllowed(closed, "anyone x", "core/shop/db dockrelay.public=yes", null);
    }

    @Test
    void rightFollowsTheServiceAndNotTheContainer() {
        Principal alice = principal("user alice");
        Container before = container("core/shop/api");
        Container after = new Container(
                "api",
                "shop-api-1",
                ContainerStatus.CREATED,
                "",
                null,
                "bbbbbbbbbbbb",
                true,
                "core",
                null,
                Details.ofService("image:2", "shop", "api"),
                null);

        assertThat(FILE.may(alice, Permission.CONTROL, before)).isTrue();
        assertThat(FILE.may(alice, Permission.CONTROL, after)).isTrue();
    }

    @Test
    void principalsWithEqualRightsAreOfOneClass() {
        assertThat(FILE.of(principal("user bob web"))).isEqualTo(FILE.of(principal("user eve web other")));
        assertThat(FILE.of(principal("user bob web"))).isNotEqualTo(FILE.of(principal("user bob")));
        assertThat(FILE.of(principal("user dave :viewer"))).isNotEqualTo(FILE.of(principal("user dave :reader")));
        assertThat(FILE.of(principal("user alice :admin"))).isEqualTo(FILE.of(principal("user alice")));
    }

    @Test
    void hostIsAllowedOnlyAsAWhole() {
        RightsClass alice = FILE.of(principal("user alice"));
        assertThat(alice.mayAtHost(Permission.VIEW, "edge-7")).isTrue();
        assertThat(alice.mayAtHost(Permission.LOGS, "edge-7")).isFalse();
        assertThat(alice.mayAtHost(Permission.VIEW, "core"))
                .as("one project of it")
                .isFalse();
        assertThat(alice.mayEverywhere(Permission.VIEW)).isFalse();
        assertThat(FILE.of(principal("user root")).mayEverywhere(Permission.ADMIN))
                .isTrue();
    }

    @Test
    void tokenHasNoMoreThanItsMaker() {
        RightsClass maker = FILE.of(principal("user alice"));
        RightsClass token = FILE.of(principal("token t :admin")).within(maker);

        assertThat(token.permissions(container("core/shop/api")))
                .isEqualTo(maker.permissions(container("core/shop/api")));
        assertThat(token.permissions(container("core/blog/api"))).isEmpty();
        assertThat(token.mayAtHost(Permission.LOGS, "edge-1")).isFalse();
        assertThat(token.mayEverywhere(Permission.ADMIN)).isFalse();
    }

    private static void assertAllowed(Rights rights, String who, String container, String allowed) {
        Set<String> expected = allowed == null ? Set.of() : Set.of(allowed.split(" ", -1));
        Principal principal = principal(who);
        for (String name : ALL.split(" ", -1)) {
            Permission permission = Permission.of(name).orElseThrow();
            assertThat(rights.may(principal, permission, container(container)))
                    .as("%s may %s %s", who, name, container)
                    .isEqualTo(expected.contains(name));
        }
    }

    /** {@code KIND NAME GROUP… :ROLE…}. */
    private static Principal principal(String text) {
        String[] words = text.strip().replace(":", " :").split(" +", -1);
        Set<String> rest = new TreeSet<>(Arrays.asList(words).subList(2, words.length));
        Set<String> roles = rest.stream()
                .filter(word -> word.startsWith(":"))
                .map(word -> word.substring(1))
                .collect(Collectors.toSet());
        Set<String> groups = rest.stream().filter(word -> !word.startsWith(":")).collect(Collectors.toSet());
        return new Principal(
                words[1], Principal.Kind.valueOf(words[0].toUpperCase(java.util.Locale.ROOT)), groups, roles, "::1");
    }

    /** {@code host/project/service label=value…}; a project {@code -} is none. */
    private static Container container(String text) {
        String[] words = text.strip().split(" +", -1);
        String[] place = words[0].split("/", -1);
        boolean plain = place[1].equals("-");
        Map<String, String> labels = new LinkedHashMap<>();
        for (String label : Arrays.asList(words).subList(1, words.length)) {
            int equals = label.indexOf('=');
            labels.put(label.substring(0, equals), label.substring(equals + 1));
        }
        Details details = Details.ofService("image:1", plain ? null : place[1], plain ? null : place[2], labels);
        return new Container(
                place[2],
                place[2],
                ContainerStatus.RUNNING,
                "",
                null,
                "aaaaaaaaaaaa",
                true,
                place[0],
                null,
                details,
                null);
    }

    private static Rights rights(String json) {
        return new Rights(false, Optional.of(GrantsFormat.read(json.getBytes(UTF_8))));
    }
}
