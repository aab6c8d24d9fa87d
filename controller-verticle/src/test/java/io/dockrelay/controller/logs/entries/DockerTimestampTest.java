package io.dockrelay.controller.logs.entries;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Random;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.dockrelay.controller.logs.tail.StoredLog;

import static org.assertj.core.api.Assertions.assertThat;

class DockerTimestampTest {

    @ParameterizedTest
    @CsvSource({
        "2025-11-25T22:52:30.123456789Z, 2025-11-25T22:52:30.123456789Z",
        "2025-11-25T22:52:30.1234Z, 2025-11-25T22:52:30.123400000Z",
        "2025-11-25T22:52:30Z, 2025-11-25T22:52:30.000000000Z",
        "2025-11-25T23:52:30.5+01:00, 2025-11-25T22:52:30.500000000Z",
        "2025-12-31T22:30:00.000000001-02:00, 2026-01-01T00:30:00.000000001Z",
    })
    void timestampIsNormalisedToThirtyCharacters(String engine, String normalised) {
        byte[] bytes = (engine + " the text").getBytes(StandardCharsets.US_ASCII);
        var stamp = new DockerTimestamp();
        int text = stamp.parse(bytes, 0, bytes.length);
        assertThat(new String(bytes, text, bytes.length - text, StandardCharsets.US_ASCII))
                .isEqualTo("the text");
        assertThat(new String(stamp.text, StandardCharsets.US_ASCII)).isEqualTo(normalised + " ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2025",
                "Error grabbing logs: unexpected EOF",
                "2025-11-25 22:52:30.123456789Z x",
                "2025-11-25T22:52:30.123456789Zx",
                "2025-00-25T22:52:30.123456789Z x",
                "2025-11-25T22:52:30.1234567891Z x"
            })
    void otherTextIsNoTimestamp(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        assertThat(new DockerTimestamp().parse(bytes, 0, bytes.length)).isNegative();
    }

    @Test
    void emptyTextIsAllowed() {
        byte[] bytes = "2025-11-25T22:52:30.123456789Z".getBytes(StandardCharsets.US_ASCII);
        assertThat(new DockerTimestamp().parse(bytes, 0, bytes.length)).isEqualTo(bytes.length);
    }

    @ParameterizedTest
    @CsvSource({
        "2025-11-25T22:52:30.000000001Z, 2025-11-25T22:52:30.999999999Z",
        "2025-11-25T23:52:30.123456789+01:00, 2025-11-25T22:52:30.987654321Z",
        "2025-11-25T22:52:30.123456789Z, 2025-11-25T22:52:30.5+01:00",
        "2025-11-25T22:52:30.123456789Z, 2025-11-25T22:52:31.123456789Z",
    })
    void nothingOfTheLastTimestampIsLeft(String before, String after) {
        var stamp = new DockerTimestamp();
        for (String text : new String[] {before, after}) {
            byte[] bytes = ("x" + text + " y").getBytes(StandardCharsets.US_ASCII);
            assertThat(stamp.parse(bytes, 1, bytes.length)).isEqualTo(bytes.length - 1);
        }
        Instant time = OffsetDateTime.parse(after).toInstant();
        assertThat(Instant.ofEpochSecond(stamp.seconds, stamp.nanos)).isEqualTo(time);
        assertThat(new String(stamp.text, StandardCharsets.US_ASCII)).isEqualTo(StoredLog.stamp(time) + " ");
    }

    @RepeatedTest(200)
    void secondsMatchTheCalendar(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        Instant time = Instant.ofEpochSecond(
                random.nextLong(-62_000_000_000L, 250_000_000_000L), random.nextInt(1_000_000_000));
        byte[] bytes = (StoredLog.stamp(time) + " x").getBytes(StandardCharsets.US_ASCII);
        var stamp = new DockerTimestamp();
        assertThat(stamp.parse(bytes, 0, bytes.length)).isEqualTo(DockerTimestamp.LENGTH);
        assertThat(Instant.ofEpochSecond(stamp.seconds, stamp.nanos)).isEqualTo(time);
    }
}
