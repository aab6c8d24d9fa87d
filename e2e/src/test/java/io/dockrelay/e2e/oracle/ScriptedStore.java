package io.dockrelay.e2e.oracle;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * The log of a container whose machine's clock can be set: entries in the order of writing, each with the clock's time.
 * For any thread; {@link #close()} ends all waiting.
 */
final class ScriptedStore implements AutoCloseable {

    private static final DateTimeFormatter NANOS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final long LONGEST_WAIT_MILLIS = 1_000;

    private final Segment segment = new Segment("scripted", Path.of("scripted"));
    private final List<Entry> entries = new ArrayList<>();
    private Duration step = Duration.ZERO;
    private boolean closed;

    /** One entry. */
    record Entry(Instant at, char stream, String text) {

        /** The frame of the engine's API. */
        byte[] frame() {
            byte[] line = (NANOS.format(at) + " " + text + "\n").getBytes(StandardCharsets.UTF_8);
            return ByteBuffer.allocate(8 + line.length)
                    .put((byte) (stream == 'e' ? 2 : 1))
                    .put(new byte[3])
                    .putInt(line.length)
                    .put(line)
                    .array();
        }
    }

    /** Steps the machine's clock: back when negative. */
    synchronized void stepClock(Duration by) {
        step = step.plus(by);
    }

    /** Writes the next line. */
    synchronized void write() {
        int number = entries.size() + 1;
        char stream = number % 4 == 0 ? 'e' : 'o';
        entries.add(new Entry(Instant.now().plus(step), stream, "clock " + number));
        notifyAll();
    }

    /** Everything so far. */
    synchronized ExpectedLog stored(String service) {
        return new ExpectedLog(
                service,
                entries.stream()
                        .map(entry -> new StoredLine(Line.of(entry.at, entry.stream, entry.text), segment))
                        .toList());
    }

    /** The position of the first of the newest {@code tail} entries. */
    synchronized int begin(String tail) {
        return tail.matches("\\d+") ? Math.max(0, entries.size() - Integer.parseInt(tail)) : 0;
    }

    /**
     * The entries from a position on.
     *
     * @param follow whether to wait for more when there are none
     * @return empty at the end
     */
    synchronized List<Entry> from(int position, boolean follow) {
        awaitUntil(() -> !follow || entries.size() > position);
        return closed ? List.of() : List.copyOf(entries.subList(Math.min(position, entries.size()), entries.size()));
    }

    /** Returns when the store is closed. */
    synchronized void awaitClose() {
        awaitUntil(() -> false);
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }

    private synchronized void awaitUntil(BooleanSupplier enough) {
        try {
            while (!closed && !enough.getAsBoolean()) {
                wait(LONGEST_WAIT_MILLIS);
            }
        } catch (InterruptedException e) {
            closed = true;
        }
    }
}
