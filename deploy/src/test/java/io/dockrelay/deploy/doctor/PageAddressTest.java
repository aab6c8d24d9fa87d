package io.dockrelay.deploy.doctor;

import java.net.URI;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class PageAddressTest {

    private static PageAddress of(String text) {
        return PageAddress.parse(text).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "https://dash.example/,      https://dash.example/dock/api,   true",
        "https://dash.example/,      https://DASH.example:443/,       true",
        "http://dash.example/,       https://dash.example/,           true",
        "https://dash.example/,      http://dash.example/,            false",
        "https://dash.example/,      https://dash.example:8443/,      false",
        "https://dash.example/,      https://other.example/,          false",
        "https://dash.example/,      https://dash.example.evil.test/, false",
        "http://127.0.0.1:3000/,     http://127.0.0.1:3001/,          false",
    })
    void tokenGoesToTheNamedOriginOnly(String named, String asked, boolean sent) {
        assertThat(of(named).mayShareWith(URI.create(asked))).isEqualTo(sent);
    }

    @Test
    void addressWithoutASchemeIsHttp() {
        assertThat(of("localhost:3000").origin()).isEqualTo("http://localhost:3000");
    }

    @ParameterizedTest
    @CsvSource({"https://dash.example:443/x, https://dash.example", "http://Dash.example:80, http://dash.example"})
    void originIsInLowerCaseWithoutADefaultPort(String address, String origin) {
        assertThat(of(address).origin()).isEqualTo(origin);
    }

    @ParameterizedTest
    @CsvSource({"mailto:x", "http://[", "https://", "'/a b'", "ftp://dash.example/"})
    void redirectionToWhatIsNoPageIsNoAddress(String location) {
        assertThat(of("https://dash.example/").redirected(location)).isEmpty();
    }

    @Test
    void redirectionIsRelativeToThePage() {
        assertThat(of("https://dash.example/a/")
                        .redirected("../b/")
                        .orElseThrow()
                        .url())
                .hasToString("https://dash.example/b/");
    }

    @ParameterizedTest
    @CsvSource({"ftp://localhost", "http://", "https://user@dash.example/", "http://[::1"})
    void otherTextIsNoAddress(String text) {
        assertThat(PageAddress.parse(text)).isEmpty();
    }
}
