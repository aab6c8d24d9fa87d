package io.dockrelay.relay.uplink;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;

import io.dockrelay.protocol.logs.LogPage;
import io.dockrelay.protocol.logs.LogSlice;
import io.dockrelay.protocol.logs.ReadLogs;
import io.dockrelay.protocol.wire.LogPages;
import io.dockrelay.protocol.wire.LogQueries;
import io.dockrelay.relay.channel.Lines;

import static org.assertj.core.api.Assertions.assertThat;

/** Pages with an inclusive end, which the REST query of a controller does not have. */
class RemoteLogsTest {

    private final RemoteLogs logs = new RemoteLogs(this::get);
    private final List<String> queries = new ArrayList<>();
    private final int rotated = 10;
    private final int stored = 100;

    @Test
    void pageEndsWithTheLineOfTheEnd() {
        LogPage page = between(20, 40, 500);
        assertThat(numbers(page)).isEqualTo(range(21, 41));
        assertThat(page.first()).isEqualTo("c21");
        assertThat(page.cursor()).isEqualTo("c40");
        assertThat(page.slices()).extracting(LogSlice::last).containsExactly("c39", "c40");
        assertThat(queries).hasSize(2);
    }

    @Test
    void pageOfTheNextLineHasThatLine() {
        LogPage page = between(39, 40, 500);
        assertThat(numbers(page)).containsExactly(40);
        assertThat(page.first()).isEqualTo("c40");
        assertThat(page.cursor()).isEqualTo("c40");
    }

    @Test
    void pagesMeetTheEndWhateverTheirLength() {
        for (int limit = 1; limit < 25; limit++) {
            List<Integer> read = new ArrayList<>();
            int position = 20;
            while (position != 40) {
                LogPage page = between(position, 40, limit);
                read.addAll(numbers(page));
                position = Integer.parseInt(page.cursor().substring(1));
            }
            assertThat(read).isEqualTo(range(21, 41));
        }
    }

    @Test
    void pageWhoseEndIsBeforeThePositionOrMissingHasNoEnd() {
        assertThat(numbers(between(40, 20, 500))).isEqualTo(range(41, 100));
        assertThat(numbers(between(40, 39, 500))).isEqualTo(range(41, 100));
        assertThat(numbers(between(40, 5, 500))).isEqualTo(range(41, 100));
        assertThat(numbers(between(40, 200, 500))).isEqualTo(range(41, 100));
    }

    @Test
    void positionThatIsRotatedAwayIsNotAnchored() {
        assertThat(between(5, 40, 500).anchored()).isFalse();
    }

    private LogPage between(int after, int through, int limit) {
        return logs.read(ReadLogs.between("web", "c" + after, "c" + through, limit), WireVersion.CURRENT)
                .result();
    }

    private static List<Integer> numbers(LogPage page) {
        return page.lines().lines().stream().map(Lines::number).toList();
    }

    private static List<Integer> range(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    /** A controller that holds the lines 10 to 99 and ends a page by time when its end is not met. */
    private Future<Buffer> get(String path) {
        queries.add(path);
        ReadLogs request = LogQueries.read("web", query(path));
        int at = number(request.position());
        boolean anchored = at >= rotated && at < stored;
        LogPage page = switch (request.anchor()) {
            case THROUGH -> page(Math.max(rotated, at + 1 - request.limit()), Math.min(stored, at + 1), anchored);
            case AFTER -> page(Math.max(rotated, at + 1), Math.min(end(request), at + 1 + request.limit()), anchored);
            default -> throw new AssertionError(path);
        };
        return Future.succeededFuture(Buffer.buffer(LogPages.write(page, null)));
    }

    private int end(ReadLogs request) {
        return request.end() == null ? stored : Math.min(stored, number(request.end()));
    }

    private static LogPage page(int from, int to, boolean anchored) {
        if (from >= to) {
            return new LogPage("web", LogSlice.NONE, true, true, anchored, List.of());
        }
        var lines = Lines.block(IntStream.range(from, to).mapToObj(Lines::line).toList());
        var slice = new LogSlice(lines, "c" + from, "c" + (to - 1));
        return new LogPage("web", slice, true, true, anchored, List.of());
    }

    private static UnaryOperator<String> query(String path) {
        Map<String, String> parameters = Stream.of(
                        path.substring(path.indexOf('?') + 1).split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        return parameters::get;
    }

    private static int number(String cursor) {
        return Integer.parseInt(cursor.substring(1));
    }
}
