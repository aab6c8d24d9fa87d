package io.dockrelay.relay.channel;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

import io.dockrelay.protocol.logs.LineBlock;
import io.dockrelay.protocol.logs.LineBlockBuilder;

/** Numbered log lines: the text is {@code line N}, the time grows by a microsecond per line. */
public final class Lines {

    private static final DateTimeFormatter NANOS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final Instant BEGIN = Instant.parse("2025-11-25T22:52:30Z");

    private Lines() {}

    public static String line(int number) {
        return NANOS.format(BEGIN.plusNanos(number * 1_000L)) + " line " + number;
    }

    /** The number of the line that was written at that time. */
    public static int at(String time) {
        return (int) Duration.between(BEGIN, Instant.parse(time)).dividedBy(Duration.ofNanos(1_000));
    }

    public static LineBlock block(List<String> lines) {
        var builder = new LineBlockBuilder();
        for (String line : lines) {
            byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
            builder.line('o', bytes, 0, bytes.length);
        }
        return builder.take();
    }

    public static int number(String line) {
        return Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1));
    }
}
