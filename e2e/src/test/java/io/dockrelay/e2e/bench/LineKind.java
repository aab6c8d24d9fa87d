package io.dockrelay.e2e.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The lines that a container writes: numbered, 146 bytes including the newline. */
enum LineKind {
    PLAIN("#%08d GET /api/segments/", ""),
    JSON("{\"n\":\"#%08d\",\"level\":\"info\",\"message\":\"segment written\",\"path\":\"", "\"}"),
    TTY("#%08d \u001b[32minfo\u001b[0m segment ", "");

    static final int BYTES = 146;

    private final String head;
    private final String tail;

    LineKind(String head, String tail) {
        this.head = head;
        this.tail = tail;
    }

    /** Lower case only, because {@link LineScan} finds a timestamp by its capital Z. */
    byte[] line(int number) {
        String start = head.formatted(number);
        int padding = BYTES - 1 - start.getBytes(StandardCharsets.UTF_8).length - tail.length();
        return (start + "abcdefghij".repeat(BYTES / 10).substring(0, padding) + tail + "\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** A number of consecutive lines. */
    byte[] lines(int first, int count) {
        ByteBuffer all = ByteBuffer.allocate(count * BYTES);
        for (int i = 0; i < count; i++) {
            all.put(line(first + i));
        }
        return all.array();
    }

    boolean terminal() {
        return this == TTY;
    }
}
