package io.dockrelay.listener;

import java.util.List;

import io.vertx.core.MultiMap;
import io.vertx.core.net.SocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.dockrelay.settings.AccessSettings;

import static org.assertj.core.api.Assertions.assertThat;

class ForwardingTest {

    private static final String PROXY = "10.0.0.1";

    private static MultiMap headers(String... pairs) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        for (int i = 0; i < pairs.length; i += 2) {
            headers.add(pairs[i], pairs[i + 1]);
        }
        return headers;
    }

    private static String client(String peer, MultiMap headers) {
        var trusted = new AccessSettings(List.of(), List.of(), List.of("10.0.0.0/24"), "", "", "");
        return new ClientAddress(trusted).of(SocketAddress.inetSocketAddress(4711, peer), headers);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "for=192.0.2.60;proto=http;by=203.0.113.43 | 192.0.2.60 | | http",
                "For=\"[2001:db8:cafe::17]:4711\" | [2001:db8:cafe::17]:4711 | |",
                "for=192.0.2.43, for=198.51.100.17;host=dash.example | 198.51.100.17 | dash.example |",
                "for=\"_gazonk\";host=\"a\\\"b\" | _gazonk | a\"b |",
                "nonsense | | |",
                "for=1.2.3.4;;host=a | | |",
                "for=\"open | | |"
            })
    void nearestProxysReportIsRead(String header, String address, String host, String scheme) {
        assertThat(ForwardedHeader.hops(headers("Forwarded", header)).getLast())
                .isEqualTo(new ForwardedHeader.Hop(address, host, scheme));
    }

    @Test
    void clientIsTheLastAddressThatIsNoTrustedProxy() {
        assertThat(client(PROXY, headers("X-Forwarded-For", "6.6.6.6, 192.0.2.7, 10.0.0.2")))
                .isEqualTo("192.0.2.7");
        assertThat(client(PROXY, headers("Forwarded", "for=6.6.6.6, for=\"192.0.2.7:81\", for=10.0.0.2")))
                .isEqualTo("192.0.2.7");
        assertThat(client(PROXY, headers("Forwarded", "for=\"[2001:db8::1]\""))).isEqualTo("2001:db8::1");
        assertThat(client(PROXY, headers("X-Forwarded-For", "<script>"))).isEqualTo("unknown");
        assertThat(client(PROXY, headers())).isEqualTo(PROXY);
    }

    @Test
    void headersOfAnyOtherPeerDoNotCount() {
        assertThat(client("192.0.2.9", headers("X-Forwarded-For", "127.0.0.1"))).isEqualTo("192.0.2.9");
        assertThat(client("192.0.2.9", headers("Forwarded", "for=127.0.0.1"))).isEqualTo("192.0.2.9");
    }

    @Test
    void standardHeaderThatAProxyPassedOnDoesNotCountBesideItsOwn() {
        assertThat(client(PROXY, headers("Forwarded", "for=6.6.6.6", "X-Forwarded-For", "192.0.2.7")))
                .isEqualTo("192.0.2.7");
        assertThat(client(PROXY, headers("Forwarded", "for=6.6.6.6", "X-Forwarded-Proto", "https")))
                .isEqualTo(PROXY);
    }
}
