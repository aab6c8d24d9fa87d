package io.dockrelay.relay.uplink;

import java.time.Instant;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.dockrelay.protocol.logs.Cursor;
import io.dockrelay.protocol.logs.LineBlock;
import io.dockrelay.relay.channel.Lines;

import static org.assertj.core.api.Assertions.assertThat;

/** Positions among the lines of a controller of version 1, by time. */
class WireVersionTest {

    private final LineBlock lines =
            Lines.block(IntStream.range(10, 20).mapToObj(Lines::line).toList());

    @ParameterizedTest
    @CsvSource({"10, 1, 0", "15, 6, 5", "19, 10, 9", "25, 10, 10", "9, -1, 0"})
    void lineIsFoundByThePositionsOfBothVersions(int line, int end, int start) {
        String time = Lines.line(line).substring(0, LineBlock.TIMESTAMP_LENGTH);
        String current = new Cursor("0123456789ab", Instant.parse(time), 'o', 42, 0).encode();

        for (String position : new String[] {time, "v1~" + time, current}) {
            assertThat(WireVersion.endOf(position, lines)).as(position).isEqualTo(end);
            assertThat(WireVersion.startOf(position, lines)).as(position).isEqualTo(start);
        }
    }

    @Test
    void whatIsNoPositionIsNotFound() {
        assertThat(WireVersion.endOf("c15", lines)).isEqualTo(-1);
        assertThat(WireVersion.startOf("c15", lines)).isEqualTo(lines.count());
    }
}
