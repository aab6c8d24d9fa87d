package io.dockrelay.controller.server;

import java.util.List;

import io.dockrelay.protocol.wire.BinaryFrames;

/** The form in which a client takes lines. */
enum LineForm {
    /** As JSON: any client. */
    TEXT,
    /** In binary messages. */
    BINARY,
    /** The same, compressed where that is worth its time. */
    COMPRESSED_IF_WORTH,
    /** The same, compressed wherever that makes them smaller. */
    COMPRESSED;

    /** @param features of the client's {@code hello} */
    static LineForm of(List<String> features) {
        if (!features.contains(BinaryFrames.FEATURE)) {
            return TEXT;
        }
        if (!features.contains(BinaryFrames.COMPRESSION)) {
            return BINARY;
        }
        return features.contains(BinaryFrames.ALWAYS_COMPRESSED) ? COMPRESSED : COMPRESSED_IF_WORTH;
    }
}
