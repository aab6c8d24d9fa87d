package io.dockrelay.relay.signin.users;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

import io.dockrelay.settings.SecretFiles;

/**
 * The users file. An edit replaces the file as a whole, under a lock that holds for all processes, so that no reader sees a
 * part and no edit is lost. Fails with {@link UsersException}. Blocks: not for an event loop.
 */
public final class UsersFile {

    private final Path file;

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
        try {
            return LockedFile.edit(file, () -> {
                Users edited = edit.apply(read());
                PrivateFolder.replace(file, UsersFormat.write(edited));
                return edited;
            });
        } catch (IOException failed) {
            throw new UsersException(file + " cannot be written: run this as its owner; the folder " + file.getParent()
                    + " must exist and be writable for this user");
        }
    }

    FileStamp stamp() {
        return FileStamp.of(file);
    }
}
