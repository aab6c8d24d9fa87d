package io.dockrelay.controller.logs.tail;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import com.google.errorprone.annotations.CanIgnoreReturnValue;

import io.dockrelay.controller.logs.entries.LogEntry;

/** A container's log as an engine stores it, and the bytes it sends, for tests of the classes that read them. */
public final class StoredLog {

    public static final Instant BEGIN = Instant.parse("2026-11-23T06:28:41.019293335Z");
    public static final String ID = "0123456789ab";

    /** An entry: a line, or a chunk of one. */
    record Stored(Instant time, char stream, String text, boolean terminated) {}

    private final List<Stored> entries = new ArrayList<>();

    /** A line, {@code nanos} after the beginning, in chunks as the engine cuts them. */
    @CanIgnoreReturnValue
    public StoredLog line(long nanos, char stream, String text) {
        return put(nanos, stream, text, true);
    }

    /** The end of the output of a process, without a newline. */
    @CanIgnoreReturnValue
    public StoredLog unterminated(long nanos, char stream, String text) {
        return put(nanos, stream, text, false);
    }

    @CanIgnoreReturnValue
    public StoredLog entry(long nanos, char stream, String text, boolean terminated) {
        entries.add(new Stored(BEGIN.plusNanos(nanos), stream, text, terminated));
        return this;
    }

    public int size() {
        return entries.size();
    }

    List<Stored> entries() {
        return entries;
    }

    /** A random log: long lines, equal chunks, both streams, out of order by microseconds. */
    public static StoredLog random(long seed, int lines) {
        var random = new Random(seed);
        var log = new StoredLog();
        long nanos = 0;
        long nanosOfErr = 0;
        for (int i = 0; i < lines; i++) {
            nanos += random.nextInt(4) == 0 ? random.nextInt(20_000_000) : random.nextInt(3);
            // stderr is late by microseconds; each stream is in order by itself.
            boolean err = random.nextInt(3) == 0;
            long lag = random.nextInt(3) == 0 ? random.nextInt(5_000) : 0;
            nanosOfErr = err ? Math.max(nanosOfErr, nanos - lag) : nanosOfErr;
            log.randomLine(random, err ? nanosOfErr : nanos, err ? 'e' : 'o', i);
            nanos += 20;
            nanosOfErr += random.nextBoolean() ? 0 : 20;
        }
        return log;
    }

    /** The bytes that the engine sends, starting with entry {@code from}. */
    public byte[] bytes(int from, boolean terminal) {
        var out = new ByteArrayOutputStream();
        for (Stored entry : entries.subList(from, entries.size())) {
            String end = entry.terminated() ? terminal ? "\r\n" : "\n" : "";
            byte[] payload = (stamp(entry.time()) + " " + entry.text() + end).getBytes(StandardCharsets.UTF_8);
            if (!terminal) {
                int length = payload.length;
                out.writeBytes(new byte[] {(byte) (entry.stream() == 'e' ? 2 : 1), 0, 0, 0});
                out.writeBytes(
                        new byte[] {(byte) (length >>> 24), (byte) (length >>> 16), (byte) (length >>> 8), (byte) length
                        });
            }
            out.writeBytes(payload);
        }
        return out.toByteArray();
    }

    public static String stamp(Instant time) {
        return "%sZ"
                .formatted(java.time.format.DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.nnnnnnnnn")
                        .format(time.atOffset(java.time.ZoneOffset.UTC)));
    }

    private void randomLine(Random random, long nanos, char stream, int number) {
        switch (random.nextInt(12)) {
            case 0 -> line(nanos, stream, "a".repeat(random.nextInt(70_000)));
            case 1 -> line(nanos, stream, "abc".repeat(random.nextInt(30_000)));
            case 2 -> interleaved(random, nanos, stream);
            case 3 -> unterminated(nanos, stream, "prompt " + number);
            case 4 -> line(nanos, stream, "");
            default -> line(nanos, stream, "line " + (random.nextInt(4) == 0 ? 7 : number));
        }
    }

    /** A long line with lines of the other stream between its chunks. */
    private void interleaved(Random random, long nanos, char stream) {
        char other = stream == 'e' ? 'o' : 'e';
        int chunks = 1 + random.nextInt(3);
        for (int i = 0; i < chunks; i++) {
            entry(nanos, stream, "b".repeat(LogEntry.FULL_CHUNK), false);
            line(nanos + 3 + i, other, "between " + i);
        }
        entry(nanos, stream, "the end", true);
    }

    private StoredLog put(long nanos, char stream, String text, boolean terminated) {
        int at = 0;
        while (text.length() - at > LogEntry.FULL_CHUNK) {
            entry(nanos, stream, text.substring(at, at + LogEntry.FULL_CHUNK), false);
            at += LogEntry.FULL_CHUNK;
        }
        return entry(nanos, stream, text.substring(at), terminated);
    }
}
