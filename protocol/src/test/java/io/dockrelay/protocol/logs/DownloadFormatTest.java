package io.dockrelay.protocol.logs;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DownloadFormatTest {

    @Test
    void lastLineSaysWhetherTheLogIsComplete() {
        assertThat(DownloadFormat.TEXT.end(7, null)).isEqualTo("# complete: 7 lines\n");
        assertThat(DownloadFormat.TEXT.end(7, "it\nbroke")).isEqualTo("# incomplete after 7 lines: it broke\n");
        assertThat(DownloadFormat.JSON_LINES.end(7, null)).isEqualTo("{\"complete\":true,\"lines\":7}\n");
        assertThat(DownloadFormat.JSON_LINES.end(7, "it \"broke\""))
                .isEqualTo("{\"complete\":false,\"lines\":7,\"error\":\"it \\\"broke\\\"\"}\n");
    }

    @Test
    void lastLineBeginsWithItsPrefix() {
        for (DownloadFormat format : DownloadFormat.values()) {
            assertThat(format.completePrefix()).startsWith(format.endPrefix());
            assertThat(format.end(0, null)).startsWith(format.completePrefix());
            assertThat(format.end(0, "it broke"))
                    .startsWith(format.endPrefix())
                    .doesNotStartWith(format.completePrefix());
            assertThat(DownloadFormat.of(format.parameter())).isEqualTo(format);
        }
    }

    @Test
    void unknownFormatIsRefused() {
        assertThat(DownloadFormat.of(null)).isEqualTo(DownloadFormat.TEXT);
        assertThat(DownloadFormat.of("jsonl")).isEqualTo(DownloadFormat.JSON_LINES);
        assertThatThrownBy(() -> DownloadFormat.of("csv")).isInstanceOf(IllegalArgumentException.class);
    }
}
