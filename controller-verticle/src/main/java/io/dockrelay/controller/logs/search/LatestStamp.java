package io.dockrelay.controller.logs.search;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.dockrelay.controller.logs.entries.DockerTimestamp;
import io.dockrelay.controller.logs.entries.Line;

/** The latest timestamp of some lines, as text; such texts are in the order of their times. A reused struct. */
final class LatestStamp {

    private static final int LENGTH = DockerTimestamp.LENGTH - 1;

    /** Zeros before the first. */
    final byte[] bytes = new byte[LENGTH];

    void add(Line line) {
        if (Arrays.compare(line.stamp.text, 0, LENGTH, bytes, 0, LENGTH) > 0) {
            System.arraycopy(line.stamp.text, 0, bytes, 0, LENGTH);
        }
    }

    void copyFrom(LatestStamp other) {
        System.arraycopy(other.bytes, 0, bytes, 0, LENGTH);
    }

    boolean isEmpty() {
        return bytes[0] == 0;
    }

    /** Null before the first. */
    String text() {
        return isEmpty() ? null : new String(bytes, StandardCharsets.US_ASCII);
    }
}
