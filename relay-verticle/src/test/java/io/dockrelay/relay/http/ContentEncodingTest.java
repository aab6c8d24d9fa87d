package io.dockrelay.relay.http;

import java.util.EnumSet;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ContentEncodingTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                        | IDENTITY",
                "br                      | BROTLI",
                "gzip, deflate, br       | BROTLI",
                "gzip, deflate, br;q=0   | GZIP",
                "gzip;q=0, br; q=0.000   | IDENTITY",
                "GZIP                    | GZIP",
                "*                       | BROTLI",
                "*;q=0, gzip             | GZIP",
                "identity                | IDENTITY",
                "br;q=0.001              | BROTLI",
                "x-gzip;;;,,q=0          | IDENTITY"
            })
    void bestAcceptedEncodingIsChosen(String accepted, ContentEncoding best) {
        assertThat(ContentEncoding.best(accepted, EnumSet.allOf(ContentEncoding.class)))
                .isEqualTo(best);
        assertThat(ContentEncoding.best(accepted, EnumSet.of(ContentEncoding.IDENTITY)))
                .isEqualTo(ContentEncoding.IDENTITY);
    }
}
