package io.dockrelay.listener.download;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.dockrelay.protocol.logs.LineBlock;
import io.dockrelay.protocol.logs.LineBlockBuilder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DownloadFormatTest {

    private static final String TIMESTAMP = "2025-11-25T22:52:30.123456789Z";

    private static LineBlock lines(String... texts) {
        var builder = new LineBlockBuilder();
        for (String text : texts) {
            byte[] line = (TIMESTAMP + " " + text).getBytes(UTF_8);
            builder.line(text.contains("error") ? 'e' : 'o', line, 0, line.length);
        }
        return builder.take();
    }

    @Test
    void textFormatKeepsLinesUnchanged() {
        assertThat(DownloadFormat.TEXT
                        .lines(lines("one \"quoted\"", "", "tab\tü \u001b[1m"))
                        .toString(UTF_8))
                .isEqualTo(TIMESTAMP + " one \"quoted\"\n" + TIMESTAMP + " \n" + TIMESTAMP + " tab\tü \u001b[1m\n");
    }

    @Test
    void jsonLinesHaveTimestampStreamAndText() {
        assertThat(DownloadFormat.JSON_LINES
                        .lines(lines("a \"b\"\u0007", "an error", ""))
                        .toString(UTF_8))
                .isEqualTo(
                        "{\"timestamp\":\"" + TIMESTAMP + "\",\"stream\":\"stdout\",\"text\":\"a \\\"b\\\"\\u0007\"}\n"
                                + "{\"timestamp\":\"" + TIMESTAMP + "\",\"stream\":\"stderr\",\"text\":\"an error\"}\n"
                                + "{\"timestamp\":\"" + TIMESTAMP + "\",\"stream\":\"stdout\",\"text\":\"\"}\n");
    }

    @Test
    void lastLineSaysWhetherTheLogIsComplete() {
        assertThat(DownloadFormat.TEXT.end(7, null)).isEqualTo("# complete: 7 lines\n");
        assertThat(DownloadFormat.TEXT.end(7, "it\nbroke")).isEqualTo("# incomplete after 7 lines: it broke\n");
        assertThat(DownloadFormat.JSON_LINES.end(7, null)).isEqualTo("{\"complete\":true,\"lines\":7}\n");
        assertThat(DownloadFormat.JSON_LINES.end(7, "it \"broke\""))
                .isEqualTo("{\"complete\":false,\"lines\":7,\"error\":\"it \\\"broke\\\"\"}\n");
    }

    @Test
    void unknownFormatIsRefused() {
        assertThat(DownloadFormat.of(null)).isEqualTo(DownloadFormat.TEXT);
        assertThat(DownloadFormat.of("jsonl")).isEqualTo(DownloadFormat.JSON_LINES);
        assertThatThrownBy(() -> DownloadFormat.of("csv")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "web, web",
        "shop_web-1.x, shop_web-1.x",
        "../../etc/passwd, _.._etc_passwd",
        "'a\"; x=\"b', a___x__b",
        ".., container",
        "ü, _"
    })
    void fileNameHasNoSpecialCharacters(String container, String file) {
        assertThat(DownloadFormat.fileName(container)).isEqualTo(file);
        assertThat(DownloadFormat.fileName(container + "x".repeat(1000))).hasSizeLessThanOrEqualTo(100);
    }
}
