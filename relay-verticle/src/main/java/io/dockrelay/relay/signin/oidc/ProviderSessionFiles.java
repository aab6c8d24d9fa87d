package io.dockrelay.relay.signin.oidc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import io.dockrelay.protocol.wire.WireJson;
import io.dockrelay.relay.signin.sealed.Sealer;
import io.dockrelay.relay.signin.users.PrivateFolder;

/**
 * The sessions on disk, a sealed file for each, so that a restart or another relay with the same folder and key continues them.
 * Blocks: not for an event loop.
 */
final class ProviderSessionFiles {

    static final String FOLDER = "provider-sessions";

    /** A relay that ended while it asked the provider leaves its lease behind. */
    private static final Duration LEASE = Duration.ofSeconds(30);

    /** A folder that has changed within this time is read again: one stamp may stand for several changes. */
    private static final Duration RECENT = Duration.ofSeconds(2);

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{16,64}");
    private static final String LEASED = ".asked";

    private final Path folder;
    private final Sealer sealer;

    /**
     * The folder at a moment.
     *
     * @param modified when a file was last added, replaced or removed, in ms; 0 if there is no folder
     * @param stamps the id of each session, and when its file was replaced, in ms
     * @param changed the sessions with another stamp than before
     */
    record Changes(long modified, Map<String, Long> stamps, Map<String, ProviderSession> changed) {}

    /** @param key 32 bytes, of this purpose alone */
    ProviderSessionFiles(Path dataFolder, byte[] key) {
        this.folder = dataFolder.resolve(FOLDER);
        this.sealer = new Sealer(key, "dockrelay provider session 1");
    }

    Path folder() {
        return folder;
    }

    /**
     * What has changed since an earlier reading; null for nothing.
     *
     * @param known the stamps of the earlier reading
     * @param last when the folder was modified, as of the earlier reading
     */
    Changes changes(Map<String, Long> known, long last, Instant now) throws IOException {
        long modified = modified(folder);
        if (modified == last && modified < now.minus(RECENT).toEpochMilli()) {
            return null;
        }
        Map<String, Long> stamps = list();
        Map<String, ProviderSession> changed = new HashMap<>();
        for (Map.Entry<String, Long> file : stamps.entrySet()) {
            if (!file.getValue().equals(known.get(file.getKey()))) {
                read(file.getKey()).ifPresent(session -> changed.put(file.getKey(), session));
            }
        }
        return new Changes(modified, stamps, changed);
    }

    /** Empty if there is none, or none that this key has sealed. */
    Optional<ProviderSession> read(String id) throws IOException {
        try {
            return sealer.open(Files.readAllBytes(file(id))).map(json -> WireJson.read(json, ProviderSession.class));
        } catch (NoSuchFileException | UncheckedIOException none) {
            return Optional.empty();
        }
    }

    void write(String id, ProviderSession session) throws IOException {
        PrivateFolder.create(folder);
        PrivateFolder.replace(file(id), sealer.seal(WireJson.write(session)));
    }

    void remove(String id) throws IOException {
        boolean unused = Files.deleteIfExists(file(id));
    }

    /** Whether this relay may ask the provider about the session: not while another one does, with the same token. */
    boolean lease(String id, Instant now) throws IOException {
        Path lease = folder.resolve(id + LEASED);
        PrivateFolder.create(folder);
        if (Files.exists(lease) && modified(lease) < now.minus(LEASE).toEpochMilli()) {
            boolean unused = Files.deleteIfExists(lease);
        }
        try {
            Path unused = Files.createFile(lease);
            return true;
        } catch (FileAlreadyExistsException other) {
            return false;
        }
    }

    void release(String id) throws IOException {
        boolean unused = Files.deleteIfExists(folder.resolve(id + LEASED));
    }

    private Map<String, Long> list() throws IOException {
        Map<String, Long> files = new HashMap<>();
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(folder)) {
            for (Path path : paths) {
                String name = path.getFileName().toString();
                if (ID.matcher(name).matches()) {
                    files.put(name, modified(path));
                }
            }
        } catch (NoSuchFileException none) {
            return Map.of();
        }
        return files;
    }

    private Path file(String id) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("no id of a session");
        }
        return folder.resolve(id);
    }

    private static long modified(Path path) {
        try {
            return Files.getLastModifiedTime(path).toMillis();
        } catch (IOException missing) {
            return 0;
        }
    }
}
