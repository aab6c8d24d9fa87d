package io.dockrelay.listener.tunnel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder of this program's UNIX domain sockets, which only its user can enter. Owned by the part that makes it, which
 * deletes it at its end. Blocks: not for an event loop.
 */
public final class SocketFolder {

    /** In bytes, of the path of a socket; the system allows 107. */
    private static final int LONGEST = 100;

    private static final int LONGEST_NAME = 24;

    private final Path folder;

    private SocketFolder(Path folder) {
        this.folder = folder;
    }

    /** Makes the folder below that of temporary files. Fails with a sentence. */
    public static SocketFolder create() throws IOException {
        Path folder = Files.createTempDirectory("dockrelay-");
        int length = folder.toString().getBytes(StandardCharsets.UTF_8).length;
        if (length + LONGEST_NAME > LONGEST) {
            Files.delete(folder);
            throw new IOException("the path " + folder.getParent()
                    + " is too long for sockets: use a folder of temporary files with a shorter path");
        }
        return new SocketFolder(folder);
    }

    /** The path of a socket; at most 24 letters, digits, dots and hyphens. Does not block. */
    public Path socket(String name) {
        if (name.length() > LONGEST_NAME) {
            throw new IllegalArgumentException("a name of more than " + LONGEST_NAME + " characters");
        }
        return folder.resolve(name);
    }

    /** Deletes the folder with all sockets in it. */
    public void delete() {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> all = files.toList();
            for (Path file : all) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException gone) {
            throw new UncheckedIOException("the sockets in " + folder + " cannot be deleted", gone);
        }
    }
}
