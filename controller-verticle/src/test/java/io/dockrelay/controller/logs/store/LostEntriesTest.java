package io.dockrelay.controller.logs.store;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import io.vertx.core.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.dockrelay.controller.logs.entries.EntryDecoderFactory;
import io.dockrelay.controller.logs.entries.EntryPosition;
import io.dockrelay.controller.logs.entries.EntryReader;
import io.dockrelay.controller.logs.entries.LogEntry;
import io.dockrelay.controller.logs.tail.StoredLog;
import io.dockrelay.docker.LogQuery;

import static org.assertj.core.api.Assertions.assertThat;

/** Reads of a damaged log from an engine that loses entries before its report at random, as those from 23.0 on do. */
class LostEntriesTest {

    private static final String REPORT =
            "Error grabbing logs: invalid character '\\x00' looking for beginning of value\n";

    /** How an engine that is busy delivers what it has read before its report. */
    enum Pace {
        /** Each further entry with the same chance as the report. */
        BUSY {
            @Override
            int delivered(Random random, int entries) {
                int delivered = 0;
                while (delivered < entries && random.nextBoolean()) {
                    delivered++;
                }
                return delivered;
            }
        },
        EVEN {
            @Override
            int delivered(Random random, int entries) {
                return random.nextInt(entries + 1);
            }
        };

        abstract int delivered(Random random, int entries);
    }

    /** An entry of the file. */
    private record Stored(Instant time, char stream, String text) {

        byte[] bytes() {
            return new StoredLog()
                    .line(StoredLog.BEGIN.until(time, ChronoUnit.NANOS), stream, text)
                    .bytes(0, false);
        }
    }

    private final List<Stored> file = new ArrayList<>();

    /** Indexes of the first damaged entry and of the first one after it that is not. */
    private int damaged;

    private int damageEnd;

    private int growing;
    private int requests;

    @ParameterizedTest
    @CsvSource({
        "BUSY, 299, 1, 200, 0",
        "BUSY, 299, 1, 0, 0",
        "BUSY, 5000, 1, 3, 0",
        "BUSY, 1, 1, 100, 0",
        "BUSY, 2, 1, 1, 0",
        "BUSY, 300, 1, 300, 1",
        "EVEN, 299, 1, 200, 0",
        "EVEN, 5000, 1, 5000, 0",
        "EVEN, 40, 1, 7, 0",
        "EVEN, 300, 1, 300, 2",
        "EVEN, 5000, 5000, 100, 0"
    })
    void everyEntryBeforeTheDamageIsReadOnce(Pace pace, int before, int damage, int after, int grows) {
        growing = grows;
        int all = before + damage + after;
        for (long seed = 0; seed < 8; seed++) {
            for (LogQuery query : List.of(
                    LogQuery.stored(false),
                    LogQuery.newest(all, false),
                    LogQuery.newest(all * 3 + 7, false),
                    LogQuery.newest(after + damage + (before + 1) / 2, false))) {
                var random = new Random(seed);
                store(random, before, damage, after);
                int first = query.tail() == null ? 0 : Math.max(0, all - query.tail());
                requests = 0;
                List<Integer> read = read(query, random, pace);
                String of = "seed " + seed + " " + query;
                assertThat(read).as(of).isNotEmpty();
                // The first request may be repeated, and the log grows meanwhile.
                assertThat(read.getFirst() - first).as(of).isBetween(0, 20 * grows);
                assertThat(read)
                        .as(of)
                        .isEqualTo(
                                IntStream.range(read.getFirst(), before).boxed().toList());
                assertThat(requests).as(of).isLessThan(300);
            }
        }
    }

    @Test
    void readUpToATimeEndsThere() {
        var random = new Random(1);
        store(random, 300, 1, 100);
        var until = new LogQuery(false, null, null, EngineTime.text(file.get(250).time), false);

        List<Integer> read = read(until, random, Pace.BUSY);

        assertThat(read).startsWith(0, 1, 2).doesNotHaveDuplicates().isSorted();
        assertThat(read.getLast()).isBetween(230, 270);
    }

    @Test
    void logWithoutAReadableEntryHasNone() {
        store(new Random(1), 0, 1, 0);

        assertThat(read(LogQuery.newest(10, false), new Random(1), Pace.EVEN)).isEmpty();
        assertThat(requests).isLessThan(20);
    }

    /** Both streams, out of order by some entries. */
    private void store(Random random, int before, int damage, int after) {
        file.clear();
        damaged = before;
        damageEnd = before + damage;
        long nanos = 0;
        for (int i = 0; i < damageEnd + after; i++) {
            nanos += 1 + random.nextInt(3_000);
            append(random, nanos);
        }
    }

    private void append(Random random, long nanos) {
        boolean late = random.nextInt(5) == 0;
        file.add(new Stored(
                StoredLog.BEGIN.plusNanos(late ? nanos - random.nextInt(4_000) : nanos),
                late ? 'e' : 'o',
                Integer.toString(file.size())));
    }

    private List<Integer> read(LogQuery whole, Random random, Pace pace) {
        List<Integer> read = new ArrayList<>();
        LogEntry.Sink sink = entry -> read.add(Integer.parseInt(
                new String(entry.bytes, entry.from, entry.to - entry.from, StandardCharsets.US_ASCII)));
        var reader = new EntryReader(whole.tail() == null, sink);
        var lost = new LostEntries(tail -> first(tail, random, pace), reader, whole);
        LogQuery query = whole;
        while (query != null) {
            EntryDecoderFactory.create(false, reader).feed(answer(query, random, pace));
            query = reader.report() != null || lost.isPart() ? lost.next().result() : null;
        }
        return read;
    }

    private Future<EntryPosition> first(int tail, Random random, Pace pace) {
        var first = new EntryPosition();
        var reader = new EntryReader(false, entry -> {
            if (!first.known()) {
                first.copyFrom(entry.position);
            }
        });
        EntryDecoderFactory.create(false, reader).feed(answer(LogQuery.newest(tail, false), random, pace));
        return Future.succeededFuture(first.known() ? first : null);
    }

    /** What the engine sends. */
    private byte[] answer(LogQuery query, Random random, Pace pace) {
        requests++;
        for (int i = 0; i < growing; i++) {
            append(random, (file.size() + 1) * 3_000L);
        }
        int from = query.tail() == null ? 0 : Math.max(0, file.size() - query.tail());
        Instant until = EngineTime.of(query.until());
        int to = from;
        while (to < file.size()
                && !isDamaged(to)
                && (until == null || !file.get(to).time.isAfter(until))) {
            to++;
        }
        int delivered = isDamaged(to) ? pace.delivered(random, to - from) : to - from;
        boolean reports = isDamaged(to) && (delivered < to - from || random.nextBoolean());
        byte[][] frames =
                file.subList(from, from + delivered).stream().map(Stored::bytes).toArray(byte[][]::new);
        return join(frames, reports ? report() : new byte[0]);
    }

    private boolean isDamaged(int entry) {
        return entry >= damaged && entry < damageEnd;
    }

    private static byte[] report() {
        byte[] text = REPORT.getBytes(StandardCharsets.US_ASCII);
        return join(new byte[][] {{3, 0, 0, 0, 0, 0, 0, (byte) text.length}}, text);
    }

    private static byte[] join(byte[][] parts, byte[] last) {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        byte[] all = new byte[length + last.length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        System.arraycopy(last, 0, all, at, last.length);
        return all;
    }
}
