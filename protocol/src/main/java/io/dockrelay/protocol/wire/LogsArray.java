package io.dockrelay.protocol.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

import com.fasterxml.jackson.core.JsonGenerator;

import io.dockrelay.protocol.logs.LineBlock;

/** The {@code logs} field of frames and pages: the lines' bytes as they are, between brackets. */
final class LogsArray {

    private LogsArray() {}

    /** Writes the field; {@code out} is what {@code json} writes to. */
    static void write(JsonGenerator json, ByteArrayOutputStream out, LineBlock lines) throws IOException {
        json.writeFieldName("logs");
        json.writeRawValue("[");
        json.flush();
        out.write(lines.json(), 0, lines.size());
        json.writeRaw(']');
    }
}
