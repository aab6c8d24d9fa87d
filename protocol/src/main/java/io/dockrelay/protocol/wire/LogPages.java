package io.dockrelay.protocol.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import io.dockrelay.protocol.logs.GapReason;
import io.dockrelay.protocol.logs.JsonStrings;
import io.dockrelay.protocol.logs.LineBlock;
import io.dockrelay.protocol.logs.LogPage;
import io.dockrelay.protocol.logs.LogSlice;
import io.dockrelay.protocol.logs.TailMark;
import io.dockrelay.protocol.logs.Waypoint;

/** Writes and reads the answer to {@code GET …/container/NAME/logs}; the lines' bytes are copied as they are. */
public final class LogPages {

    private static final JsonFactory JSON = new JsonFactory();
    /** Bytes besides the lines, generously. */
    private static final int HEAD = 512;

    private LogPages() {}

    /**
     * The page as UTF-8.
     *
     * @param controller null between a controller and its clients
     */
    public static byte[] write(LogPage page, String controller) {
        LineBlock lines = page.lines();
        var out = new ByteArrayOutputStream(lines.size() + lines.count() + HEAD);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("container", page.container());
            LogsArray.write(json, out, lines);
            json.writeNumberField("count", lines.count());
            json.writeStringField("cursor", page.cursor());
            json.writeStringField("first", page.first());
            json.writeStringField("streams", new String(lines.streams(), StandardCharsets.US_ASCII));
            json.writeBooleanField("more_before", page.moreBefore());
            json.writeBooleanField("more_after", page.moreAfter());
            json.writeBooleanField("anchored", page.anchored());
            if (!page.waypoints().isEmpty()) {
                waypoints(json, page.waypoints());
            }
            if (page.incomplete() != null) {
                incomplete(json, page.incomplete());
            }
            if (controller != null) {
                json.writeStringField("controller", controller);
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void incomplete(JsonGenerator json, TailMark.Gap gap) throws IOException {
        json.writeObjectFieldStart("incomplete");
        json.writeStringField("reason", gap.reason().wireName());
        json.writeStringField("from", gap.from());
        json.writeStringField("to", gap.to());
        json.writeEndObject();
    }

    private static void waypoints(JsonGenerator json, List<Waypoint> waypoints) throws IOException {
        json.writeArrayFieldStart("waypoints");
        for (Waypoint waypoint : waypoints) {
            json.writeStartObject();
            json.writeNumberField("lines", waypoint.lines());
            json.writeStringField("cursor", waypoint.cursor());
            json.writeStringField("next", waypoint.next());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /**
     * The page in these bytes; what a v1 controller leaves out counts as unknown.
     *
     * @throws IllegalArgumentException when they are not one
     */
    public static LogPage read(byte[] bytes) {
        var fields = new Fields();
        JsonFields.read(bytes, fields::take);
        return fields.page(bytes);
    }

    /** What has been read of a page so far. */
    private static final class Fields {

        private String container;
        private String cursor;
        private String first;
        private String streams;
        private boolean moreBefore;
        private boolean moreAfter;
        private boolean anchored = true;
        private List<Waypoint> waypoints = List.of();
        private TailMark.Gap incomplete;
        /** Index of the logs' opening bracket; -1 until it is found. */
        private int logs = -1;

        void take(JsonParser json) throws IOException {
            String name = json.currentName();
            JsonToken token = json.nextToken();
            String text = token == JsonToken.VALUE_STRING ? json.getText() : null;
            switch (name) {
                case "container" -> container = text;
                case "cursor" -> cursor = text;
                case "first" -> first = text;
                case "streams" -> streams = text;
                case "more_before" -> moreBefore = token == JsonToken.VALUE_TRUE;
                case "more_after" -> moreAfter = token == JsonToken.VALUE_TRUE;
                case "anchored" -> anchored = token == JsonToken.VALUE_TRUE;
                case "waypoints" -> {
                    waypoints = token == JsonToken.START_ARRAY ? waypoints(json) : List.of();
                    return;
                }
                case "incomplete" -> {
                    incomplete = token == JsonToken.START_OBJECT ? incomplete(json) : null;
                    return;
                }
                case "logs" -> logs = (int) json.currentTokenLocation().getByteOffset();
                default -> {
                    // A newer controller may add fields.
                }
            }
            json.skipChildren();
        }

        LogPage page(byte[] bytes) {
            if (container == null || logs < 0 || bytes[logs] != '[') {
                throw new IllegalArgumentException("a page without container or logs");
            }
            LineBlock lines = JsonStrings.block(bytes, logs + 1, bytes.length, streams);
            var slice = new LogSlice(lines, first, cursor);
            return new LogPage(container, slice, moreBefore, moreAfter, anchored, usable(lines), incomplete);
        }

        private static TailMark.Gap incomplete(JsonParser json) throws IOException {
            GapReason reason = GapReason.UNKNOWN;
            String from = null;
            String to = null;
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                String text = json.nextToken() == JsonToken.VALUE_STRING ? json.getText() : null;
                switch (name) {
                    case "reason" -> reason = GapReason.of(text);
                    case "from" -> from = text;
                    case "to" -> to = text;
                    default -> json.skipChildren();
                }
            }
            return new TailMark.Gap(reason, from, to, null);
        }

        private static List<Waypoint> waypoints(JsonParser json) throws IOException {
            List<Waypoint> all = new ArrayList<>();
            while (json.nextToken() == JsonToken.START_OBJECT) {
                all.add(waypoint(json));
            }
            return all;
        }

        private static Waypoint waypoint(JsonParser json) throws IOException {
            int before = 0;
            String reached = null;
            String next = null;
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                JsonToken token = json.nextToken();
                if (name.equals("lines") && token == JsonToken.VALUE_NUMBER_INT) {
                    before = json.getIntValue();
                } else if (name.equals("cursor") && token == JsonToken.VALUE_STRING) {
                    reached = json.getText();
                } else if (name.equals("next") && token == JsonToken.VALUE_STRING) {
                    next = json.getText();
                } else {
                    json.skipChildren();
                }
            }
            return new Waypoint(before, reached, next);
        }

        /** Empty when they do not fit the lines: they would cut the page at the wrong lines. */
        private List<Waypoint> usable(LineBlock lines) {
            int before = 0;
            for (Waypoint waypoint : waypoints) {
                if (waypoint.lines() <= before || waypoint.lines() >= lines.count() || waypoint.cursor() == null) {
                    return List.of();
                }
                before = waypoint.lines();
            }
            return waypoints;
        }
    }
}
