package io.dockrelay.record;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Makes folders and files that only their owner can read. What exists stays as it is. Stateless; blocks. */
final class OwnFiles {

    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private OwnFiles() {}

    /** Makes a folder, unless it exists. */
    static void createFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path unused = Files.createDirectories(folder.getParent());
        try {
            unused = Files.createDirectory(folder, only("rwx------"));
        } catch (FileAlreadyExistsException other) {
            if (!Files.isDirectory(folder)) {
                throw other;
            }
        }
    }

    /** Opens a file, and makes it if the options say so. */
    static FileChannel open(Path file, OpenOption... options) throws IOException {
        return FileChannel.open(file, Set.of(options), only("rw-------"));
    }

    private static FileAttribute<?>[] only(String permissions) {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
