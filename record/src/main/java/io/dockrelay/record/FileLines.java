package io.dockrelay.record;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a file line by line, from its beginning. Owned by one reader, which closes it; blocks. */
final class FileLines implements Closeable {

    /** In bytes; the writer's lines are shorter, and of a longer one only the beginning is kept. */
    static final int LONGEST = 64 * 1024;

    /**
     * A line without its newline.
     *
     * @param number from 1
     * @param end the offset in the file after it
     * @param whole whether it ended with a newline
     */
    @SuppressWarnings("ArrayRecordComponent") // Lines are never compared.
    record Line(byte[] bytes, long number, long end, boolean whole) {}

    private final InputStream in;
    private long number;
    private long offset;

    FileLines(Path file) throws IOException {
        this.in = new BufferedInputStream(Files.newInputStream(file), LONGEST);
    }

    /** Null at the end of the file. */
    Line next() throws IOException {
        var bytes = new ByteArrayOutputStream(512);
        int read = in.read();
        if (read < 0) {
            return null;
        }
        while (read >= 0 && read != '\n') {
            offset++;
            if (bytes.size() < LONGEST) {
                bytes.write(read);
            }
            read = in.read();
        }
        boolean whole = read == '\n';
        offset += whole ? 1 : 0;
        number++;
        return new Line(bytes.toByteArray(), number, offset, whole);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
