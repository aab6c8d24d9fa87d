package io.dockrelay.record;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;

/**
 * A line of the record as JSON. Fields that are null are left out. Only printable ASCII is written, so that no text of a client
 * can control the terminal that shows the file. Pure.
 */
final class LineFormat {

    private static final JsonFactory JSON =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private LineFormat() {}

    /** A JSON object without its closing brace, for {@link LineSeal#seal}; {@code head} may be null. */
    static byte[] open(long sequence, RecordEntry entry, FileHead head, String previous) {
        return open(json -> {
            json.writeNumberField("seq", sequence);
            write(json, entry);
            if (head != null) {
                json.writeObjectFieldStart("file");
                json.writeNumberField("first", head.first());
                text(json, "key", head.key());
                json.writeEndObject();
            }
            json.writeStringField("prev", previous);
        });
    }

    /** Writes the fields of an object. */
    @FunctionalInterface
    interface Fields {

        void write(JsonGenerator json) throws IOException;
    }

    static byte[] open(Fields fields) {
        var bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        byte[] whole = bytes.toByteArray();
        return Arrays.copyOf(whole, whole.length - 1);
    }

    private static void write(JsonGenerator json, RecordEntry entry) throws IOException {
        json.writeStringField("time", MILLIS.format(entry.time()));
        text(json, "who", entry.who());
        text(json, "address", entry.address());
        json.writeStringField("what", entry.what());
        if (entry.container() != null) {
            json.writeObjectFieldStart("container");
            text(json, "controller", entry.container().controller());
            text(json, "name", entry.container().name());
            text(json, "id", entry.container().id());
            json.writeEndObject();
        }
        json.writeStringField("outcome", entry.outcome().wireName());
        text(json, "reason", entry.reason());
        number(json, "request", entry.request());
        number(json, "duration_ms", entry.durationMs());
        number(json, "count", entry.count());
        if (!entry.events().isEmpty()) {
            json.writeArrayFieldStart("events");
            for (RecordedEvent event : entry.events()) {
                write(json, event);
            }
            json.writeEndArray();
        }
    }

    private static void write(JsonGenerator json, RecordedEvent event) throws IOException {
        json.writeStartObject();
        json.writeStringField("at", MILLIS.format(event.at()));
        text(json, "event", event.event());
        text(json, "status", event.status());
        if (event.exitCode() != null) {
            json.writeNumberField("exit_code", event.exitCode());
        }
        json.writeEndObject();
    }

    private static void text(JsonGenerator json, String name, String value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value);
        }
    }

    private static void number(JsonGenerator json, String name, Long value) throws IOException {
        if (value != null) {
            json.writeNumberField(name, value);
        }
    }

    /**
     * The line of these bytes, whether its hash is right or not.
     *
     * @throws IllegalArgumentException when it is not of this form
     */
    static RecordLine read(byte[] line) {
        try {
            JsonValues json = JsonValues.read(line);
            JsonValues file = json.object("file");
            FileHead head = file == null ? null : new FileHead(file.number("first"), file.text("key"));
            return new RecordLine(json.number("seq"), entry(json), head, json.given("prev"), json.given("hash"));
        } catch (DateTimeException noTime) {
            throw new IllegalArgumentException("it has a time that is none", noTime);
        }
    }

    private static RecordEntry entry(JsonValues json) {
        JsonValues container = json.object("container");
        List<RecordedEvent> events = new ArrayList<>();
        for (JsonValues event : json.objects("events")) {
            Long exitCode = event.optionalNumber("exit_code");
            events.add(new RecordedEvent(
                    Instant.parse(event.given("at")),
                    event.text("event"),
                    event.text("status"),
                    exitCode == null ? null : exitCode.intValue()));
        }
        RecordOutcome outcome = RecordOutcome.of(json.given("outcome"));
        return new RecordEntry(
                Instant.parse(json.given("time")),
                json.text("who"),
                json.text("address"),
                json.given("what"),
                container == null
                        ? null
                        : new RecordedContainer(
                                container.text("controller"), container.text("name"), container.text("id")),
                outcome == null ? RecordOutcome.UNKNOWN : outcome,
                json.text("reason"),
                json.optionalNumber("request"),
                json.optionalNumber("duration_ms"),
                json.optionalNumber("count"),
                events);
    }
}
