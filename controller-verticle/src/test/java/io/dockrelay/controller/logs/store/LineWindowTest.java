package io.dockrelay.controller.logs.store;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.dockrelay.controller.logs.entries.DockerTimestamp;
import io.dockrelay.controller.logs.entries.EntryDecoderFactory;
import io.dockrelay.controller.logs.entries.EntryReader;
import io.dockrelay.controller.logs.entries.LineJoiner;
import io.dockrelay.controller.logs.tail.ReadLines;
import io.dockrelay.controller.logs.tail.StoredLog;
import io.dockrelay.protocol.logs.Cursor;
import io.dockrelay.protocol.logs.GapReason;
import io.dockrelay.protocol.logs.LineBlock;

import static org.assertj.core.api.Assertions.assertThat;

/** Of ten lines, one per second. */
class LineWindowTest {

    private static final long SECOND = 1_000_000_000;

    private static StoredLog log() {
        var log = new StoredLog();
        for (int i = 1; i <= 10; i++) {
            log.line(i * SECOND, 'o', "line " + i);
        }
        return log;
    }

    private static LineWindow window(int lines) {
        var window = new LineWindow(lines, PageQuery.MAX_BYTES);
        EntryDecoderFactory.create(false, new EntryReader(true, new LineJoiner(false, window::push)))
                .feed(log().bytes(0, false));
        return window;
    }

    /** @param line from 1 */
    private static Cursor cursor(int line) {
        return ReadLines.of(log(), false).lines.get(line - 1).cursor();
    }

    /** Of another line, written after one of these. */
    private static Cursor between(int line) {
        return new Cursor(StoredLog.ID, cursor(line).timestamp().plusNanos(5), 'o', 1, 0);
    }

    private static List<String> texts(LineBlock lines) {
        return lines.lines().stream()
                .map(line -> line.substring(DockerTimestamp.LENGTH))
                .toList();
    }

    @Test
    void linesAfterOneOfThemFollowIt() {
        LineWindow.Rest rest = window(5).takeAfter(cursor(8), GapReason.DAMAGED);

        assertThat(texts(rest.page().lines())).containsExactly("line 9", "line 10");
        assertThat(rest.page().first()).isEqualTo(cursor(9).encode());
        assertThat(rest.page().dropped()).isTrue();
        assertThat(rest.follows()).isTrue();
        assertThat(rest.end()).isEqualTo(cursor(10));
    }

    @Test
    void noLineIsAfterTheLast() {
        LineWindow.Rest rest = window(5).takeAfter(cursor(10), GapReason.ROTATED);

        assertThat(rest.page().last()).isNull();
        assertThat(rest.follows()).isTrue();
        assertThat(rest.end()).isEqualTo(cursor(10));
    }

    @Test
    void newerLinesAreAfterAPositionThatIsNotAmongThem() {
        LineWindow.Rest rest = window(5).takeAfter(between(7), GapReason.DAMAGED);

        assertThat(texts(rest.page().lines())).containsExactly("line 8", "line 9", "line 10");
        assertThat(rest.follows()).isFalse();
        assertThat(window(5)
                        .takeAfter(between(7), GapReason.ROTATED)
                        .page()
                        .lines()
                        .count())
                .isEqualTo(5);
    }

    @Test
    void olderLinesAreNotAfterAPosition() {
        LineWindow.Rest rest = window(50).takeAfter(between(10), GapReason.ROTATED);

        assertThat(rest.page().last()).isNull();
        assertThat(rest.follows()).isFalse();
        assertThat(rest.end()).isEqualTo(cursor(10));
    }

    @Test
    void allLinesAreAfterAnOlderPosition() {
        LineWindow.Rest rest = window(5).takeAfter(cursor(2), GapReason.DAMAGED);

        assertThat(rest.page().lines().count()).isEqualTo(5);
        assertThat(rest.follows()).isFalse();
        assertThat(new LineWindow(5, 100)
                        .takeAfter(cursor(2), GapReason.ROTATED)
                        .end())
                .isNull();
    }
}
