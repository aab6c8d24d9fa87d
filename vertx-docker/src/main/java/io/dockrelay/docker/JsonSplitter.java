package io.dockrelay.docker;

import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;

import io.dockrelay.docker.DockerEngineException.Kind;

/**
 * Splits an endless sequence of JSON objects, separated by any whitespace, wherever the bytes are cut. No I/O; does not
 * validate the inside of an object. One instance per response, fed by one thread at a time.
 */
final class JsonSplitter {

    private enum State {
        BETWEEN,
        OBJECT,
        TEXT,
        ESCAPE
    }

    private final int limit;
    private final ByteArrayOutputStream object = new ByteArrayOutputStream();
    private State state = State.BETWEEN;
    /** How many braces and brackets are open; 0 only between objects. */
    private int depth;

    /** @param limit bytes of the largest object that is accepted */
    JsonSplitter(int limit) {
        this.limit = limit;
    }

    /**
     * Takes the next bytes and passes on each object that they complete.
     *
     * @throws DockerEngineException (SERVER_ERROR) for an object over the limit or anything that is not an object
     */
    void feed(byte[] bytes, Consumer<byte[]> sink) {
        for (byte value : bytes) {
            if (state == State.BETWEEN && Character.isWhitespace(value)) {
                continue;
            }
            keep(value);
            if (depth == 0) {
                state = State.BETWEEN;
                sink.accept(object.toByteArray());
                object.reset();
            }
        }
    }

    private void keep(byte value) {
        if (object.size() == limit) {
            throw new DockerEngineException(
                    Kind.SERVER_ERROR, "The engine sent a JSON object of more than " + limit + " bytes");
        }
        object.write(value);
        state = switch (state) {
            case BETWEEN -> begin(value);
            case OBJECT -> inside(value);
            case TEXT -> value == '"' ? State.OBJECT : value == '\\' ? State.ESCAPE : State.TEXT;
            case ESCAPE -> State.TEXT;
        };
    }

    private State begin(byte value) {
        if (value != '{') {
            throw new DockerEngineException(Kind.SERVER_ERROR, "The engine sent something other than a JSON object");
        }
        depth = 1;
        return State.OBJECT;
    }

    private State inside(byte value) {
        switch (value) {
            case '{', '[' -> depth++;
            case '}', ']' -> depth--;
            default -> {}
        }
        return value == '"' ? State.TEXT : State.OBJECT;
    }
}
