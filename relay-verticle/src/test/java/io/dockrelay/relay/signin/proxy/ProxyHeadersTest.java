package io.dockrelay.relay.signin.proxy;

import java.util.List;

import io.vertx.core.MultiMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.dockrelay.relay.signin.proxy.ProxyHeaders.Finding;
import io.dockrelay.settings.ProxySignInSettings;

import static org.assertj.core.api.Assertions.assertThat;

class ProxyHeadersTest {

    private final ProxyHeaders headers =
            new ProxyHeaders(new ProxySignInSettings(List.of(), "X-Forwarded-User", "X-Forwarded-Groups"));

    private static MultiMap map(String... entries) {
        MultiMap map = MultiMap.caseInsensitiveMultiMap();
        for (int i = 0; i < entries.length; i += 2) {
            map.add(entries[i], entries[i + 1]);
        }
        return map;
    }

    @Test
    void proxyNamesTheUserAndItsGroups() {
        assertThat(headers.find(map("x-forwarded-user", " anna ", "X-FORWARDED-GROUPS", "ops, others,,")))
                .isEqualTo(new Finding.Named("anna", java.util.Set.of("ops", "others")));
        assertThat(headers.find(map("X-Forwarded-Groups", "ops"))).isEqualTo(new Finding.Nothing());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "a b", "anna,berta", "anna\u00a0", "\u202eanna", "../anna", "<b>anna</b>", "anna;berta"
            })
    void textThatIsNoNameIsUnusable(String name) {
        assertThat(headers.find(map("X-Forwarded-User", name))).isInstanceOf(Finding.Unusable.class);
    }

    @Test
    void headerThatIsThereTwiceIsUnusable() {
        assertThat(headers.find(map("X-Forwarded-User", "admin", "x-forwarded-user", "anna")))
                .isInstanceOf(Finding.Unusable.class);
        assertThat(headers.find(
                        map("X-Forwarded-User", "anna", "X-Forwarded-Groups", "bosses", "x-forwarded-groups", "ops")))
                .isInstanceOf(Finding.Unusable.class);
    }

    @ParameterizedTest
    @CsvSource({
        "X-Forwarded-User, false, true",
        "x-forwarded-user, false, true",
        "X_Forwarded_User, false, true",
        "X_FORWARDED_USER, false, true",
        "X-Forwarded_User, false, true",
        "X.Forwarded.User, false, true",
        "X-Forwarded-Groups, false, true",
        "x_forwarded_groups, false, true",
        "X-Forwarded-User, true, false",
        "X-FORWARDED-USER, true, false",
        "X_Forwarded_User, true, true",
        "X-Forwarded_Groups, true, true",
        "X-Forwarded-Groups, true, false",
        "X-Forwarded-For, false, false",
        "X-Forwarded-Users, false, false",
        "X-User, false, false",
    })
    void headersThatDoNotCountAreRemoved(String name, boolean trusted, boolean removed) {
        MultiMap map = map(name, "admin", name, "anna", "Accept", "*/*");
        assertThat(headers.clean(map, trusted)).hasSize(removed ? 1 : 0);
        assertThat(map.contains(name)).isEqualTo(!removed);
        assertThat(map.contains("Accept")).isTrue();
    }
}
