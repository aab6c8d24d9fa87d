package io.dockrelay.relay.uplink;

import java.net.URI;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class UplinkTargetTest {

    /** An id has no colon: the placeholder of one URL is not the id that a controller has at another. */
    @ParameterizedTest
    @CsvSource({
        "ws://edge:8090, edge:8090",
        "ws://edge, edge:80",
        "ws://edge:80, edge:80",
        "wss://edge, edge:443",
        "wss://[::1], [::1]:443",
    })
    void placeholderIsHostAndPort(String ws, String placeholder) {
        var target = new UplinkTarget(URI.create(ws), URI.create("http://localhost"));

        assertThat(target.placeholder()).isEqualTo(placeholder);
    }
}
