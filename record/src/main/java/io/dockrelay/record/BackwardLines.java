package io.dockrelay.record;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** Reads the whole lines of a file, the last one first. Owned by one reader, which closes it; blocks. */
final class BackwardLines implements Closeable {

    private static final int BLOCK = 64 * 1024;

    private final FileChannel channel;

    /** The offset of {@link #block} in the file. */
    private long offset;

    private byte[] block = new byte[0];

    /** The end of the lines in the block that were not returned yet; -1 until the last newline was found. */
    private int end = -1;

    BackwardLines(Path file) throws IOException {
        this.channel = FileChannel.open(file, StandardOpenOption.READ);
        this.offset = channel.size();
    }

    /** Without its newline; null before the first line. A line that is longer than any of the writer's is left out. */
    byte[] previous() throws IOException {
        while (true) {
            if (end < 0) {
                end = lastNewline(block.length);
            }
            int start = end < 0 ? -1 : lastNewline(end);
            if (start >= 0 || (end >= 0 && offset == 0)) {
                byte[] line = Arrays.copyOfRange(block, start + 1, end);
                end = start;
                if (start < 0) {
                    block = new byte[0];
                }
                return line;
            }
            if (offset == 0) {
                return null;
            }
            readBlock();
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private int lastNewline(int before) {
        int at = before - 1;
        while (at >= 0 && block[at] != '\n') {
            at--;
        }
        return at;
    }

    /** Reads the part before the block; keeps what was not returned yet. */
    private void readBlock() throws IOException {
        int kept = end < 0 ? block.length : end + 1;
        if (kept > FileLines.LONGEST) {
            // No line of the writer: only where it ends matters.
            kept = 0;
            end = -1;
        }
        int length = (int) Math.min(BLOCK, offset);
        byte[] joined = new byte[length + kept];
        System.arraycopy(block, 0, joined, length, kept);
        ByteBuffer read = ByteBuffer.wrap(joined, 0, length);
        long from = offset - length;
        while (read.hasRemaining()) {
            int count = channel.read(read, from + read.position());
            if (count < 0) {
                throw new IOException("it became shorter while it was read");
            }
        }
        offset = from;
        block = joined;
        end = end < 0 ? -1 : end + length;
    }
}
