package io.dockrelay.relay.signin.users;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;

/** Files that only their owner can read, replaced as a whole: a crash leaves the old one or the new one. Blocks. */
public final class PrivateFolder {

    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private PrivateFolder() {}

    /** Makes a folder for its owner only, unless it exists. */
    public static void create(Path folder) throws IOException {
        if (Files.notExists(folder)) {
            Files.createDirectories(folder, only("rwx------"));
        }
    }

    /** Replaces a file, or makes it. Its owner stays the owner; a new file gets the owner of the folder, if possible. */
    public static void replace(Path file, byte[] content) throws IOException {
        Path aside = write(file, content);
        try {
            keepOwner(aside, file);
            Path unused = Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            boolean unused = Files.deleteIfExists(aside);
        }
    }

    /** Makes a file, unless another process has made it. */
    public static void createNew(Path file, byte[] content) throws IOException {
        Path aside = write(file, content);
        try {
            Path unused = Files.createLink(file, aside);
        } catch (FileAlreadyExistsException other) {
            // The other process was first: its file is the one.
        } finally {
            boolean unused = Files.deleteIfExists(aside);
        }
    }

    /**
     * Gives a file that this process has made the owner that it has to have, so that a program of this owner can still use it
     * after a command of another system user.
     *
     * @param made by this process
     * @param file that it replaces, or belongs to
     */
    static void keepOwner(Path made, Path file) throws IOException {
        boolean exists = Files.exists(file);
        UserPrincipal owner = Files.getOwner(exists ? file : file.getParent());
        if (Files.getOwner(made).equals(owner)) {
            return;
        }
        try {
            Path unused = Files.setOwner(made, owner);
        } catch (IOException notPermitted) {
            if (exists) {
                throw notPermitted;
            }
        }
    }

    /** Writes a file aside, and forces it to the disk. */
    private static Path write(Path file, byte[] content) throws IOException {
        Path aside = Files.createTempFile(file.getParent(), "." + file.getFileName(), ".new", only("rw-------"));
        try (FileChannel out = FileChannel.open(aside, StandardOpenOption.WRITE)) {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                int unused = out.write(rest);
            }
            out.force(true);
        }
        return aside;
    }

    private static FileAttribute<?>[] only(String permissions) {
        Set<PosixFilePermission> set = PosixFilePermissions.fromString(permissions);
        return POSIX ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(set)} : new FileAttribute<?>[0];
    }
}
