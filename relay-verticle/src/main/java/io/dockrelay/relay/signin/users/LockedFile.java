package io.dockrelay.relay.signin.users;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;

/** Edits of files that several threads and processes replace. */
public final class LockedFile {

    /** The lock of a file holds for a process, not for its threads. */
    private static final ReentrantLock IN_THIS_PROCESS = new ReentrantLock();

    private LockedFile() {}

    /** Reads a file and replaces it. */
    @FunctionalInterface
    public interface Edit<T> {

        T run() throws IOException;
    }

    /**
     * Runs an edit while nothing else edits the file; makes the folder. Blocks: not for an event loop.
     *
     * @param file absolute; the lock is a file beside it
     */
    public static <T> T edit(Path file, Edit<T> edit) throws IOException {
        IN_THIS_PROCESS.lock();
        try {
            PrivateFolder.create(file.getParent());
            Path lockFile = file.resolveSibling(file.getFileName() + ".lock");
            // Closing the channel releases the lock.
            try (FileChannel lock = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                PrivateFolder.keepOwner(lockFile, file);
                FileLock unused = lock.lock();
                return edit.run();
            }
        } finally {
            IN_THIS_PROCESS.unlock();
        }
    }
}
