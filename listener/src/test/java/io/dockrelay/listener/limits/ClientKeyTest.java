package io.dockrelay.listener.limits;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ClientKeyTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.7",
        "::ffff:192.0.2.7, 192.0.2.7",
        "2001:db8:1:2::5, 2001:db8:1:2::/64",
        "2001:db8:1:2:ffff:ffff:ffff:ffff, 2001:db8:1:2::/64",
        "::1, ::/64",
        "unknown, unknown"
    })
    void addressesOfOneClientHaveOneKey(String address, String key) {
        assertThat(ClientKey.of(address)).isEqualTo(key);
    }
}
