package io.dockrelay.relay.bridge;

import java.io.UncheckedIOException;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

import io.dockrelay.protocol.wire.WireJson;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The frames in which a SockJS client has its messages. Pure. */
final class SockJsFrames {

    /** The server's first frame. */
    static final byte[] OPEN = {'o'};

    static final byte[] HEARTBEAT = {'h'};

    private SockJsFrames() {}

    /** A message of the server. */
    static byte[] message(byte[] json) {
        byte[] array = WireJson.write(List.of(new String(json, UTF_8)));
        byte[] frame = new byte[array.length + 1];
        frame[0] = 'a';
        System.arraycopy(array, 0, frame, 1, array.length);
        return frame;
    }

    /**
     * The message in a client's frame: a JSON string, alone or in an array. Frames are what the limits count, so each has one.
     *
     * @return null when it has another form
     */
    static String message(String frame) {
        JsonNode node = json(frame);
        JsonNode only = node != null && node.isArray() && node.size() == 1 ? node.get(0) : node;
        return only != null && only.isTextual() ? only.textValue() : null;
    }

    /** Null when the text is no JSON. */
    static JsonNode json(String text) {
        try {
            return WireJson.read(text.getBytes(UTF_8), JsonNode.class);
        } catch (UncheckedIOException | StackOverflowError notJson) {
            return null;
        }
    }
}
