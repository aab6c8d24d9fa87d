package io.dockrelay.relay.uplink;

import java.net.URI;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.dockrelay.settings.LinkCompression;

import static org.assertj.core.api.Assertions.assertThat;

class RequestedLinesTest {

    private static final List<String> ALL = List.of("sub", "binary_logs", "binary_logs_deflate");

    private static List<String> features(LinkCompression setting, String host, List<String> offered) {
        var target = new UplinkTarget(URI.create("ws://" + host + ":8090"), URI.create("http://" + host + ":8089"));
        return new RequestedLines(setting, target).features(offered);
    }

    @ParameterizedTest
    @CsvSource({
        "AUTO, far.example, binary_logs binary_logs_deflate",
        "AUTO, localhost, binary_logs",
        "AUTO, 127.0.0.7, binary_logs",
        "AUTO, [::1], binary_logs",
        "ON, localhost, binary_logs binary_logs_deflate binary_logs_deflate_always",
        "ON, far.example, binary_logs binary_logs_deflate binary_logs_deflate_always",
        "OFF, far.example, binary_logs"
    })
    void compressionIsRequestedAsTheSettingSays(LinkCompression setting, String host, String features) {
        assertThat(String.join(" ", features(setting, host, ALL))).isEqualTo(features);
    }

    @Test
    void onlyWhatIsOfferedIsRequested() {
        assertThat(features(LinkCompression.ON, "far.example", List.of("sub"))).isEmpty();
        assertThat(features(LinkCompression.ON, "far.example", List.of("binary_logs")))
                .containsExactly("binary_logs");
        assertThat(features(LinkCompression.ON, "far.example", List.of("binary_logs_deflate")))
                .isEmpty();
    }
}
