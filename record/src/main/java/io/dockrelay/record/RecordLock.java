package io.dockrelay.record;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;

/** Keeps other processes, and other journals of this one, from writing a record. The system releases it when the process ends. */
final class RecordLock implements Closeable {

    private final FileChannel channel;

    private RecordLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Throws {@link RecordException} when another one writes the record. */
    static RecordLock of(RecordFolder folder) throws IOException {
        FileChannel channel = OwnFiles.open(folder.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock held = channel.tryLock();
            if (held != null) {
                return new RecordLock(channel);
            }
        } catch (OverlappingFileLockException inThisProcess) {
            // The same as a lock of another process.
        }
        channel.close();
        throw new RecordException(
                folder.files() + " is written by another relay: each one needs a recordFolder of its own");
    }

    /** A failure does not matter: the lock ends with the process. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException unused) {
            // See above.
        }
    }
}
