package io.dockrelay.controller.stats.history;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/**
 * A file of histories that is being written beside the present one, and takes its place when it is complete and on disk. So a
 * crash at any moment leaves the old file or the new one. Made by {@link HistoryFile}; ends with {@link #close}. Blocks: not
 * for an event loop; for one thread at a time.
 */
final class HistoryWriter implements Closeable {

    private static final int BUFFER_BYTES = 64 * 1024;

    private final Path file;
    private final Path next;
    private final FileOutputStream stored;
    private final Zipped zipped;
    private final DataOutputStream out;

    /** Compresses; its memory, which is not the heap's, can be freed without another write. */
    private static final class Zipped extends GZIPOutputStream {

        Zipped(OutputStream out) throws IOException {
            super(out, BUFFER_BYTES);
        }

        void free() {
            def.end();
        }
    }

    /** @param file the present one, or where it is to be */
    HistoryWriter(Path file) throws IOException {
        this.file = file;
        this.next = file.resolveSibling(file.getFileName() + ".next");
        this.stored = new FileOutputStream(next.toFile());
        try {
            this.zipped = new Zipped(stored);
        } catch (IOException full) {
            stored.close();
            throw full;
        }
        this.out = new DataOutputStream(new BufferedOutputStream(zipped, BUFFER_BYTES));
    }

    /** @param numbers the head of the file */
    void begin(int... numbers) throws IOException {
        for (int number : numbers) {
            out.writeInt(number);
        }
    }

    /** @param histories of {@link HistoryFormat#encode} */
    void add(List<byte[]> histories) throws IOException {
        for (byte[] history : histories) {
            out.writeInt(history.length);
            out.write(history);
        }
    }

    /** Replaces the present file. */
    void commit() throws IOException {
        out.flush();
        zipped.finish();
        // A file that is renamed before its bytes are on disk may be empty after a power cut.
        stored.getFD().sync();
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    /** Removes what was not committed. */
    @Override
    public void close() throws IOException {
        zipped.free();
        try (stored) {
            Files.deleteIfExists(next);
        }
    }
}
