package io.dockrelay.settings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Files that hold a secret: only their owner may read them. A file of root may also be readable by its group: that is how
 * Kubernetes and Compose give a secret to a program that does not run as root. Reads the disk: not for an event loop.
 */
public final class SecretFiles {

    private static final Set<PosixFilePermission> OF_OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_EXECUTE);

    /** In bytes; a longer file is none of ours. */
    private static final int LONGEST = 64 * 1024;

    private static final int TOKEN_BYTES = 32;

    private SecretFiles() {}

    /** Completes "…, but": why this file must not be used, with the command that mends it; empty if it may be. */
    public static Optional<String> problem(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                return Optional.of("there is no such file");
            }
            if (!isPrivate(file)) {
                return Optional.of("other users of this machine can read it: run chmod 600 " + quoted(file));
            }
            return Files.isReadable(file)
                    ? Optional.empty()
                    : Optional.of(
                            "the user of this program cannot read it: run chown with its name, and then chmod 600 "
                                    + quoted(file));
        } catch (IOException unreadable) {
            return Optional.of("its permissions cannot be read");
        }
    }

    /** The same for a file that is made later: empty if there is none. */
    public static Optional<String> problemIfThere(Path file) {
        return Files.exists(file) ? problem(file) : Optional.empty();
    }

    /** The file's text without the blanks around it. */
    static String read(Path file) throws IOException {
        if (Files.size(file) > LONGEST) {
            throw new IOException("it is longer than " + LONGEST + " bytes");
        }
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip();
    }

    /**
     * Makes a file with a random token, if there is none. It appears with its whole content. Where this program runs as root,
     * the file's group may read it.
     *
     * @return whether it was made
     */
    static boolean make(Path file) throws IOException {
        if (Files.exists(file)) {
            return false;
        }
        byte[] random = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(random);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(random) + "\n";
        Path folder = file.toAbsolutePath().getParent();
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Path draft = Files.createTempFile(folder, ".new-", ".secret", owner);
        try {
            Files.writeString(draft, token);
            if (isOfRoot(draft)) {
                Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rw-r-----"));
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } finally {
            boolean unused = Files.deleteIfExists(draft);
        }
    }

    /** A path as a shell takes it. */
    private static String quoted(Path file) {
        String path = file.toString();
        return path.matches("[A-Za-z0-9_./-]+") ? path : "'" + path.replace("'", "'\\''") + "'";
    }

    private static boolean isPrivate(Path file) throws IOException {
        try {
            Set<PosixFilePermission> open = EnumSet.copyOf(OF_OTHERS);
            open.retainAll(Files.getPosixFilePermissions(file));
            if (isOfRoot(file)) {
                open.remove(PosixFilePermission.GROUP_READ);
            }
            return open.isEmpty();
        } catch (UnsupportedOperationException notPosix) {
            return true;
        } catch (NoSuchFileException gone) {
            throw new IOException(gone);
        }
    }

    private static boolean isOfRoot(Path file) throws IOException {
        return Integer.valueOf(0).equals(Files.getAttribute(file, "unix:uid"));
    }
}
