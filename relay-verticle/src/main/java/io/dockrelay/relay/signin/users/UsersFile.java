package io.dockrelay.relay.signin.users;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

import io.dockrelay.settings.SecretFiles;

/**
 * The users file. An edit replaces the file as a whole, under a lock that holds for all processes, so that no reader sees a
 * part and no edit is lost. Fails with {@link UsersException}. Blocks: not for an event loop.
 */
public final class UsersFile {

    /** The lock of a file holds for a process, not for its threads. */
    private static final ReentrantLock IN_THIS_PROCESS = new ReentrantLock();

    private final Path file;

    /** What tells one state of the file from another. */
    record Stamp(long modifiedMillis, long size, Object key) {

        static final Stamp MISSING = new Stamp(0, -1, null);
    }

    public UsersFile(Path file) {
        this.file = file.toAbsolutePath();
    }

    public Path path() {
        return file;
    }

    /** The users; none if there is no file. */
    public Users read() {
        SecretFiles.problemIfThere(file).ifPresent(problem -> {
            throw new UsersException(file + " cannot be used: " + problem);
        });
        try {
            return UsersFormat.read(Files.readAllBytes(file));
        } catch (NoSuchFileException none) {
            return Users.NONE;
        } catch (IOException unreadable) {
            throw new UsersException(file + " cannot be read: check its owner and its folder");
        } catch (UsersException broken) {
            throw new UsersException(file + ": " + broken.getMessage());
        }
    }

    /** Reads, edits and replaces; returns the result. An edit that throws changes nothing. */
    public Users edit(UnaryOperator<Users> edit) {
        IN_THIS_PROCESS.lock();
        try {
            PrivateFolder.create(file.getParent());
            // Closing the channel releases the lock.
            try (FileChannel lock = FileChannel.open(lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                FileLock unused = lock.lock();
                Users edited = edit.apply(read());
                PrivateFolder.replace(file, UsersFormat.write(edited));
                return edited;
            }
        } catch (IOException failed) {
            throw new UsersException(file + " cannot be written: the folder " + file.getParent()
                    + " must exist and be writable for this user");
        } finally {
            IN_THIS_PROCESS.unlock();
        }
    }

    Stamp stamp() {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(now.lastModifiedTime().toMillis(), now.size(), now.fileKey());
        } catch (IOException missing) {
            return Stamp.MISSING;
        }
    }

    private Path lockFile() {
        return file.resolveSibling(file.getFileName() + ".lock");
    }
}
