package io.dockrelay.example;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

import io.dockrelay.client.LogLine;
import io.dockrelay.client.LogLines;
import io.dockrelay.protocol.logs.TailFrom;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A file of lines, and beside it a file with the position of its last complete batch: the cursor, and the file's length. What a
 * crash has left after that length is cut off, and comes again. All methods block; for one thread at a time.
 */
final class CopiedLog {

    private final Path file;
    private final Path position;

    /** Null until opened. */
    private FileChannel out;

    CopiedLog(Path file) {
        this.file = file;
        this.position = file.resolveSibling(file.getFileName() + ".position");
    }

    /** Opens the file; returns where the log goes on. */
    TailFrom open() throws IOException {
        out = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        String[] last = Files.exists(position) ? Files.readString(position).split(" ") : new String[] {"0"};
        out.truncate(Long.parseLong(last[0])).position(out.size());
        return last.length > 1 ? new TailFrom.After(last[1]) : new TailFrom.Lines(10_000);
    }

    /** Adds the lines, and then stores their cursor. */
    Void append(LogLines lines) throws IOException {
        StringBuilder text = new StringBuilder();
        for (LogLine line : lines.lines()) {
            text.append(line.timestamp()).append(' ').append(line.text()).append('\n');
        }
        ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(UTF_8));
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
        if (lines.cursor() != null) {
            Path next = position.resolveSibling(position.getFileName() + ".next");
            Files.writeString(next, out.position() + " " + lines.cursor());
            Files.move(next, position, StandardCopyOption.ATOMIC_MOVE);
        }
        return null;
    }

    Void close() throws IOException {
        out.close();
        return null;
    }
}
