package io.dockrelay.listener.download;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.dockrelay.protocol.logs.DownloadFormat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class SentLinesTest {

    /** A line with the prefixes of both formats inside. */
    private static final String LINE = "{\"timestamp\":\"2025\"} # {\"complete\":\n";

    @ParameterizedTest
    @EnumSource(DownloadFormat.class)
    void lastLineIsRecognisedWhereverTheBytesAreSplit(DownloadFormat format) {
        String file = LINE + LINE + format.end(2, null);
        for (int at = 0; at <= file.length(); at++) {
            var sent = new SentLines(format);
            sent.add(file.substring(0, at).getBytes(UTF_8));
            boolean begun = at >= 2 * LINE.length() + format.endPrefix().length();
            assertThat(sent.ended()).as("after %d bytes", at).isEqualTo(begun);
            sent.add(file.substring(at).getBytes(UTF_8));
            assertThat(sent.ended()).isTrue();
            assertThat(sent.complete()).isTrue();
            assertThat(sent.lines()).isEqualTo(3);
            assertThat(sent.insideLine()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(DownloadFormat.class)
    void fileThatSaysItIsIncompleteIsNotComplete(DownloadFormat format) {
        var sent = new SentLines(format);

        sent.add((LINE + format.end(1, "it broke")).getBytes(UTF_8));

        assertThat(sent.ended()).isTrue();
        assertThat(sent.complete()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(DownloadFormat.class)
    void linesAreCountedUpToTheBreak(DownloadFormat format) {
        var sent = new SentLines(format);
        assertThat(sent.insideLine()).isFalse();

        sent.add((LINE + LINE + "beg").getBytes(UTF_8));

        assertThat(sent.lines()).isEqualTo(2);
        assertThat(sent.insideLine()).isTrue();
        assertThat(sent.ended()).isFalse();
    }
}
