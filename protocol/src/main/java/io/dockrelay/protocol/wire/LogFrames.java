package io.dockrelay.protocol.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import io.dockrelay.protocol.logs.JsonStrings;
import io.dockrelay.protocol.logs.LineBlock;
import io.dockrelay.protocol.logs.LogSlice;
import io.dockrelay.protocol.logs.Resumption;

/** Writes and reads log frames; the lines' bytes are copied as they are, and single lines are never parsed. */
public final class LogFrames {

    private static final JsonFactory JSON = new JsonFactory();

    /** Bytes of a frame besides its lines, generously. */
    private static final int HEAD = 512;

    private LogFrames() {}

    /** The frame as UTF-8 bytes of one text frame. */
    public static byte[] write(LogFrame frame) {
        LineBlock lines = frame.lines();
        var out = new Bytes(lines.size() + lines.count() + HEAD);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("type", frame.snapshot() ? "log_snapshot" : "new_logs");
            json.writeStringField("container", frame.container());
            LogsArray.write(json, out, lines);
            json.writeStringField("lastLogTimestamp", frame.lastLogTimestamp());
            json.writeStringField("cursor", frame.cursor());
            json.writeStringField("streams", new String(lines.streams(), StandardCharsets.US_ASCII));
            optional(json, "controller", frame.controller());
            optional(json, "sub", frame.sub());
            optional(json, "more_before", frame.moreBefore());
            optional(json, "resumed", frame.resumption().wireValue());
            // The cursor of the only line is the frame's cursor.
            optional(json, "first", lines.count() > 1 ? frame.first() : null);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.exactly();
    }

    /**
     * The frame in these bytes, or null when they hold another message.
     *
     * @throws IllegalArgumentException when they are not a message at all
     */
    public static LogFrame read(byte[] bytes) {
        var fields = new Fields();
        JsonFields.read(bytes, fields::take);
        return fields.frame(bytes);
    }

    private static void optional(JsonGenerator json, String name, String value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value);
        }
    }

    private static void optional(JsonGenerator json, String name, Boolean value) throws IOException {
        if (value != null) {
            json.writeBooleanField(name, value);
        }
    }

    /** What has been read of a frame so far. */
    private static final class Fields {

        private String type;
        private String container;
        private String controller;
        private String sub;
        private String cursor;
        private String first;
        private String lastLogTimestamp;
        private String streams;
        private Boolean moreBefore;
        private Boolean resumed;
        /** Index of the logs' opening bracket; -1 until it is found. */
        private int logs = -1;

        void take(JsonParser json) throws IOException {
            String name = json.currentName();
            JsonToken token = json.nextToken();
            switch (name) {
                case "type" -> type = json.getText();
                case "container" -> container = text(json, token);
                case "controller" -> controller = text(json, token);
                case "sub" -> sub = text(json, token);
                case "cursor" -> cursor = text(json, token);
                case "first" -> first = text(json, token);
                case "lastLogTimestamp" -> lastLogTimestamp = text(json, token);
                case "streams" -> streams = text(json, token);
                case "more_before" -> moreBefore = token == JsonToken.VALUE_NULL ? null : json.getBooleanValue();
                case "resumed" -> resumed = token == JsonToken.VALUE_NULL ? null : json.getBooleanValue();
                case "logs" -> {
                    logs = token == JsonToken.START_ARRAY
                            ? (int) json.currentTokenLocation().getByteOffset()
                            : -1;
                    json.skipChildren();
                }
                default -> json.skipChildren();
            }
        }

        LogFrame frame(byte[] bytes) {
            boolean snapshot = "log_snapshot".equals(type);
            if (!snapshot && !"new_logs".equals(type)) {
                return null;
            }
            if (logs < 0 || container == null) {
                throw new IllegalArgumentException(type + " without container or logs");
            }
            LineBlock lines = JsonStrings.block(bytes, logs + 1, bytes.length, streams);
            var slice = new LogSlice(lines, lines.count() == 1 ? cursor : first, cursor);
            return new LogFrame(
                    snapshot, container, controller, sub, slice, lastLogTimestamp, moreBefore, Resumption.of(resumed));
        }

        private static String text(JsonParser json, JsonToken token) throws IOException {
            return token == JsonToken.VALUE_NULL ? null : json.getText();
        }
    }

    /** A byte sink that returns its array without a copy when the array is exactly full. */
    private static final class Bytes extends ByteArrayOutputStream {

        Bytes(int size) {
            super(size);
        }

        byte[] exactly() {
            return count == buf.length ? buf : toByteArray();
        }
    }
}
