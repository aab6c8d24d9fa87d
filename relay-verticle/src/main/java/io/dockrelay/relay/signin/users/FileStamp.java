package io.dockrelay.relay.signin.users;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * What tells one state of a file that is replaced as a whole from another. The time alone does not: two states may have the
 * same.
 *
 * @param size in bytes; -1 if there is no file
 * @param key of the file system; null where it has none
 */
public record FileStamp(long modifiedMillis, long size, Object key) {

    public static final FileStamp MISSING = new FileStamp(0, -1, null);

    /** Of the file as it is now. Blocks. */
    public static FileStamp of(Path file) {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            return new FileStamp(now.lastModifiedTime().toMillis(), now.size(), now.fileKey());
        } catch (IOException missing) {
            return MISSING;
        }
    }
}
