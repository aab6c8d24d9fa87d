package io.dockrelay.relay.uplink;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import io.dockrelay.protocol.logs.JsonStrings;
import io.dockrelay.protocol.logs.LineBlock;
import io.dockrelay.protocol.logs.LogPage;

/** Reads the answer to {@code GET …/logs}; the bytes of the lines are taken as they are. For one answer. */
final class LogPageJson {

    private static final JsonFactory JSON = new JsonFactory();

    private final byte[] bytes;
    private String container;
    private String first;
    private String cursor;
    private String streams;
    private boolean moreBefore;
    private boolean moreAfter;
    private boolean anchored = true;

    /** Where the lines' opening bracket stands; -1 until it is found. */
    private int logs = -1;

    private LogPageJson(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * @throws IllegalArgumentException when the bytes are no such answer
     */
    static LogPage read(byte[] bytes) {
        try (JsonParser json = JSON.createParser(bytes)) {
            return new LogPageJson(bytes).page(json);
        } catch (IOException e) {
            throw new IllegalArgumentException("not a page of a log", e);
        }
    }

    private LogPage page(JsonParser json) throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw new IllegalArgumentException("not a JSON object");
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            field(json.currentName(), json.nextToken(), json);
        }
        if (logs < 0 || container == null) {
            throw new IllegalArgumentException("a page without container or logs");
        }
        LineBlock lines = JsonStrings.block(bytes, logs + 1, bytes.length, streams);
        return new LogPage(container, lines, first, cursor, moreBefore, moreAfter, anchored);
    }

    private void field(String name, JsonToken token, JsonParser json) throws IOException {
        switch (name) {
            case "container" -> container = json.getValueAsString();
            case "first" -> first = json.getValueAsString();
            case "cursor" -> cursor = json.getValueAsString();
            case "streams" -> streams = json.getValueAsString();
            case "more_before" -> moreBefore = json.getValueAsBoolean();
            case "more_after" -> moreAfter = json.getValueAsBoolean();
            case "anchored" -> anchored = json.getValueAsBoolean(true);
            case "logs" -> logs = token == JsonToken.START_ARRAY ? begin(json) : -1;
            default -> json.skipChildren();
        }
    }

    private static int begin(JsonParser json) throws IOException {
        int at = (int) json.currentTokenLocation().getByteOffset();
        json.skipChildren();
        return at;
    }
}
