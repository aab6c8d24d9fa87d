package io.dockrelay.record;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

/** The file to which a record is appended now. What was not written as a whole is taken back. For one thread; blocks. */
final class RecordFile implements Closeable {

    private final Path path;
    private final FileChannel channel;
    private final Object key;
    private long size;

    private RecordFile(Path path, FileChannel channel, Object key, long size) {
        this.path = path;
        this.channel = channel;
        this.key = key;
        this.size = size;
    }

    /** Makes a file that must not exist. */
    static RecordFile create(Path path) throws IOException {
        FileChannel channel = OwnFiles.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return new RecordFile(path, channel, keyOf(path), 0);
    }

    /** @param size after which everything is cut off */
    static RecordFile continued(Path path, long size) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE);
        try {
            FileChannel unused = channel.truncate(size).position(size);
            channel.force(true);
            return new RecordFile(path, channel, keyOf(path), size);
        } catch (IOException failed) {
            channel.close();
            throw failed;
        }
    }

    Path path() {
        return path;
    }

    long size() {
        return size;
    }

    /** Whether this is still the file of that name, with the bytes that were written. */
    boolean isIntact() throws IOException {
        try {
            BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
            return now.size() == size && Objects.equals(now.fileKey(), key);
        } catch (NoSuchFileException gone) {
            return false;
        }
    }

    /** Appends the bytes and puts them on disk. */
    void append(byte[] lines) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(lines);
        while (bytes.hasRemaining()) {
            int unused = channel.write(bytes);
        }
        channel.force(false);
        size += lines.length;
    }

    /** Takes back what follows a size. */
    void cut(long to) throws IOException {
        FileChannel unused = channel.truncate(to).position(to);
        channel.force(true);
        size = to;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static Object keyOf(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }
}
