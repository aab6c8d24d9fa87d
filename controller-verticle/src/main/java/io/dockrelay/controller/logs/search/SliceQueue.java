package io.dockrelay.controller.logs.search;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import io.vertx.core.buffer.Buffer;

/** Bytes of a log that wait for the worker, in the order of their arrival. On the context of the read. */
final class SliceQueue {

    /** Bytes that a worker searches at a time: some milliseconds. */
    private static final int SLICE_BYTES = 256 * 1024;

    /** Bytes from which on the engine is paused. */
    private static final int MAX_BYTES = 1024 * 1024;

    private final Deque<Buffer> queue = new ArrayDeque<>();
    private int bytes;

    void add(Buffer buffer) {
        queue.add(buffer);
        bytes += buffer.length();
    }

    /** Takes the next slice out. */
    List<Buffer> take() {
        List<Buffer> slice = new ArrayList<>();
        int size = 0;
        while (!queue.isEmpty() && size < SLICE_BYTES) {
            Buffer next = queue.remove();
            slice.add(next);
            size += next.length();
        }
        bytes -= size;
        return slice;
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    boolean isFull() {
        return bytes >= MAX_BYTES;
    }

    void clear() {
        queue.clear();
        bytes = 0;
    }
}
